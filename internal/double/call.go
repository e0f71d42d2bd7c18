package double

import (
	"context"
	"errors"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
)

var errNoCallback = errors.New("functions can't be called here")

// question is one call of a function of the test file's.
type question struct {
	fn *lua.LFunction
	// arguments are made in the function's state, and results taken there: JSON would lose a time, and nil from a missing key.
	arguments func(L *lua.LState) []lua.LValue
	take      func(L *lua.LState, results []lua.LValue)
	// catch is told of what the function raised, unless an assertion did, as an answer like others; nil: it is the error of ask.
	catch func(*interp.Raised)
}

// ask has the question answered where the test file's code runs. What raises there is the error.
func (f *file) ask(ctx context.Context, q question) error {
	if f.set.o.Callback == nil {
		return errNoCallback
	}
	between := &lua.LFunction{IsG: true, Env: q.fn.Env, GFunction: func(L *lua.LState) int {
		results, caught := f.answered(L, q)
		if caught != nil {
			q.catch(caught)
			return 0
		}
		q.take(L, results)
		return 0
	}}
	return f.set.o.Callback(ctx, between)
}

// answered calls the function.
func (f *file) answered(L *lua.LState, q question) (results []lua.LValue, caught *interp.Raised) {
	call := func(L *lua.LState) {
		base := L.GetTop()
		L.Push(q.fn)
		given := q.arguments(L)
		for _, v := range given {
			L.Push(v)
		}
		L.Call(len(given), lua.MultRet)
		for i := base + 1; i <= L.GetTop(); i++ {
			results = append(results, L.Get(i))
		}
		L.SetTop(base)
	}
	if q.catch == nil {
		call(L)
		return results, nil
	}
	err := f.s.State.Attempt(L, call)
	switch {
	case err == nil:
		return results, nil
	case !errors.As(err, &caught):
		f.s.State.Rethrow(L)
		L.RaiseError("%s", err.Error()) // Rethrow has raised
	case f.set.o.Asserted != nil && f.set.o.Asserted(caught.Value):
		f.s.State.Again(L, caught)
	}
	return nil, caught
}

func first(results []lua.LValue) lua.LValue {
	if len(results) == 0 {
		return lua.LNil
	}
	return results[0]
}
