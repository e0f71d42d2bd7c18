package statement

import (
	"fmt"
	"slices"
	"strings"
)

// words follows the keywords of a statement.
type words struct {
	dialect Dialect
	count   int       // tokens seen
	before  [3]string // the last tokens, the latest first, in upper case
	session bool
	routine bool
	pragma  bool
	with    bool // begins with WITH: what it does comes later
	inserts bool
	changes bool
}

// mark is the placeholder at a place; closed says whether a bracket closes after it.
func (w *words) mark(at int, closed bool) mark {
	in := closed && w.before[0] == "(" && w.before[1] == "IN"
	return mark{at: at, in: in, notIn: in && w.before[2] == "NOT"}
}

// see takes the next token and says if the statement can't be run here.
func (w *words) see(k kind, token string) error {
	if k == semicolon {
		return nil
	}
	upper := ""
	if k == word || k == other {
		upper = strings.ToUpper(token)
	}
	first := w.count == 0
	w.count++
	switch {
	case first && k == word:
		if err := w.first(upper); err != nil {
			return err
		}
	case w.pragma:
		if err := w.inPragma(k, upper); err != nil {
			return err
		}
	case k == variable || k == word && changesSession(upper) || k == quoted && changesSession(quotedName(token)):
		w.session = true
	}
	if k == word && (first || w.with) {
		w.inserts = w.inserts || upper == "INSERT" || upper == "REPLACE"
		w.changes = w.changes || w.inserts || upper == "UPDATE" || upper == "DELETE" || upper == "MERGE"
		w.with = w.with || upper == "WITH"
	}
	w.before = [3]string{upper, w.before[0], w.before[1]}
	return nil
}

// quotedName is a name in quotes as a keyword would be written; "" for a text.
func quotedName(token string) string {
	if token == "" || token[0] == '\'' {
		return ""
	}
	return strings.ToUpper(strings.Trim(token, "\"`[]"))
}

// first looks at what the statement does.
func (w *words) first(keyword string) error {
	switch keyword {
	case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE":
		return fmt.Errorf("%s can't be run: write db:transaction(function(tx) … end), which begins, and ends it whatever happens", keyword)
	case "ATTACH", "DETACH":
		return fmt.Errorf("%s can't be run: name the other database in the configuration, and open it with sql.open", keyword)
	case "SET", "RESET", "USE", "PREPARE", "EXECUTE", "DEALLOCATE", "DECLARE", "LISTEN", "UNLISTEN", "COPY", "LOAD", "HANDLER",
		"UNLOCK", "DISCARD", "CHECKPOINT", "SHUTDOWN", "XA", "INSTALL", "UNINSTALL", "VACUUM":
		return fmt.Errorf("%s can't be run from a script: it changes the connection or the server, which others use as well", keyword)
	case "LOCK":
		if w.dialect == MySQL {
			return fmt.Errorf("LOCK can't be run from a script: the connection is used by others as well; write SELECT … FOR UPDATE in db:transaction")
		}
	case "PRAGMA":
		if w.dialect == SQLite {
			w.pragma = true
		}
	case "DO", "CALL":
		w.session, w.routine = true, true
	}
	return nil
}

// inPragma lets through what only asks: a name, or a schema's and a name, and an argument in brackets.
func (w *words) inPragma(k kind, upper string) error {
	switch {
	case w.before[0] == "PRAGMA" && (upper == "MAIN" || upper == "TEMP"), upper == ".":
	case w.before[0] == "PRAGMA" || w.before[0] == ".":
		if k != word || !IsAsking(upper) {
			return refusedPragma(upper)
		}
	case upper == "=":
		return refusedPragma(w.before[0])
	}
	return nil
}

func refusedPragma(name string) error {
	return fmt.Errorf("PRAGMA %s can't be run from a script; it may ask %s", strings.ToLower(short(name)), strings.ToLower(strings.Join(askingPragmas(), ", ")))
}

// IsAsking says whether a pragma of SQLite tells something and changes nothing.
func IsAsking(name string) bool { return slices.Contains(askingPragmas(), strings.ToUpper(name)) }

// askingPragmas are those of SQLite that tell something and change nothing.
func askingPragmas() []string {
	return []string{
		"TABLE_INFO", "TABLE_XINFO", "TABLE_LIST", "INDEX_LIST", "INDEX_INFO", "INDEX_XINFO", "FOREIGN_KEY_LIST", "FOREIGN_KEY_CHECK",
		"COLLATION_LIST", "COMPILE_OPTIONS",
	}
}

// changesSession says whether a word anywhere in a statement may stay behind on its connection.
func changesSession(upper string) bool {
	switch upper {
	case "TEMP", "TEMPORARY", "SET_CONFIG", "GET_LOCK", "RELEASE_LOCK", "DBLINK_CONNECT", "SETSEED", "PG_TEMP":
		return true
	}
	return strings.HasPrefix(upper, "PG_ADVISORY_LOCK") || strings.HasPrefix(upper, "PG_TRY_ADVISORY_LOCK") || strings.HasPrefix(upper, "LO_")
}
