package interp

import lua "github.com/yuin/gopher-lua"

// sorting is one run of table.sort. It compares and moves in the order in which PUC Lua does, which shows where the
// comparison has effects of its own, calls items equal or contradicts itself.
type sorting struct {
	s    *State
	L    *lua.LState
	t    *lua.LTable
	less *lua.LFunction // nil: the operator
}

func (s *State) tableSort(L *lua.LState) int {
	t := s.shown(L, 1)
	n := t.Len()
	var less *lua.LFunction
	if L.Get(2) != lua.LNil {
		less = L.CheckFunction(2)
	}
	s.refuseFrozen(L, 1)
	L.SetTop(2)
	(&sorting{s: s, L: L, t: t, less: less}).run(1, n)
	return 0
}

func (o *sorting) before(a, b lua.LValue) bool {
	o.s.meter.Step(o.L, 4)
	if o.less == nil {
		if x, ok := a.(lua.LNumber); ok {
			if y, ok := b.(lua.LNumber); ok {
				return x < y
			}
		}
		return o.L.LessThan(a, b)
	}
	o.L.Push(o.less)
	o.L.Push(a)
	o.L.Push(b)
	o.L.Call(2, 1)
	result := lua.LVAsBool(o.L.Get(-1))
	o.L.Pop(1)
	return result
}

func (o *sorting) at(i int) lua.LValue { return item(o.t, i) }

// order swaps the items low < high if they are the wrong way round.
func (o *sorting) order(low, high int) {
	if a, b := o.at(low), o.at(high); o.before(b, a) {
		put(o.t, low, b)
		put(o.t, high, a)
	}
}

// run sorts the items low to high: quicksort around the median of first, middle and last.
func (o *sorting) run(low, high int) {
	for low < high {
		o.order(low, high)
		if high-low == 1 {
			return
		}
		middle := (low + high) / 2
		o.median(low, middle, high)
		if high-low == 2 {
			return
		}
		split := o.partition(low, middle, high)
		// The smaller half first, so that the nesting stays logarithmic.
		if split-low < high-split {
			o.run(low, split-1)
			low = split + 1
		} else {
			o.run(split+1, high)
			high = split - 1
		}
	}
}

// median puts the middle item in order with first and last, which are in order already.
func (o *sorting) median(low, middle, high int) {
	m, first := o.at(middle), o.at(low)
	if o.before(m, first) {
		put(o.t, middle, first)
		put(o.t, low, m)
		return
	}
	if last := o.at(high); o.before(last, m) {
		put(o.t, middle, last)
		put(o.t, high, m)
	}
}

// partition moves what belongs before the middle item before it, the rest behind it, and returns where it ended.
func (o *sorting) partition(low, middle, high int) int {
	pivot := o.at(middle)
	put(o.t, middle, o.at(high-1))
	put(o.t, high-1, pivot)
	i, j := low, high-1
	for {
		for i++; o.before(o.at(i), pivot); i++ {
			if i > high {
				o.contradiction()
			}
		}
		for j--; o.before(pivot, o.at(j)); j-- {
			if j < low {
				o.contradiction()
			}
		}
		if j < i {
			break
		}
		a, b := o.at(i), o.at(j)
		put(o.t, i, b)
		put(o.t, j, a)
	}
	a, b := o.at(high-1), o.at(i)
	put(o.t, high-1, b)
	put(o.t, i, a)
	return i
}

func (o *sorting) contradiction() { o.L.RaiseError("invalid order function for sorting") }
