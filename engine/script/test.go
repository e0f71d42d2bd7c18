package script

import "encoding/hex"

// Test is a file of tests, which is no part of what is served: it is neither compiled nor counted in the snapshot's hash. As long as
// its content stays the same, later snapshots hold the same pointer.
type Test struct {
	Path  string // below the scripts folder, with slashes
	Sum   string // sha256 of Text, in hex; "" if there is none
	Text  []byte // nobody may change it
	Fault string // why the present file can't be read, with its path; "" if it can
}

// test puts a file of tests into the snapshot.
func (d *draft) test(e *entry) {
	next := &Test{Path: e.path}
	if p := e.problem(); p != nil {
		next.Fault = p.Error()
	} else if e.good != nil {
		next.Sum, next.Text = hex.EncodeToString(e.good.sum[:]), e.good.text
	}
	if old := d.old.Tests[e.path]; old != nil && old.Sum == next.Sum && old.Fault == next.Fault {
		next = old
	}
	d.snapshot.Tests[e.path] = next
}
