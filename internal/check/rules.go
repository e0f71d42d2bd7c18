package check

import "slices"

// Rule is one kind of finding.
type Rule struct {
	Name string // what Finding.Rule says
	Doc  string // what is found, in one sentence
}

// Rules are all kinds of findings that Run can have, sorted by name. The caller owns the list.
func Rules() []Rule {
	all := slices.Concat(fileRules(), nameRules(), callRules(), valueRules())
	slices.SortFunc(all, func(a, b Rule) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return all
}

// fileRules are about files as a whole; most come from the loader.
func fileRules() []Rule {
	return []Rule{
		{"syntax", "The file is no Lua, or too much of it."},
		{"empty-file", "The file has nothing in it."},
		{"unreadable", "The file or folder can't be read."},
		{"data-file", "A data file is not what its name says."},
		{"folder", "The folder has no action that can be served."},
		{"name-clash", "Two files stand for one name."},
		{"file-name", "The name of a file keeps Rasa from calling it."},
		{"no-return", "The file of an action returns nothing."},
		{"returned-table", "The file of an action returns a table."},
		{"called-too-early", "The file of an action returns what its function returns, not the function."},
		{"unknown-require", "A file is required that is not there."},
		{"unknown-file", "A data file is read that is not there."},
	}
}

// nameRules are about names and members.
func nameRules() []Rule {
	return []Rule{
		{"unknown-global", "A name is read that nothing declares."},
		{"assign-global", "A name is assigned that is not declared with local."},
		{"foreign-name", "A name is read that other languages have."},
		{"left-out", "A part of Lua is used that scripts don't have."},
		{"unused-local", "A local variable or function is never read."},
		{"shadowed-local", "A local variable hides another one."},
		{"hidden-module", "A local variable has the name of a module that is called."},
		{"assigned-to-itself", "A variable is assigned to itself."},
		{"unknown-member", "A module, object, text or table has no member of this name."},
		{"colon-or-dot", "A module is called with a colon, or an object with a dot."},
		{"not-a-function", "Something is called that is no function."},
		{"no-table", "A part is read of something that has none."},
		{"read-only", "Something is assigned that can't be changed."},
		{"zero-index", "A list is read at 0, though its items count from 1."},
	}
}

// callRules are about calls and what an action returns.
func callRules() []Rule {
	return []Rule{
		{"missing-argument", "A call lacks a value that it needs."},
		{"too-many-arguments", "A call has more values than the function takes."},
		{"argument-type", "A call gives a value of the wrong type."},
		{"no-value", "A local gets no value from the call that it is declared with."},
		{"parameter-order", "A parameter has the name of one that comes at another place."},
		{"two-values", "A call hands on a second value that is not meant."},
		{"unknown-option", "A table of options has a name that is not known."},
		{"given", "What run_action is given has a name that is not known."},
		{"form-key", "A form, slots or a knowledge base have a name that is not known."},
		{"slot-function", "The functions of a form are not one for each slot."},
		{"time-unit", "A length of time has a name that is not known."},
		{"time-compared", "A time is compared with what is none."},
		{"one-body", "A request has two bodies."},
		{"unknown-field", "An event has a field that is not known."},
		{"unsendable", "An event carries what can't be sent, such as a function."},
		{"missing-field", "A table lacks a name that has to be there."},
		{"message-key", "A message has a key that looks misspelt."},
		{"one-message", "A message is neither one text nor one table with names."},
		{"empty-message", "A message has nothing in it."},
		{"buttons", "Buttons are not as Rasa wants them."},
		{"payload", "A button's payload has a name that is not known."},
		{"discarded-value", "The result of a call is lost, and is all that the call is for."},
		{"returned-value", "A function that the server calls returns what it can't use."},
		{"lost-value", "A second value is returned, which nobody takes."},
		{"not-an-event", "A list of events has an item that is no event."},
		{"unknown-event", "An event has a name that Rasa doesn't know."},
		{"format", "A text for string.format doesn't fit its values."},
		{"pattern", "A pattern of Lua's can't be used."},
		{"expression", "A regular expression can't be used."},
		{"sql", "A statement can't be used, or doesn't fit its values."},
		{"glued-sql", "A statement is put together while the action runs."},
	}
}

// valueRules are about operators, conditions and loops.
func valueRules() []Rule {
	return []Rule{
		{"comparison", "A comparison is always the same, or fails."},
		{"type-name", "type() is compared with what it never gives."},
		{"nil-in-quotes", "Something is compared with the text nil."},
		{"constant-condition", "A condition is always the same."},
		{"joined", "Something is joined with .. that is no text or number."},
		{"arithmetic", "Something is reckoned with that is no number."},
		{"length", "# is used on something that has no length."},
		{"names-as-list", "A table that has names only is taken for a list."},
		{"loop", "A loop goes through what it can't, or never runs."},
		{"unreachable-code", "A statement is never reached."},
		{"duplicate-key", "A table has the same name twice."},
		{"nil-in-table", "A table has a name with nil, which is as if it weren't there."},
	}
}
