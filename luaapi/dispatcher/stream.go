package dispatcher

import (
	"github.com/luaction/luaction/luaapi"
)

func (d *Dispatcher) cancelled() bool { return d.stream != nil && d.stream.Cancelled() }

func (d *Dispatcher) streamStart(luaapi.Args) int {
	d.start()
	return 0
}

// start begins a stream. One that was left open is forgotten.
func (d *Dispatcher) start() {
	d.open = true
	clear(d.chunks)
	d.chunks = d.chunks[:0]
	if d.stream != nil {
		d.stream.Start()
	}
}

func (d *Dispatcher) streamChunk(a luaapi.Args) int {
	parts := d.read(a)
	for _, p := range parts {
		if p.key == "response" || p.key == "template" {
			a.Raise("can't stream a %s: write dispatcher:utter_message { %s = … }", p.key, p.key)
		}
	}
	message := d.message(a, parts)
	if !d.open {
		d.start()
	}
	switch {
	case d.stream == nil:
		d.chunks = append(d.chunks, message)
	case !d.stream.Cancelled():
		text, err := d.s.Values.Append(nil, message, luaapi.Response, "chunk")
		if err != nil {
			a.Raise("%s", err.Error())
		}
		d.stream.Chunk(text)
	}
	return 0
}

func (d *Dispatcher) streamEnd(luaapi.Args) int {
	if d.open {
		d.end()
	}
	return 0
}

// end closes the open stream. With nobody to stream to, its chunks become messages.
func (d *Dispatcher) end() {
	d.open = false
	if d.stream != nil {
		if !d.stream.Cancelled() {
			d.stream.End()
		}
		return
	}
	for i, chunk := range d.chunks {
		d.list().Append(chunk)
		d.chunks[i] = nil
	}
	d.chunks = d.chunks[:0]
}
