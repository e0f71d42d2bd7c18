package govalue

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"sync/atomic"
	"time"

	lua "github.com/yuin/gopher-lua"
	luar "layeh.com/gopher-luar"

	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
)

// host is a session that has the values.
type host struct {
	*luaapi.Session
	clock Clock
	busy  map[*value]string // locked values that this state's call is in, with the method
}

// binding is a method in one state.
type binding struct {
	*host
	value  *value
	method *method
	bridge lua.LValue  // calls invoke with what it is given, as Go values
	a      luaapi.Args // of the call that runs
}

func (h *host) bind(v *value, m *method) *binding {
	if h.busy == nil {
		h.busy = map[*value]string{}
	}
	b := &binding{host: h, value: v, method: m}
	out := make([]reflect.Type, len(m.out))
	for i := range out {
		out[i] = luaType
	}
	b.bridge = luar.New(h.L, reflect.MakeFunc(reflect.FuncOf(m.in, out, false), b.invoke).Interface())
	return b
}

// call is the member's function. The arguments go over gopher-luar's bridge as Go values of the very types that the method takes, and
// the results come back as values of Lua's: what it would convert by itself is converted before and behind it.
func (b *binding) call(a luaapi.Args) int {
	over := new(atomic.Bool)
	outer := b.a
	defer func() {
		over.Store(true)
		b.a = outer
	}()
	args := b.arguments(a, over)
	b.a = a
	a.L.Push(b.bridge)
	for _, arg := range args {
		if given := arg.Interface(); given != nil {
			a.L.Push(&lua.LUserData{Value: given, Metatable: lua.LNil})
			continue
		}
		a.L.Push(lua.LNil)
	}
	a.L.Call(len(args), len(b.method.out))
	return len(b.method.out)
}

// arguments are the call's, as the method takes them.
func (b *binding) arguments(a luaapi.Args, over *atomic.Bool) []reflect.Value {
	args := make([]reflect.Value, len(b.method.in))
	for i, t := range b.method.in {
		v := a.Get(i + 1)
		r := &reader{binding: b, a: a, about: fmt.Sprintf("argument %d", i+1)}
		switch {
		case b.method.variadic && i == len(args)-1:
			args[i] = reflect.MakeSlice(t, 0, max(a.Len()-i, 0))
			for n := i + 1; n <= a.Len(); n++ {
				r.about = fmt.Sprintf("argument %d", n)
				args[i] = reflect.Append(args[i], r.read(a.Get(n), t.Elem(), "", 0))
			}
		case t.Kind() == reflect.Func:
			args[i] = r.function(v, t, over)
		case t == timeType:
			args[i] = reflect.ValueOf(b.clock.Arg(a, i+1))
		default:
			args[i] = r.read(v, t, "", 0)
		}
	}
	return args
}

// invoke is where the bridge leads to: on the script's goroutine, inside its call.
func (b *binding) invoke(args []reflect.Value) []reflect.Value {
	a, m := b.a, b.State.Meter()
	if in := b.busy[b.value]; in != "" {
		a.Raise("%s is still running, and lets nobody else use '%s' until it has returned", in, b.value.name)
	}
	w := b.newWait()
	defer w.end()
	m.Away()
	done := b.outside(w, args)
	m.Back()
	if w.over() != nil {
		m.Stop(w.over())
	}
	b.State.Rethrow(a.L)
	switch {
	case done.broke != nil:
		b.report(a, done.broke)
	case done.unfit != nil:
		b.unfit(a, done.unfit)
	case done.err != nil:
		b.raise(a, done.err, done.text)
	}
	results := make([]reflect.Value, len(done.results))
	for i, h := range done.results {
		v := b.lua(a, h)
		results[i] = reflect.ValueOf(&v).Elem()
	}
	return results
}

// outcome is what became of a method's call.
type outcome struct {
	results []handed
	err     error // the method's own
	text    string
	broke   *broken
	unfit   error // of a result that scripts can't have
}

// outside calls the method. It touches nothing of the script's state. The results are copied while the value is still locked.
func (b *binding) outside(w *wait, args []reflect.Value) (done outcome) {
	if lock := b.value.lock; lock != nil {
		select {
		case lock <- struct{}{}:
		default:
			select {
			case lock <- struct{}{}:
			case <-w.context().Done():
				return done
			}
		}
		b.busy[b.value] = b.a.Name()
		defer func() {
			delete(b.busy, b.value)
			<-lock
		}()
	}
	if b.method.context {
		args = append([]reflect.Value{reflect.ValueOf(w.context())}, args...)
	}
	done.broke = guarded(func() {
		var results []reflect.Value
		if b.method.variadic {
			results = b.method.fn.CallSlice(args)
		} else {
			results = b.method.fn.Call(args)
		}
		if b.method.fails {
			last := results[len(results)-1]
			results = results[:len(results)-1]
			if done.err, _ = last.Interface().(error); done.err != nil {
				done.text = done.err.Error()
				return
			}
		}
		done.results = make([]handed, len(results))
		for i, v := range results {
			if b.method.looks && i == 0 && !results[1].Bool() {
				done.results[0] = handed{plain: lua.LNil}
				continue
			}
			if done.results[i], done.unfit = hand(v, true); done.unfit != nil {
				return
			}
		}
	})
	return done
}

// wait is the call's context for the method, which is made when it is wanted.
type wait struct {
	meter  *meter.Meter
	ctx    context.Context
	cancel context.CancelFunc
}

func (b *binding) newWait() *wait { return &wait{meter: b.State.Meter()} }

func (w *wait) context() context.Context {
	if w.ctx == nil {
		if deadline, ok := w.meter.Deadline(); ok {
			w.ctx, w.cancel = context.WithDeadline(w.meter.Parent(), deadline)
		} else {
			w.ctx, w.cancel = context.WithCancel(w.meter.Parent())
		}
	}
	return w.ctx
}

// over is why the call has to end, nil if it may go on.
func (w *wait) over() error {
	switch {
	case w.ctx == nil || w.ctx.Err() == nil:
		return nil
	case errors.Is(w.ctx.Err(), context.DeadlineExceeded) && w.meter.Parent().Err() == nil:
		return meter.ErrDeadline
	}
	if deadline, ok := w.meter.Deadline(); ok && !time.Now().Before(deadline) {
		return meter.ErrDeadline
	}
	return meter.ErrCanceled
}

func (w *wait) end() {
	if w.cancel != nil {
		w.cancel()
	}
}

// broken is a panic of the program's own code.
type broken struct{ what, stack string }

// guarded runs the program's own code.
func guarded(f func()) (broke *broken) {
	defer func() {
		if cause := recover(); cause != nil {
			broke = &broken{fmt.Sprint(cause), string(debug.Stack())}
		}
	}()
	f()
	return nil
}

// report tells the operator of a panic, and the script that there was one.
func (h *host) report(a luaapi.Args, broke *broken) {
	a.Log.Error(a.Name()+" panicked", "panic", broke.what, "stack", broke.stack)
	a.Raise("broke down inside the server, whose log says why")
}

// unfit tells the operator what is wrong with a result, and the script that it can't have it.
func (h *host) unfit(a luaapi.Args, err error) {
	a.Log.Error(a.Name()+" gave what scripts can't have", "err", errors.Unwrap(err))
	a.Raise("%s", err)
}
