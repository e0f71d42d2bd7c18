package statement_test

import (
	"slices"
	"testing"

	"github.com/luaction/luaction/database/statement"
)

func TestSplit(t *testing.T) {
	t.Parallel()
	const trigger = "create temp trigger t after insert on a begin select 1; select case when 1 then 2 end; end"
	for text, want := range map[string][]string{
		"":                                  nil,
		" ; -- x\n ;;":                      nil,
		"SELECT 1":                          {"SELECT 1"},
		"SELECT 1;":                         {"SELECT 1"},
		"A;B ; C":                           {"A", "B", "C"},
		"SELECT ';' /* ; */ \";\" -- ;\n;B": {"SELECT ';' /* ; */ \";\" -- ;", "B"},
		trigger + "; B":                     {trigger, "B"},
		trigger:                             {trigger},
		"SELECT 'x; B":                      {"SELECT 'x; B"},
		"DROP TRIGGER t; B":                 {"DROP TRIGGER t", "B"},
		"CREATE TABLE trigger (a); B":       {"CREATE TABLE trigger (a)", "B"},
		"BEGIN; B; END":                     {"BEGIN", "B", "END"},
	} {
		var got []string
		for _, part := range statement.Split(text, statement.SQLite) {
			got = append(got, part.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	for _, text := range []string{"A; B", "CREATE TRIGGER t BEGIN A; END; B", "';", "/*;", "é;"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		length := 0
		for _, part := range statement.Split(text, statement.SQLite) {
			if part.Text == "" {
				t.Error("an empty statement")
			}
			length += len(part.Text)
		}
		if length > len(text) {
			t.Errorf("%d bytes of %d", length, len(text))
		}
	})
}
