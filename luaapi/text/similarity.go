package text

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

func similarity(a luaapi.Args) int {
	x, y := characters(a, a.Text(1)), characters(a, a.Text(2))
	longer := max(len(x), len(y))
	if longer == 0 {
		return a.Return(lua.LNumber(1))
	}
	return a.Return(lua.LNumber(1 - float64(distance(a, x, y))/float64(longer)))
}

// characters are those of a text; bytes that are no UTF-8 are one each, below 0.
func characters(a luaapi.Args, s string) []rune {
	n := count(a, s)
	a.State.Meter().Need(a.L, a.Name(), 4*n)
	list := make([]rune, 0, n)
	for at := 0; at < len(s); {
		r, size := decode(s[at:])
		list = append(list, r)
		at += size
		a.State.Meter().Step(a.L, 1)
	}
	return list
}

// distance is how many characters have to be put in, taken out or replaced to make y of x. It takes as many steps as there
// are pairs of characters, where the beginnings and ends differ: long texts run into the deadline.
func distance(a luaapi.Args, x, y []rune) int {
	for len(x) > 0 && len(y) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && len(y) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	if len(x) < len(y) {
		x, y = y, x
	}
	meter := a.State.Meter()
	meter.Need(a.L, a.Name(), 4*(len(y)+1))
	row := make([]int32, len(y)+1)
	for j := range row {
		row[j] = int32(j)
	}
	const perStep = 16 // pairs
	for i := range x {
		diagonal := row[0]
		row[0] = int32(i + 1)
		for from := 0; from < len(y); from += perStep * 256 {
			to := min(from+perStep*256, len(y))
			meter.Step(a.L, 1+(to-from)/perStep)
			for j := from; j < to; j++ {
				cost := diagonal
				if x[i] != y[j] {
					cost++
				}
				diagonal = row[j+1]
				row[j+1] = min(cost, diagonal+1, row[j]+1)
			}
		}
	}
	return int(row[len(y)])
}
