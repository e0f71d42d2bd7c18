package config

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const surveyed = `port: ${NOT_SET}
token: ${file:none}
scripts: actions
http:
  shop: { url: "${NOT_SET}/api", headers: { X-Key: "a ${NOT_SET}" }, basic_auth: { username: "${NOT_SET}", password: "${file:none}" } }
  news: { url: "https://news.example.org", timeout: "${NOT_SET}" }
sql: { desk: { url: "postgres://u:${NOT_SET}@db/x" } }
kv: { url: "${NOT_SET}" }
env: [SHOP_NAME]
on_error: { text: "call ${NOT_SET}" }
`

// Who only wants the names needs no secrets.
func TestSurvey(t *testing.T) {
	t.Parallel()
	surroundings := around()
	if _, err := Parse("l.yml", []byte(surveyed), surroundings); err == nil {
		t.Error("to serve, all of it is needed")
	}
	surroundings.Partial = true
	f, err := Parse("l.yml", []byte(surveyed), surroundings)
	if err != nil {
		t.Fatal(err)
	}
	if got := slices.Sorted(maps.Keys(f.HTTP)); !slices.Equal(got, []string{"news", "shop"}) || len(f.SQL) != 1 || len(f.Env) != 1 || f.Value("scripts") != "actions" {
		t.Errorf("%v, %v, %v, %v", got, f.SQL, f.Env, f.Value("scripts"))
	}
	_, err = Parse("l.yml", []byte(surveyed+"prot: 1\nhost: ${no name}\n"), surroundings)
	if err == nil || strings.Count(err.Error(), "\n") != 1 {
		t.Errorf("other mistakes stay: %v", err)
	}
}

func TestSurveyReadsAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "l.yml")
	if err := os.WriteFile(path, []byte("http: { shop: { url: \"${SURELY_NOT_SET_ANYWHERE}\" } }"), 0o600); err != nil {
		t.Fatal(err)
	}
	if f, err := Survey(path); err != nil || len(f.HTTP) != 1 {
		t.Errorf("%v, %v", f, err)
	}
	if _, err := Survey(path + "x"); err == nil {
		t.Error("a file that isn't there")
	}
}
