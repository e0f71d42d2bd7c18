package form

import lua "github.com/yuin/gopher-lua"

// change is a value for a slot; nil for null.
type change struct {
	slot  string
	value lua.LValue
	by    *lua.LFunction // what gave it; nil for Rasa
}

// collected are slots with their values, in the order in which they first came. The zero value is empty.
type collected struct {
	changes []change
	gone    []bool
	at      map[string]int
}

// set gives a slot a value; one that is there keeps its place.
func (c *collected) set(change change) {
	if i, ok := c.at[change.slot]; ok {
		c.changes[i] = change
		return
	}
	if c.at == nil {
		c.at = map[string]int{}
	}
	c.at[change.slot] = len(c.changes)
	c.changes = append(c.changes, change)
	c.gone = append(c.gone, false)
}

// drop takes a slot out: if it is set again, it comes last.
func (c *collected) drop(slot string) {
	if i, ok := c.at[slot]; ok {
		c.gone[i] = true
		delete(c.at, slot)
	}
}

// list returns what is there.
func (c *collected) list() []change {
	var list []change
	for i, change := range c.changes {
		if !c.gone[i] {
			list = append(list, change)
		}
	}
	return list
}
