package scripttest

import "github.com/luaction/luaction/rasa/jsondoc"

// object is a JSON object that is written key by key. A key that comes again keeps its place and takes the new value.
type object struct {
	names  []string
	values map[string][]byte
}

func newObject() *object { return &object{values: map[string][]byte{}} }

func (o *object) raw(name string, value []byte) {
	if !o.has(name) {
		o.names = append(o.names, name)
	}
	o.values[name] = value
}

func (o *object) text(name, value string) { o.raw(name, jsondoc.AppendQuote(nil, value)) }

func (o *object) has(name string) bool {
	_, ok := o.values[name]
	return ok
}

func (o *object) get(name string) []byte { return o.values[name] }

// end is the object as JSON.
func (o *object) end() []byte {
	out := []byte{'{'}
	for i, name := range o.names {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(jsondoc.AppendQuote(out, name), ':')
		out = append(out, o.values[name]...)
	}
	return append(out, '}')
}
