package app

import (
	"time"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/keyvalue"
)

// Stores are the databases and the key-value store that a configuration file names. They outlive the scripts, and the engine.
type Stores struct {
	databases *database.Set
	values    keyvalue.Store // nil: the engine keeps one in memory
}

// OpenStores opens what a file names; nothing for a nil file. Databases and Redis are not connected to before a script asks. The
// error is about the configuration, or the file of kv.
func OpenStores(file *config.File) (*Stores, error) {
	s := &Stores{}
	if file == nil {
		return s, nil
	}
	configs := make(map[string]database.Config, len(file.SQL))
	for name, d := range file.SQL {
		configs[name] = database.Config{
			URL: string(d.URL), MaxConnections: d.MaxConnections, ReadOnly: d.ReadOnly, Timeout: d.Timeout, Location: file.Location,
		}
	}
	var err error
	if s.databases, err = database.OpenAll(configs); err != nil {
		return nil, err
	}
	if url := string(file.KV.URL); url != "" && url != "memory" {
		if s.values, err = keyvalue.Open(url, time.Now); err != nil {
			s.databases.Close()
			return nil, err
		}
	}
	return s, nil
}

// Configure hands the stores to the engine's options.
func (s *Stores) Configure(o *engine.Options) {
	o.Databases = s.databases
	if s.values != nil {
		o.Store = s.values
	}
}

// Close ends all connections and closes the files. The engine has to be closed before.
func (s *Stores) Close() {
	s.databases.Close()
	if s.values != nil {
		_ = s.values.Close() // what was written is on the disk already
	}
}
