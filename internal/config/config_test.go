package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestParseSize(t *testing.T) {
	for text, want := range map[string]Size{
		"0": 0, "1048576": 1 << 20, "32MiB": 32 << 20, "32mib": 32 << 20, "32 MiB": 32 << 20, "32Mi": 32 << 20, "64K": 64000,
		"64KB": 64000, "64KiB": 64 << 10, "1.5GiB": 3 << 29, "2G": 2e9, "5B": 5, " 7 ": 7, "0.5k": 500,
	} {
		if got, err := ParseSize(text); err != nil || got != want {
			t.Errorf("%q: %d %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "MiB", "x", "-1", "1 2", "1e3", "32XB", "1..5", "9223372036854775808", "9000000000GiB",
		"1TiB", "٣", "1.5.5M", "+1", "0x10"} {
		if got, err := ParseSize(text); err == nil {
			t.Errorf("%q became %d", text, got)
		}
	}
}

func FuzzParseSize(f *testing.F) {
	for _, seed := range []string{"32MiB", "1.5G", "", "7", "1e9", "99999999999999999999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		size, err := ParseSize(text)
		if err != nil {
			return
		}
		if size < 0 {
			t.Fatalf("%q became %d", text, size)
		}
		if again, err := ParseSize(size.String()); err != nil || again != size {
			t.Errorf("%q: %s reads as %d %v", text, size, again, err)
		}
	})
}

func TestSizeString(t *testing.T) {
	for size, want := range map[Size]string{0: "0B", 1: "1B", 1 << 10: "1KiB", 1500: "1500B", 32 << 20: "32MiB", 3 << 30: "3GiB"} {
		if got := size.String(); got != want {
			t.Errorf("%d: %s, want %s", int64(size), got, want)
		}
	}
}

func TestSecretsDontShow(t *testing.T) {
	s := settings()
	s.Token, s.BasicAuth, s.AuthHeader = "hush1", "user:hush2", "X: hush3"
	encoded, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{fmt.Sprint(s), fmt.Sprintf("%+v", s), fmt.Sprintf("%#v", s), fmt.Sprintf("%s %q", s.Token, s.Token),
		string(encoded), s.Token.LogValue().String()} {
		if strings.Contains(text, "hush") {
			t.Error(text)
		}
	}
	if Secret("").String() != "" {
		t.Error("no secret looks like one")
	}
}

func settings() Serve {
	return Serve{Scripts: "scripts", Host: "0.0.0.0", Port: 5055, Admin: "127.0.0.1:5056", Timeout: time.Second,
		MaxBody: 32 << 20, MaxCalls: 1}
}

func TestCheck(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, c := range []struct {
		name   string
		change func(*Serve)
		wrong  string // "" if right
	}{
		{"defaults", func(s *Serve) {}, ""},
		{"no admin", func(s *Serve) { s.Admin = "" }, ""},
		{"admin on any address", func(s *Serve) { s.Admin = ":0" }, ""},
		{"admin without a port", func(s *Serve) { s.Admin = "localhost" }, "--admin"},
		{"admin with a wrong port", func(s *Serve) { s.Admin = "localhost:99999" }, "--admin"},
		{"no scripts", func(s *Serve) { s.Scripts = "" }, "--scripts"},
		{"port", func(s *Serve) { s.Port = 65536 }, "--port"},
		{"timeout", func(s *Serve) { s.Timeout = 0 }, "--timeout"},
		{"shutdown timeout", func(s *Serve) { s.ShutdownTimeout = -1 }, "--shutdown-timeout"},
		{"calls", func(s *Serve) { s.MaxCalls = 0 }, "--max-calls"},
		{"target", func(s *Serve) { s.TargetVersion = "3.16" }, ""},
		{"target's patch", func(s *Serve) { s.TargetVersion = "3.6.21" }, ""},
		{"half a target", func(s *Serve) { s.TargetVersion = "3" }, "--target-version"},
		{"no target", func(s *Serve) { s.TargetVersion = "latest" }, "--target-version"},
		{"body", func(s *Serve) { s.MaxBody = 0 }, "--max-body"},
		{"huge body", func(s *Serve) { s.MaxBody = 2 << 30 }, "--max-body"},
		{"basic", func(s *Serve) { s.BasicAuth = "user:" }, ""},
		{"basic without a colon", func(s *Serve) { s.BasicAuth = "user" }, "--basic-auth"},
		{"basic without a user", func(s *Serve) { s.BasicAuth = ":x" }, "--basic-auth"},
		{"header", func(s *Serve) { s.AuthHeader = "X-Key:v" }, ""},
		{"header without a colon", func(s *Serve) { s.AuthHeader = "X-Key" }, "--auth-header"},
		{"header with a strange name", func(s *Serve) { s.AuthHeader = "X Key: v" }, "--auth-header"},
		{"header without a value", func(s *Serve) { s.AuthHeader = "X-Key: " }, "--auth-header"},
		{"token file", func(s *Serve) { s.TokenFile = file("t", "abc\n") }, ""},
		{"empty token file", func(s *Serve) { s.TokenFile = file("e", "\n") }, "--token-file"},
		{"no token file", func(s *Serve) { s.TokenFile = filepath.Join(dir, "none") }, "--token-file"},
		{"token twice", func(s *Serve) { s.Token, s.TokenFile = "a", file("t", "b") }, "--token-file"},
		{"basic file", func(s *Serve) { s.BasicAuthFile = file("b", "nocolon") }, "--basic-auth"},
		{"certificate alone", func(s *Serve) { s.SSLCertificate = "x" }, "--ssl-keyfile"},
		{"key alone", func(s *Serve) { s.SSLKeyfile = "x" }, "--ssl-certificate"},
		{"quiet and loud", func(s *Serve) { s.Quiet, s.Verbose = true, 1 }, "--quiet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := settings()
			c.change(&s)
			err := s.Check()
			var usage *UsageError
			switch {
			case c.wrong == "" && err != nil:
				t.Error(err)
			case c.wrong != "" && (!errors.As(err, &usage) || !strings.Contains(err.Error(), c.wrong)):
				t.Errorf("%v, want something about %s", err, c.wrong)
			}
		})
	}
	s := settings()
	s.TokenFile, s.BasicAuthFile, s.AuthHeaderFile = file("t", "abc \r\n"), file("b", "u:p:q\n"), file("h", "X-Key:  v w ")
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	user, password := s.Basic()
	name, value := s.Header()
	if s.Token != "abc " || user != "u" || password != "p:q" || name != "X-Key" || value != "v w" {
		t.Errorf("%q %q %q %q %q", string(s.Token), user, password, name, value)
	}
	if got := s.Address(); got != "0.0.0.0:5055" {
		t.Error(got)
	}
}
