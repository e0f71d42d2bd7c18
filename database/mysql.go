package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"net"
	"strings"

	"github.com/go-sql-driver/mysql"

	"github.com/luaction/luaction/database/statement"
)

func (d *Database) openMySQL(c *Config) error {
	d.dialect = statement.MySQL
	u, err := d.parseURL(c.URL)
	if err != nil {
		return err
	}
	config := mysql.NewConfig()
	config.User = u.User.Username()
	config.Passwd, _ = u.User.Password()
	config.Net, config.Addr = "tcp", u.Host
	if u.Port() == "" {
		config.Addr = net.JoinHostPort(u.Hostname(), "3306")
	}
	config.DBName = strings.TrimPrefix(u.Path, "/")
	for key, values := range u.Query() {
		switch value := values[len(values)-1]; key {
		case "tls":
			config.TLSConfig = value
		case "socket":
			config.Net, config.Addr = "unix", value
		default:
			return errors.New("the url has the parameter " + key + "; mysql:// takes tls and socket")
		}
	}
	config.Params = map[string]string{"time_zone": "'+00:00'"}
	config.ClientFoundRows = true // an UPDATE counts the rows that it found, as elsewhere
	config.Logger = silent{}
	connector, err := mysql.NewConnector(config)
	if err != nil {
		return err
	}
	d.pool = sql.OpenDB(&mysqlServer{connector: connector, readOnly: c.ReadOnly})
	return nil
}

// silent drops what the driver would write to standard error: it comes back as an error as well.
type silent struct{}

// Print drops its arguments.
func (silent) Print(...any) {}

// mysqlServer connects to one server; its connections tell boolean columns from other small numbers.
type mysqlServer struct {
	connector driver.Connector
	readOnly  bool
}

func (s *mysqlServer) Driver() driver.Driver { return s.connector.Driver() }

func (s *mysqlServer) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := s.connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	full, ok := conn.(mysqlFull)
	if !ok {
		_ = conn.Close()
		return nil, errors.New("the MySQL library lacks what is needed of a connection")
	}
	if s.readOnly {
		if _, err := full.ExecContext(ctx, "SET SESSION TRANSACTION READ ONLY", nil); err != nil {
			_ = conn.Close()
			return nil, err
		}
	}
	return &mysqlConn{full}, nil
}
