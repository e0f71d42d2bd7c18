// Package kv is the module kv: what scripts remember from one call to the next.
package kv

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// Sizes in bytes.
const (
	maxKey   = 256
	maxValue = 256 << 10 // as JSON
)

// conversationLife is how long an entry of kv.conversation is kept after it was written last.
const conversationLife = 24 * time.Hour

// New returns the module kv for a session's state, before its first call.
func New(s *luaapi.Session, store keyvalue.Store) luaapi.Module {
	global := &keeper{s: s, store: store, key: keyvalue.Global}
	conversation := Conversation(s, store)
	table := s.Install(conversation)
	return luaapi.Module{
		Name: "kv", Doc: "Remembers values from one call to the next, under keys that all conversations share; kv.conversation keeps them for one conversation.",
		Members: global.members("kv"),
		Fields:  []luaapi.Field{{Name: "conversation", Type: conversation.Name, Doc: conversation.Doc, Get: func() lua.LValue { return table }}},
	}
}

// Conversation returns what the field conversation of the module kv is.
func Conversation(s *luaapi.Session, store keyvalue.Store) luaapi.Module {
	own := &keeper{
		s: s, store: store, life: keyvalue.Life{TTL: conversationLife, Renewed: true},
		key: func(name string) keyvalue.Key { return keyvalue.Conversation(s.Call.SenderID(), name) },
	}
	return luaapi.Module{
		Name:    "kv.conversation",
		Doc:     "As kv, for the conversation of this call alone; what is kept ends 24 hours after it was written last, unless ttl says otherwise.",
		Members: own.members("kv.conversation"),
	}
}

// keeper is kv or kv.conversation.
type keeper struct {
	s     *luaapi.Session
	store keyvalue.Store
	key   func(name string) keyvalue.Key
	life  keyvalue.Life // unless a ttl is given
}

func (k *keeper) members(name string) []luaapi.Member {
	key := luaapi.Param{Name: "key", Type: "string"}
	value := luaapi.Param{Name: "value", Type: "any", Optional: true}
	options := luaapi.Param{Name: "opts", Type: "table", Optional: true, Fields: []luaapi.Field{
		{Name: "ttl", Type: "number", Doc: "For how many seconds it is kept."},
	}}
	return []luaapi.Member{
		{
			Name: "get", Params: []luaapi.Param{key}, Returns: "any or nil", Func: k.get,
			Doc: "What is kept under the key, nil when there is nothing.", Example: `local last = ` + name + `.get("last_order")`,
		},
		{
			Name: "set", Params: []luaapi.Param{key, value, options}, Func: k.set,
			Doc:     "Keeps a value, with { ttl = seconds } for so long; nil forgets it. A value is what JSON holds, at most 256 KiB.",
			Example: name + `.set("last_order", { id = 7 }, { ttl = 3600 })`,
		},
		{
			Name: "delete", Params: []luaapi.Param{key}, Returns: "boolean", Func: k.delete,
			Doc: "Forgets what is kept under the key, and says whether there was something.", Example: `local was = ` + name + `.delete("last_order")`,
		},
		{
			Name: "add", Params: []luaapi.Param{key, {Name: "value", Type: "any"}, options}, Returns: "boolean", Func: k.add,
			Doc:     "Keeps a value if there is none, and says whether it did: of several calls at the same moment one gets true.",
			Example: `if ` + name + `.add("greeted", true, { ttl = 86400 }) then print("hello") end`,
		},
		{
			Name: "incr", Params: []luaapi.Param{key, {Name: "n", Type: "number", Optional: true}, options}, Returns: "number", Func: k.incr,
			Doc:     "Adds n, 1 without, to the number that is kept, 0 if there is none, and gives the new one. ttl counts only when it is new.",
			Example: `local tries = ` + name + `.incr("tries", 1, { ttl = 600 })`,
		},
	}
}

// name is the first argument as a key.
func (k *keeper) name(a luaapi.Args) keyvalue.Key {
	name := a.String(1)
	switch {
	case name == "":
		a.Raise("key is empty; write a name such as \"last_order\"")
	case len(name) > maxKey:
		a.Raise("key is %d bytes long, and at most %d are kept; take an id, or crypto.sha256(key)", len(name), maxKey)
	}
	return k.key(name)
}

