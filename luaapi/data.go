package luaapi

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/luaction/luaction/rasa/jsondoc"
	"github.com/luaction/luaction/spell"
)

// DataFile is a file beside the scripts, as it was when they were loaded.
type DataFile struct {
	Path  string       // below the scripts folder, with slashes
	Text  []byte       // its content, which must not be changed; nil if there is none
	Doc   *jsondoc.Doc // the content of a .json file; nil for others, and if there is none
	Fault string       // why there is no content, with the file and the line; "" if there is
}

// Data finds a data file by the path that a script gave: below the scripts folder, with slashes. problem says what is wrong with
// the path or the file and what to write instead; "" if the file is there.
func (s *Session) Data(name string) (file DataFile, problem string) {
	if s.Library == nil {
		return DataFile{}, s.noData(name)
	}
	file, ok := s.Library.Data(name)
	switch {
	case !ok:
		return DataFile{}, s.noData(name)
	case file.Fault != "":
		return DataFile{}, file.Fault
	}
	return file, ""
}

// noData says what to write instead of a path that leads to no data file.
func (s *Session) noData(name string) string {
	shown := `"` + shortened(name, maxPlace) + `"`
	meant := path.Clean("/" + strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "scripts/"))[1:]
	var names []string
	if s.Library != nil {
		names = s.Library.DataNames()
		if _, ok := s.Library.Data(meant); ok {
			return shown + ` must be the path below the scripts folder, with slashes; write "` + meant + `"`
		}
	}
	if advice := odd(name, meant); advice != "" {
		return shown + advice
	}
	say := "there is no data file " + shown + " in the scripts folder"
	if near := spell.Nearest(meant, names); near != "" {
		return say + `; did you mean "` + near + `"?`
	}
	for _, n := range names { // the right name in the wrong folder
		if path.Base(n) == path.Base(meant) {
			return say + `; did you mean "` + n + `"?`
		}
	}
	if len(names) > 0 && len(names) <= fewNames {
		say += "; there are " + strings.Join(names, ", ")
	}
	return say
}

// odd says why a path can't be that of a data file.
func odd(name, meant string) string {
	base := path.Base(meant)
	switch parts := strings.Split(strings.ReplaceAll(name, `\`, "/"), "/"); {
	case meant == "":
		return ` is no file; write a path below the scripts folder, such as "data/hotels.json"`
	case parts[0] == "" || strings.HasSuffix(parts[0], ":"):
		return ` begins outside the scripts folder, and only data in it can be read; write a path such as "data/hotels.json"`
	case strings.Contains("/"+strings.Join(parts, "/")+"/", "/../"):
		return ` leads out of the scripts folder with "..", and only data in it can be read; write a path such as "data/hotels.json"`
	case strings.HasSuffix(base, ".lua"):
		return ` is a script, no data; what several scripts share lies below lib/ and is had by require "lib.name"`
	case strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_"):
		return ` can't be read: names that begin with . or _ are left out; rename the file`
	}
	return ""
}

// ParseData reads the text of a JSON file. problem says what is wrong in the given line and column, which count from 1; "" if it
// is JSON.
func ParseData(text []byte) (doc *jsondoc.Doc, line, column int, problem string) {
	doc, err := jsondoc.Parse(text)
	if err == nil {
		return doc, 0, 0, ""
	}
	var syntax *jsondoc.SyntaxError
	if !errors.As(err, &syntax) {
		return nil, 1, 1, err.Error()
	}
	before := text[:min(syntax.Offset, len(text))]
	start := bytes.LastIndexByte(before, '\n') + 1
	return nil, 1 + bytes.Count(before, []byte("\n")), 1 + utf8.RuneCount(before[start:]),
		fmt.Sprintf("this file is not JSON: %s", strings.TrimSuffix(syntax.What, ","))
}
