package app

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"net/http"
	"time"
)

const (
	adminReadTimeout = 10 * time.Second
	adminIdleTimeout = 120 * time.Second
)

// admin is the listener for probes and operators. It answers while the webhook drains.
type admin struct {
	listen   net.Listener
	server   *http.Server
	notReady func() []string
}

func newAdmin(listen net.Listener, notReady func() []string) *admin {
	a := &admin{listen: listen, notReady: notReady}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", a.healthz)
	mux.HandleFunc("GET /readyz", a.readyz)
	a.server = &http.Server{Handler: mux, ReadTimeout: adminReadTimeout, WriteTimeout: adminReadTimeout,
		IdleTimeout: adminIdleTimeout}
	return a
}

type probe struct {
	Status  string   `json:"status"`
	Reasons []string `json:"reasons,omitempty"`
}

// healthz says that the process answers; scripts and services have no say in it, or a bad edit would restart the server.
func (a *admin) healthz(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, probe{Status: "ok"})
}

func (a *admin) readyz(w http.ResponseWriter, _ *http.Request) {
	if reasons := a.notReady(); len(reasons) > 0 {
		answer(w, http.StatusServiceUnavailable, probe{Status: "not ready", Reasons: reasons})
		return
	}
	answer(w, http.StatusOK, probe{Status: "ready"})
}

func answer(w http.ResponseWriter, status int, p probe) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(p)
}

func (a *admin) serve() error {
	err := a.server.Serve(a.listen)
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (a *admin) close(ctx context.Context) {
	if a.server.Shutdown(ctx) != nil {
		_ = a.server.Close()
	}
}
