// Package dispatcher is the object dispatcher: it collects what an action says, or streams it while the action runs.
package dispatcher

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// Dispatcher collects the messages of the call that its session is running. There is one for each session.
type Dispatcher struct {
	s          *luaapi.Session
	messages   *lua.LTable // nil until it is first needed
	stream     Stream      // nil: chunks go out as messages when the stream ends
	open       bool
	parameters []string      // the names that a message has in the reference
	given      []part        // of the call that is running
	chunks     []*lua.LTable // of the open stream, where there is nobody to stream to
}

// Stream takes what an action streams, while the action runs. It is called by the goroutine that runs the script.
type Stream interface {
	// Start begins a new stream, which is not cancelled. One that is still open is forgotten.
	Start()
	// Chunk takes a part of the message: a JSON object with the keys of a response. It is not called once the stream is
	// cancelled. The bytes are the stream's own.
	Chunk(message []byte)
	// End closes the stream. It is not called once the stream is cancelled.
	End()
	// Cancelled tells whether the listener wants to hear no more of the latest stream.
	Cancelled() bool
}

// New returns the dispatcher of a session.
func New(s *luaapi.Session) *Dispatcher {
	d := &Dispatcher{s: s, parameters: luaapi.FieldNames(messageFields())}
	s.State.Keep(func(visit func(lua.LValue)) {
		if d.messages != nil {
			visit(d.messages)
		}
		for _, chunk := range d.chunks {
			visit(chunk)
		}
	})
	return d
}

// StreamTo has the running call stream to somebody; nil and without a call of it, chunks become messages. End of the call
// forgets it.
func (d *Dispatcher) StreamTo(stream Stream) { d.stream = stream }

// Messages returns the list of what the action said. A stream that the action left open is closed first, with a warning in
// the log.
func (d *Dispatcher) Messages() *lua.LTable {
	if d.open {
		d.s.Log.Warn("the action left its stream open, it is closed now; write dispatcher:stream_end() after the last chunk")
		d.end()
	}
	return d.list()
}

func (d *Dispatcher) list() *lua.LTable {
	if d.messages == nil {
		d.messages = d.s.Values.MarkList(d.s.L.CreateTable(2, 0))
	}
	return d.messages
}

// setMessages takes a list that the script made. A message in place of the list is a list of one.
func (d *Dispatcher) setMessages(v lua.LValue) {
	d.messages = nil
	t, ok := v.(*lua.LTable)
	if !ok {
		return
	}
	if d.s.Values.Len(t) == 0 && !d.s.Values.IsEmpty(t) {
		d.list().Append(t)
		return
	}
	d.s.Values.Open(t) // messages are added to it
	d.messages = t
}

// forget drops what belongs to the call.
func (d *Dispatcher) forget() {
	d.messages, d.stream, d.open = nil, nil, false
	clear(d.given[:cap(d.given)])
	clear(d.chunks)
	d.chunks = d.chunks[:0]
}

// warn logs a warning with the script's line.
func warn(a luaapi.Args, message string) {
	script, line := a.Place()
	a.Log.Warn(message, "script", script, "line", line)
}
