package cli

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

type healthcheckParams struct {
	Host           string        `env:"LUACTION_HOST" default:"127.0.0.1" help:"Address of the server."`
	Port           int           `short:"p" env:"LUACTION_PORT" default:"5055" help:"Its port."`
	SSLCertificate string        `name:"ssl-certificate" env:"LUACTION_SSL_CERTIFICATE" placeholder:"FILE" help:"Given if the server has one: asks over HTTPS. The certificate isn't checked."`
	Timeout        time.Duration `default:"3s" help:"How long to wait for the answer."`
}

// Run asks GET /health; it fails unless the answer is 200.
func (p *healthcheckParams) Run(s Streams) error {
	if p.Port < 1 || p.Port > 65535 {
		return misused("--port: must be between 1 and 65535, and it is %d", p.Port)
	}
	if p.Timeout <= 0 {
		return misused("--timeout: must be more than 0, such as 3s, and it is %s", p.Timeout)
	}
	target := p.url()
	// The server asked is this machine's own, by its address, which no certificate names.
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}, DisableKeepAlives: true}
	client := &http.Client{Timeout: p.Timeout, Transport: transport}
	resp, err := client.Get(target)
	if err != nil {
		var wrapped *url.Error
		if errors.As(err, &wrapped) {
			err = wrapped.Err
		}
		return failed("%s doesn't answer: %v", target, err)
	}
	defer resp.Body.Close()
	_, _ = io.CopyN(io.Discard, resp.Body, 1<<16)
	if resp.StatusCode != http.StatusOK {
		return failed("%s answers %s", target, resp.Status)
	}
	_, err = fmt.Fprintln(s.Out, "ok")
	return err
}

// url is where the server is asked. An address that means every interface is asked on the loopback one.
func (p *healthcheckParams) url() string {
	host, scheme := p.Host, "http"
	switch ip := net.ParseIP(host); {
	case host == "":
		host = "127.0.0.1"
	case ip != nil && ip.IsUnspecified() && ip.To4() == nil:
		host = "::1"
	case ip != nil && ip.IsUnspecified():
		host = "127.0.0.1"
	}
	if p.SSLCertificate != "" {
		scheme = "https"
	}
	return scheme + "://" + net.JoinHostPort(host, strconv.Itoa(p.Port)) + "/health"
}
