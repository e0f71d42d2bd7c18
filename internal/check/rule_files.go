package check

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
)

// files looks at the names of files, which decide what Rasa can call.
func (c *checker) files(snapshot *script.Snapshot) {
	const rule = "file-name"
	tell := func(at, message, hint string) {
		c.findings = append(c.findings, Finding{Rule: rule, Script: at, Message: message, Hint: hint, Warning: true})
	}
	for _, at := range slices.Sorted(maps.Keys(snapshot.Data)) {
		base := path.Base(at)
		lower := strings.ToLower(base)
		if name, ok := strings.CutSuffix(lower, ".txt"); ok {
			lower = name
		}
		if strings.HasSuffix(lower, ".lua") {
			tell(at, "this is no script, because its name doesn't end in .lua", "rename it to "+base[:strings.Index(lower, ".lua")]+".lua")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(snapshot.Actions)) {
		a := snapshot.Actions[name]
		switch {
		case a.Stale:
		case strings.TrimSpace(name) != name || strings.ContainsAny(name, " \t"):
			tell(a.Path, fmt.Sprintf("the action's name is %q, with a blank in it", name), "rename the file to "+strings.ReplaceAll(strings.TrimSpace(name), " ", "_")+".lua")
		case a.Chunk.Facts.Call == "form" && !strings.HasPrefix(name, "validate_"):
			tell(a.Path, "Rasa runs a form's script under the name validate_<form>, and this one has another", "rename the file, such as validate_order_form.lua for the form order_form")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(snapshot.Libs)) {
		lib := snapshot.Libs[name]
		base := path.Base(lib.Path)
		if !lib.Stale && lib.Chunk.Facts.Returns != chunk.ReturnTable && (strings.HasPrefix(base, "action_") || strings.HasPrefix(base, "validate_")) {
			tell(lib.Path, "a file below lib/ is a shared module, which Rasa can't call", "move it out of lib/ if it is an action")
		}
	}
}
