package app_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log/slog"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/luaction/luaction/internal/app"
	"github.com/luaction/luaction/internal/config"
)

// fasthttp's clock for the Date header never ends, and its worker pool's cleaner ends some seconds late.
func TestMain(m *testing.M) {
	goleak.VerifyTestMain(m,
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.updateServerDate.func1"),
		goleak.IgnoreAnyFunction("github.com/valyala/fasthttp.(*workerPool).Start.func2"))
}

const patience = 20 * time.Second

func settings(t *testing.T, scripts map[string]string) config.Serve {
	t.Helper()
	dir := t.TempDir()
	for name, text := range scripts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return config.Serve{Scripts: dir, Host: "127.0.0.1", Admin: "127.0.0.1:0", Timeout: 10 * time.Second, MaxBody: 1 << 20, MaxCalls: 8}
}

func start(t *testing.T, s config.Serve) (*app.App, *bytes.Buffer) {
	t.Helper()
	var log bytes.Buffer
	a, err := app.Start(t.Context(), s, slog.New(slog.NewJSONHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return a, &log
}

// startSlow starts a server and a call that runs until its deadline, and returns when the script has begun.
func startSlow(t *testing.T, timeout time.Duration) (a *app.App, status chan int) {
	t.Helper()
	s := settings(t, map[string]string{"action_slow.lua": "return function() log.info('begun'); while true do end end"})
	s.Timeout = timeout
	begun := make(begun, 1)
	a, err := app.Start(t.Context(), s, slog.New(slog.NewTextHandler(begun, nil)))
	if err != nil {
		t.Fatal(err)
	}
	status = make(chan int, 1)
	go func() {
		code, _ := ask(t, "POST", "http://"+a.Addr().String()+"/webhook", call("action_slow"))
		status <- code
	}()
	<-begun
	return a, status
}

// begun is a log that tells when a script wrote that word.
type begun chan bool

func (b begun) Write(line []byte) (int, error) {
	if bytes.Contains(line, []byte("begun")) {
		b <- true
	}
	return len(line), nil
}

func stop(t *testing.T, a *app.App) {
	t.Helper()
	stopWithin(t, a, patience)
}

// stopWithin stops a server on which no call runs: connections that only wait must not hold it up.
func stopWithin(t *testing.T, a *app.App, limit time.Duration) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if err := a.Stop(ctx); err != nil {
		t.Error("stop:", err)
	}
}

// ask returns status and body; the status is 0 if nobody answers.
func ask(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{DisableKeepAlives: true, TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	resp, err := (&http.Client{Transport: transport, Timeout: patience}).Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, strings.TrimSpace(string(text))
}

func call(action string) string {
	return `{"next_action":"` + action + `","tracker":{"sender_id":"s"}}`
}

func TestServesAndReloads(t *testing.T) {
	for _, watch := range []bool{true, false} {
		s := settings(t, map[string]string{"action_a.lua": "return function() end"})
		s.Reload = watch
		a, log := start(t, s)
		url, admin := "http://"+a.Addr().String(), "http://"+a.AdminAddr().String()
		if status, body := ask(t, "POST", url+"/webhook", call("action_a")); status != 200 || body != `{"events":[],"responses":[]}` {
			t.Errorf("%d %s", status, body)
		}
		if status, body := ask(t, "GET", admin+"/healthz", ""); status != 200 || body != `{"status":"ok"}` {
			t.Errorf("healthz: %d %s", status, body)
		}
		if status, body := ask(t, "GET", admin+"/readyz", ""); status != 200 || body != `{"status":"ready"}` {
			t.Errorf("readyz: %d %s", status, body)
		}
		if status, _ := ask(t, "GET", url+"/readyz", ""); status != 404 {
			t.Errorf("readyz on the webhook: %d", status)
		}
		if err := os.WriteFile(filepath.Join(s.Scripts, "action_b.lua"), []byte("return function() end"), 0o600); err != nil {
			t.Fatal(err)
		}
		a.Reload()
		served := false
		for end := time.Now().Add(patience); !served && time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
			_, body := ask(t, "GET", url+"/actions", "")
			served = strings.Contains(body, "action_b")
		}
		if !served {
			t.Errorf("watch %v: not reloaded", watch)
		}
		stop(t, a)
		if !strings.Contains(log.String(), "ready on "+url) {
			t.Errorf("no line says where: %s", log)
		}
		if status, _ := ask(t, "GET", url+"/health", ""); status != 0 {
			t.Error("still there after Stop")
		}
	}
}

func TestDraining(t *testing.T) {
	a, status := startSlow(t, 1500*time.Millisecond)
	admin := "http://" + a.AdminAddr().String()
	stopped := make(chan bool)
	go func() { stop(t, a); close(stopped) }()
	draining := false
	for end := time.Now().Add(time.Second); !draining && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		code, body := ask(t, "GET", admin+"/readyz", "")
		draining = code == 503 && body == `{"status":"not ready","reasons":["the server is stopping"]}`
	}
	if !draining {
		t.Error("readyz didn't say that the server is stopping")
	}
	if code := <-status; code != 500 {
		t.Errorf("the call in flight got %d", code)
	}
	<-stopped
}

func TestStopCutsOff(t *testing.T) {
	a, status := startSlow(t, time.Minute)
	ctx, cancel := context.WithTimeout(context.Background(), 100*time.Millisecond)
	defer cancel()
	if err := a.Stop(ctx); err == nil {
		t.Error("no error though a call was cut off")
	}
	if code := <-status; code != 503 {
		t.Errorf("the call got %d", code)
	}
}

func TestPortsInUse(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	_, port, _ := net.SplitHostPort(taken.Addr().String())
	for flag, change := range map[string]func(*config.Serve){
		"--port":  func(s *config.Serve) { s.Port, _ = strconv.Atoi(port) },
		"--admin": func(s *config.Serve) { s.Admin = taken.Addr().String() },
	} {
		s := settings(t, nil)
		change(&s)
		_, err := app.Start(t.Context(), s, slog.New(slog.DiscardHandler))
		if err == nil || !strings.Contains(err.Error(), "the port is in use") || !strings.HasSuffix(err.Error(), flag) {
			t.Errorf("%s: %v", flag, err)
		}
	}
}

func TestStartGivesUp(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := app.Start(ctx, settings(t, nil), slog.New(slog.DiscardHandler)); err == nil {
		t.Error("started")
	}
}

func TestHTTPS(t *testing.T) {
	s := settings(t, map[string]string{"action_a.lua": "return function() end"})
	s.SSLCertificate, s.SSLKeyfile = certificate(t)
	a, log := start(t, s)
	if status, body := ask(t, "POST", "https://"+a.Addr().String()+"/webhook", call("action_a")); status != 200 {
		t.Errorf("%d %s", status, body)
	}
	if status, _ := ask(t, "POST", "https://"+a.Addr().String()+"/webhook", strings.Repeat(" ", 3<<20)); status != 413 {
		t.Errorf("large body: %d", status)
	}
	stop(t, a)
	if !strings.Contains(log.String(), "ready on https://") {
		t.Error(log)
	}
	s.SSLKeyfile = s.SSLCertificate
	if _, err := app.Start(t.Context(), s, slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "--ssl-keyfile") {
		t.Error(err)
	}
}

func certificate(t *testing.T) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), DNSNames: []string{"localhost"}}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: cert}, keyFile: {Type: "PRIVATE KEY", Bytes: der}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return certFile, keyFile
}