// text is the second argument as JSON.
func (k *keeper) text(a luaapi.Args) []byte {
	text, err := k.s.Values.AppendText(nil, a.Get(2), "value")
	if err != nil {
		a.Raise("%s", err.Error())
	}
	if len(text) > maxValue {
		a.Raise("value is %d KiB as JSON, and at most %d are kept; keep the parts that are needed, each under its own key", (len(text)+1023)>>10, maxValue>>10)
	}
	return text
}

// lifeOf is how long the options at argument i have an entry live.
func (k *keeper) lifeOf(a luaapi.Args, i int) keyvalue.Life {
	options := a.Options(i)
	if options == nil {
		return k.life
	}
	v := a.Option(options, "ttl")
	if v == lua.LNil {
		return k.life
	}
	seconds, _ := number.From(v)
	if !(seconds > 0) {
		a.Raise("ttl must be a number of seconds, more than 0, but is %s", number.Format(seconds))
	}
	const longest = 100 * 365 * 24 * time.Hour
	if seconds >= longest.Seconds() {
		return keyvalue.Life{TTL: longest}
	}
	return keyvalue.Life{TTL: max(time.Millisecond, time.Duration(seconds*float64(time.Second)))}
}

// do has the store work, and raises what went wrong.
func (k *keeper) do(a luaapi.Args, f func(ctx context.Context) error) {
	meter := k.s.State.Meter()
	var err error
	meter.Wait(func(ctx context.Context) { err = f(ctx) })
	meter.Look(a.L)
	if err != nil {
		a.Raise("%s", err.Error())
	}
}

func (k *keeper) get(a luaapi.Args) int {
	key := k.name(a)
	var text []byte
	var found bool
	k.do(a, func(ctx context.Context) (err error) {
		text, found, err = k.store.Get(ctx, key)
		return err
	})
	if !found {
		return a.Return(lua.LNil)
	}
	k.s.State.Meter().Need(a.L, a.Name(), len(text))
	doc, err := jsondoc.Parse(text)
	if err != nil {
		a.Raise("what is kept under this key is no JSON: somebody else wrote it")
	}
	return a.Return(k.s.Values.From(doc.Root()))
}

func (k *keeper) set(a luaapi.Args) int {
	key := k.name(a)
	life := k.lifeOf(a, 3)
	if k.s.Values.IsNull(a.Get(2)) {
		k.do(a, func(ctx context.Context) error {
			_, err := k.store.Delete(ctx, key)
			return err
		})
		return 0
	}
	text := k.text(a)
	k.do(a, func(ctx context.Context) error { return k.store.Set(ctx, key, text, life) })
	return 0
}

func (k *keeper) delete(a luaapi.Args) int {
	key, was := k.name(a), false
	k.do(a, func(ctx context.Context) (err error) {
		was, err = k.store.Delete(ctx, key)
		return err
	})
	return a.Return(lua.LBool(was))
}

func (k *keeper) add(a luaapi.Args) int {
	key, added := k.name(a), false
	if k.s.Values.IsNull(a.Get(2)) {
		a.Raise("value is nil, and that can't be kept; kv.delete(key) forgets a key")
	}
	text, life := k.text(a), k.lifeOf(a, 3)
	k.do(a, func(ctx context.Context) (err error) {
		added, err = k.store.Add(ctx, key, text, life)
		return err
	})
	return a.Return(lua.LBool(added))
}

func (k *keeper) incr(a luaapi.Args) int {
	key, n, life := k.name(a), a.Number(2, 1), k.lifeOf(a, 3)
	if math.IsNaN(n) || math.IsInf(n, 0) {
		a.Raise("n must be a number, but is %s", number.Format(n))
	}
	total := 0.0
	k.do(a, func(ctx context.Context) (err error) {
		total, err = k.store.Incr(ctx, key, n, life)
		if errors.Is(err, keyvalue.ErrNoNumber) {
			err = fmt.Errorf("%w; kv.delete(key) forgets it", err)
		}
		return err
	})
	return a.Return(lua.LNumber(total))
}
