package govalue

import (
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
)

// Errors that Go code gets from a script's function that it can't call.
var (
	errLater = errors.New("a script's function was called after the method that it was given to had returned")
	errOther = errors.New("a script's function was called from another thread than the method that it was given to")
)

// callback is a script's function in the hands of Go code, for as long as the method runs, and on its goroutine.
type callback struct {
	reader
	fn        *lua.LFunction
	t         reflect.Type
	goroutine string
	over      *atomic.Bool
}

// function is a script's function as a Go one.
func (r *reader) function(v lua.LValue, t reflect.Type, over *atomic.Bool) reflect.Value {
	fn, ok := v.(*lua.LFunction)
	if !ok {
		r.wrong(v, t, "")
	}
	c := &callback{reader: *r, fn: fn, t: t, goroutine: interp.Goroutine(), over: over}
	c.about = "what the function in " + r.about + " returns"
	return reflect.MakeFunc(t, c.call)
}

// call is what Go code calls. Nothing that the script raises leaves through it as a panic: it is the error, the last result.
func (c *callback) call(args []reflect.Value) []reflect.Value {
	results := make([]reflect.Value, c.t.NumOut())
	for i := range results {
		results[i] = reflect.Zero(c.t.Out(i))
	}
	var err error
	switch {
	case c.over.Load():
		err = errLater
	case interp.Goroutine() != c.goroutine:
		err = errOther
	default:
		err = c.run(args, results)
	}
	if err != nil {
		last := reflect.New(errorType).Elem()
		last.Set(reflect.ValueOf(err))
		results[len(results)-1] = last
	}
	return results
}

// run calls the function while the method waits for it.
func (c *callback) run(args, results []reflect.Value) error {
	given := make([]handed, len(args))
	for i, arg := range args { // before the state is touched: it may be the program's own code
		var err error
		if given[i], err = hand(arg, false); err != nil {
			return fmt.Errorf("the function's argument %d: %w", i+1, err)
		}
	}
	m := c.State.Meter()
	m.Back()
	defer m.Away()
	return c.State.Attempt(c.a.L, func(L *lua.LState) {
		m.Look(L)
		a := c.a
		a.L = L
		r := c.reader
		r.a = a
		L.Push(c.fn)
		for _, v := range given {
			L.Push(r.lua(a, v))
		}
		wanted := len(results) - 1
		L.Call(len(given), wanted)
		for i := range wanted {
			results[i] = r.read(L.Get(i-wanted), c.t.Out(i), "", 0)
		}
	})
}

// raise hands an error of Go code's to the script, with the script's own error as it was where it is nothing else.
func (b *binding) raise(a luaapi.Args, err error, text string) {
	var raised *interp.Raised
	if errors.As(err, &raised) && text == raised.Message {
		b.State.Again(a.L, raised)
	}
	a.Raise("%s", text)
}
