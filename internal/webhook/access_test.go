package webhook_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/webhook"
)

func basic(text string) string {
	return "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(text))
}

func TestAuth(t *testing.T) {
	token := webhook.Auth{Token: "t0ken"}
	password := webhook.Auth{BasicUser: "rasa", BasicPass: "pa:ss"}
	header := webhook.Auth{HeaderName: "X-Api-Key", HeaderText: "k3y"}
	all := webhook.Auth{Token: "t0ken", BasicUser: "rasa", BasicPass: "pa:ss", HeaderName: "X-Api-Key", HeaderText: "k3y"}
	for _, c := range []struct {
		name   string
		auth   webhook.Auth
		query  string
		header string
		status int
	}{
		{"none asked", webhook.Auth{}, "", "", 200},
		{"token", token, "?token=t0ken", "", 200},
		{"token escaped", token, "?a=b&token=t%30ken", "", 200},
		{"token wrong", token, "?token=t0ke", "", 401},
		{"token empty", token, "?token=", "", 401},
		{"token missing", token, "", "", 401},
		{"token in another name", token, "?tok=t0ken", "", 401},
		{"basic", password, "", basic("rasa:pa:ss"), 200},
		{"basic in lower case", password, "", strings.Replace(basic("rasa:pa:ss"), "Basic", "basic", 1), 200},
		{"basic wrong password", password, "", basic("rasa:pass"), 401},
		{"basic wrong user", password, "", basic("Rasa:pa:ss"), 401},
		{"basic no base64", password, "", "Authorization: Basic %%%", 401},
		{"basic as bearer", password, "", strings.Replace(basic("rasa:pa:ss"), "Basic", "Bearer", 1), 401},
		{"basic missing", password, "", "", 401},
		{"header", header, "", "x-api-key: k3y", 200},
		{"header wrong", header, "", "X-Api-Key: k3y2", 401},
		{"header missing", header, "", "", 401},
		{"any of all: token", all, "?token=t0ken", "", 200},
		{"any of all: basic", all, "", basic("rasa:pa:ss"), 200},
		{"any of all: header", all, "", "X-Api-Key: k3y", 200},
		{"any of all: one right, one wrong", all, "?token=no", "X-Api-Key: k3y", 200},
		{"any of all: none", all, "", "", 401},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := "http://" + start(t, webhook.Options{Auth: c.auth})
			headers := []string{}
			if c.header != "" {
				headers = append(headers, c.header)
			}
			for path, method := range map[string]string{"/webhook": "POST", "/actions": "GET"} {
				got := ask(t, method, url+path+c.query, strings.NewReader(aCall), headers...)
				if got.status != c.status {
					t.Errorf("%s: %d, want %d", path, got.status, c.status)
				}
				if wants := c.auth.BasicUser != "" && c.status == 401; (got.header.Get("WWW-Authenticate") != "") != wants {
					t.Errorf("WWW-Authenticate %q", got.header.Get("WWW-Authenticate"))
				}
				if c.status == 401 {
					isError(t, got.body)
				}
			}
			for _, path := range []string{"/health", "/health/"} {
				if got := ask(t, "GET", url+path, nil); got.status != 200 {
					t.Errorf("%s: %d", path, got.status)
				}
			}
		})
	}
}

func TestStrangersCantSendMuch(t *testing.T) {
	url := "http://" + start(t, webhook.Options{Auth: webhook.Auth{Token: "x"}})
	big := append([]byte(aCall), bytes.Repeat([]byte(" "), 1<<20)...)
	if got := ask(t, "POST", url+"/webhook", bytes.NewReader(big)); got.status != 401 {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := ask(t, "POST", url+"/webhook?token=x", bytes.NewReader(big)); got.status != 200 {
		t.Errorf("%d %s", got.status, got.body)
	}
}

func TestCORS(t *testing.T) {
	for _, c := range []struct {
		name    string
		origins []string
		origin  string
		allowed string
	}{
		{"off", nil, "https://a.example", ""},
		{"all", []string{"*"}, "https://a.example", "*"},
		{"listed", []string{"https://b.example", "https://a.example/"}, "https://a.example", "https://a.example"},
		{"not listed", []string{"https://b.example"}, "https://a.example", ""},
		{"pattern", []string{"https://*.example"}, "https://a.example", "https://a.example"},
		{"pattern needs something", []string{"https://*a.example"}, "https://a.example", ""},
		{"no origin", []string{"https://b.example"}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			url := "http://" + start(t, webhook.Options{Origins: c.origins, Auth: webhook.Auth{Token: "x"}})
			headers := []string{}
			if c.origin != "" {
				headers = append(headers, "Origin: "+c.origin)
			}
			for _, query := range []string{"?token=x", ""} {
				got := ask(t, "POST", url+"/webhook"+query, strings.NewReader(aCall), headers...)
				if allow := got.header.Get("Access-Control-Allow-Origin"); allow != c.allowed {
					t.Errorf("%q allows %q, want %q", query, allow, c.allowed)
				}
			}
			if c.origins == nil || c.origin == "" {
				return
			}
			got := ask(t, "OPTIONS", url+"/webhook", nil, append(headers, "Access-Control-Request-Method: POST",
				"Access-Control-Request-Headers: content-type")...)
			if got.status != 204 {
				t.Errorf("preflight: %d", got.status)
			}
			if allow := got.header.Get("Access-Control-Allow-Headers"); (allow == "content-type") != (c.allowed != "") {
				t.Errorf("preflight allows headers %q", allow)
			}
		})
	}
}
