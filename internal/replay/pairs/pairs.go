// Package pairs reads the page that puts Python beside Lua. Both columns of a pair do the same, and both are run: the Python by
// the recorder with the real SDK, the Lua by the tests, which compare.
package pairs

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
)

// Pair is one row of the page.
type Pair struct {
	// Title is the heading that the row is below, with the row's number there: "Events 2".
	Title  string
	Python string
	Lua    string
	// Call is the request that both get.
	Call json.RawMessage
	// Ignore and Datetime are as in a step of a recorded case.
	Ignore, Datetime []string
}

// Action is the name of the action that the pair's call asks for.
func (p *Pair) Action() string {
	var call struct {
		Action string `json:"next_action"`
	}
	if json.Unmarshal(p.Call, &call) != nil {
		return ""
	}
	return call.Action
}

// LuaFile is the Lua as a file of scripts: what is no whole file is the body of an action.
func (p *Pair) LuaFile() string {
	if wholeFile.MatchString(p.Lua) {
		return p.Lua
	}
	return "return function(dispatcher, tracker, domain)\n" + p.Lua + "end\n"
}

var wholeFile = regexp.MustCompile(`(?m)^return (function|form|slots|knowledge_base)\b`)

// What a page is made of: headings, blocks, and comments such as <!-- call {"tracker": {…}} --> that change the next pair's call.
var parts = regexp.MustCompile("(?ms)^## (?P<title>[^\n]*)$|^<!-- call (?P<call>.*?)-->|^```(?P<kind>python|lua)\n(?P<code>.*?)^```$")

// actionName finds what the Python calls its action.
var actionName = regexp.MustCompile(`(?s)def name\(self\)[^\n]*:\s+return "([^"]+)"`)

// Read takes the page apart. base is the call of a pair that says nothing else.
func Read(page string, base json.RawMessage) ([]Pair, error) {
	var pairs []Pair
	title, row, python, change := "", 0, "", ""
	for _, m := range parts.FindAllStringSubmatch(page, -1) {
		code := m[parts.SubexpIndex("code")]
		switch kind := m[parts.SubexpIndex("kind")]; {
		case m[parts.SubexpIndex("call")] != "":
			change = m[parts.SubexpIndex("call")]
		case kind == "":
			title, row = m[parts.SubexpIndex("title")], 0
		case kind == "python" && python != "":
			return nil, fmt.Errorf("%s: two blocks of Python, and no Lua between them:\n%s", title, code)
		case kind == "python":
			python = code
		case python == "":
			return nil, fmt.Errorf("%s: a block of Lua without Python beside it:\n%s", title, code)
		default:
			row++
			p := Pair{Title: fmt.Sprintf("%s %d", title, row), Python: python, Lua: code}
			if err := p.call(base, change); err != nil {
				return nil, fmt.Errorf("%s: %w", p.Title, err)
			}
			pairs = append(pairs, p)
			python, change = "", ""
		}
	}
	if python != "" {
		return nil, fmt.Errorf("%s: the last Python has no Lua beside it", title)
	}
	return pairs, nil
}

// call makes the pair's call of the base, the name in its Python, and the change.
func (p *Pair) call(base json.RawMessage, change string) error {
	var call map[string]any
	if err := json.Unmarshal(base, &call); err != nil {
		return fmt.Errorf("the base call: %w", err)
	}
	if name := actionName.FindStringSubmatch(p.Python); name != nil {
		call["next_action"] = name[1]
	}
	if change != "" {
		var more map[string]any
		if err := json.Unmarshal([]byte(change), &more); err != nil {
			return fmt.Errorf("the comment before it: %w", err)
		}
		p.Ignore, p.Datetime = texts(more, "ignore"), texts(more, "datetime")
		call = merged(call, more)
	}
	var err error
	p.Call, err = json.Marshal(call)
	return err
}

// texts takes a list of texts out of a comment.
func texts(from map[string]any, key string) []string {
	list, _ := from[key].([]any)
	delete(from, key)
	var out []string
	for _, item := range list {
		out = append(out, fmt.Sprint(item))
	}
	return out
}

// merged puts the change over the base, objects member by member.
func merged(base, change map[string]any) map[string]any {
	out := maps.Clone(base)
	for key, value := range change {
		inner, isObject := value.(map[string]any)
		old, wasObject := out[key].(map[string]any)
		if isObject && wasObject {
			value = merged(old, inner)
		}
		out[key] = value
	}
	return out
}

// Record is what the SDK answered to one pair.
type Record struct {
	Title  string          `json:"title"`
	Python string          `json:"python"` // as it was on the page then
	Answer json.RawMessage `json:"answer"` // {"status": …, "json": …}
}
