package luaapi_test

import (
	"compress/gzip"
	"io"
	"os"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/events"
)

// body is one of the recorded request bodies.
func body(b *testing.B, name string) []byte {
	b.Helper()
	file, err := os.Open("../testdata/bench/" + name + ".json.gz")
	if err != nil {
		b.Fatal(err)
	}
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	if err != nil {
		b.Fatal(err)
	}
	text, err := io.ReadAll(unzipped)
	if err != nil {
		b.Fatal(err)
	}
	return text
}

// BenchmarkFrom turns a whole conversation into tables, BenchmarkAppend writes it again.
func BenchmarkFrom(b *testing.B) {
	for _, name := range []string{"2k", "30k", "1m"} {
		b.Run(name, func(b *testing.B) {
			bench, text := newBench(b), body(b, name)
			tracker := mustParse(string(text)).Get("tracker")
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				bench.open(nil, 0)
				bench.session.Values.From(tracker)
				bench.close()
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	for _, name := range []string{"2k", "30k", "1m"} {
		b.Run(name, func(b *testing.B) {
			bench, text := newBench(b), body(b, name)
			bench.open(nil, 0)
			defer bench.close()
			tracker := bench.session.Values.From(mustParse(string(text)).Get("tracker"))
			var out []byte
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				out, _ = bench.session.Values.Append(out[:0], tracker, luaapi.Any, "x")
			}
		})
	}
}

// BenchmarkAnswer writes the answer of an ordinary action: three events and a message with two buttons.
func BenchmarkAnswer(b *testing.B) {
	bench := newBench(b)
	bench.open(nil, 0)
	defer bench.close()
	s := bench.session
	message := s.NewResponse()
	s.Values.SetField(message, "text", lua.LString("A table for five in Ulm: there is one."))
	s.Values.SetField(message, "buttons", s.Values.From(mustParse(`[{"title":"Book it","payload":"/book"},{"title":"Something else","payload":"/ask"}]`)))
	messages, result := s.L.NewTable(), s.L.NewTable()
	messages.Append(message)
	for _, name := range []string{"city", "number", "feedback"} {
		event := s.Values.Object("event", "timestamp", "name", "value")
		s.Values.SetField(event, "event", lua.LString("slot"))
		s.Values.SetField(event, "name", lua.LString(name))
		s.Values.SetField(event, "value", lua.LNumber(5))
		result.Append(event)
	}
	var out []byte
	b.ReportAllocs()
	for b.Loop() {
		var err *luaapi.AnswerError
		if out, err = s.Answer(out[:0], result, messages, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSlotSet makes an event as scripts do, from Lua.
func BenchmarkSlotSet(b *testing.B) {
	bench := newBench(b)
	bench.session.Install(events.New(bench.session))
	file := compile(b, `return function() for i = 1, 100 do local e = SlotSet("name", i) end end`)
	bench.open(nil, 0)
	defer bench.close()
	f, err := bench.state.Call(bench.state.Load(file))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bench.state.Call(f); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkObjects is what one table of so many names takes: what the core counts against the memory has to be near.
func BenchmarkObjects(b *testing.B) {
	for name, text := range map[string]string{
		"list0": `[]`, "list8": `[1,2,3,4,5,6,7,8]`, "object0": `{}`, "object1": `{"a":1}`, "object4": `{"a":1,"b":2,"c":3,"d":4}`,
		"object9": `{"a":1,"b":2,"c":3,"d":4,"e":5,"f":6,"g":7,"h":8,"i":9}`,
	} {
		b.Run(name, func(b *testing.B) {
			bench := newBench(b)
			doc := mustParse(text)
			bench.open(nil, 0)
			defer bench.close()
			b.ReportAllocs()
			for b.Loop() {
				bench.session.Values.From(doc)
			}
		})
	}
}
