package interp

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/chunk"
)

// What the interpreter takes for its values, in bytes, about.
const (
	slotBytes     = 16
	tableBytes    = 96
	entryBytes    = 104 // of the hash part: the value, the key, its place in the order and the map's own
	functionBytes = 72
	upvalueBytes  = 56
	boxBytes      = 16  // what a number or a string takes beside its slot
	sharedText    = 256 // strings from this length on are counted once, however many values share them
)

// Scale weighs states: it estimates how much memory the values take that a state's script can reach. One Scale serves any
// number of states, one after the other.
type Scale struct {
	seen  []uintptr // open addressing, 0 is free
	count int
	looks int
	bytes int64
	queue []lua.LValue
	in    innards
	of    *State // whose values are weighed
}

const (
	scaleSlots = 1 << 18
	maxSeen    = scaleSlots * 3 / 4
	maxLooks   = 1 << 20
)

// NewScale returns a scale. It takes 2 MiB.
func NewScale() *Scale { return &Scale{seen: make([]uintptr, scaleSlots)} }

// Keep tells of values that Go code holds for the running call: visit is to be called with each. Before the first call only.
func (s *State) Keep(f func(visit func(lua.LValue))) { s.keepers = append(s.keepers, f) }

// Weigh returns about how many bytes the values of the running call take; complete is false if there are so many that the
// rest was left out. The script must be still; see meter.Still.
func (s *State) Weigh(scale *Scale) (bytes int64, complete bool) {
	clear(scale.seen)
	scale.count, scale.looks, scale.bytes, scale.in, scale.of = 0, 0, 0, s.in, s
	scale.mark(unsafe.Pointer(s.globals))
	for L := s.L.G.CurrentThread; L != nil; L = L.Parent {
		scale.add(L)
	}
	scale.add(s.L)
	for _, keeper := range s.keepers {
		keeper(scale.add)
	}
	complete = scale.walk()
	scale.queue = scale.queue[:cap(scale.queue)]
	clear(scale.queue) // it must keep nothing alive
	scale.queue, scale.of = scale.queue[:0], nil
	return scale.bytes, complete
}

func (c *Scale) walk() (complete bool) {
	for len(c.queue) > 0 {
		if c.full() {
			return false
		}
		v := c.queue[len(c.queue)-1]
		c.queue = c.queue[:len(c.queue)-1]
		switch v := v.(type) {
		case *lua.LTable:
			c.table(v)
		case *lua.LFunction:
			for _, up := range v.Upvalues {
				if up != nil && c.mark(unsafe.Pointer(up)) {
					c.bytes += upvalueBytes
					c.add(up.Value())
				}
			}
		case *lua.LState:
			c.slots(c.in.registers(v))
		}
	}
	return !c.full()
}

func (c *Scale) full() bool { return c.count >= maxSeen || c.looks >= maxLooks }

// add counts a value, and has what is in it looked at later.
func (c *Scale) add(v lua.LValue) {
	c.looks++
	switch v := v.(type) {
	case lua.LString:
		if len(v) < sharedText || c.mark(unsafe.Pointer(unsafe.StringData(string(v)))) {
			c.bytes += int64(len(v)) + boxBytes
		}
	case lua.LNumber:
		c.bytes += boxBytes
	case *lua.LTable:
		if !chunk.IsShared(v) && c.mark(unsafe.Pointer(v)) {
			texts, others := c.in.hashOf(v)
			entries := max(len(texts)+len(others), len(c.in.keysOf(v)))
			c.later(v, tableBytes+cap(*c.in.arrayOf(v))*slotBytes+entries*entryBytes)
		}
	case *lua.LFunction:
		if c.mark(unsafe.Pointer(v)) {
			c.later(v, functionBytes)
		}
	case *lua.LState:
		if c.mark(unsafe.Pointer(v)) {
			c.later(v, threadBytes+cap(c.in.registers(v))*slotBytes)
		}
	case *lua.LUserData:
		if c.mark(unsafe.Pointer(v)) {
			c.bytes += functionBytes
		}
	}
}

func (c *Scale) later(v lua.LValue, bytes int) {
	c.bytes += int64(bytes)
	c.queue = append(c.queue, v)
}

// mark notes an object, and tells whether it is new. When there are too many, none is.
func (c *Scale) mark(p unsafe.Pointer) bool {
	if c.count >= maxSeen {
		return false
	}
	address := uintptr(p)
	for i := uint64(address) * 0x9e3779b97f4a7c15 >> 46; ; i = (i + 1) % scaleSlots {
		switch c.seen[i] {
		case 0:
			c.seen[i] = address
			c.count++
			return true
		case address:
			return false
		}
	}
}

func (c *Scale) slots(values []lua.LValue) {
	for _, v := range values {
		if c.full() {
			return
		}
		c.add(v)
	}
}

func (c *Scale) table(t *lua.LTable) {
	if meta, ok := t.Metatable.(*lua.LTable); ok {
		// Not guardOf, which remembers: this is another goroutine.
		if g := c.of.guards[meta]; g != nil && g.Held != nil {
			g.Held(t, c.add)
		}
	}
	c.slots(*c.in.arrayOf(t))
	c.add(t.Metatable)
	texts, others := c.in.hashOf(t)
	for key, v := range texts {
		if c.full() {
			return
		}
		c.add(lua.LString(key))
		c.add(v)
	}
	for key, v := range others {
		if c.full() {
			return
		}
		c.add(key)
		c.add(v)
	}
}
