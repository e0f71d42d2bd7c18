package chunk

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
	"github.com/yuin/gopher-lua/ast"
)

// plantPrefix begins the texts that stand in the tree for values that no syntax can write. The compiler makes constants of
// them, and harvest puts the values in their place. A file that contains such a text itself is compiled without planting.
const plantPrefix = "\x00planted "

// plant returns an expression that gives the value itself, the same one at each run and in each state.
func (p *parser) plant(value lua.LValue, line int) *ast.StringExpr {
	p.planted = append(p.planted, value)
	return text(plantPrefix+strconv.Itoa(len(p.planted)-1), line)
}

// harvest replaces the texts that plant wrote. Only LOADK reads these constants: as keys and as names of globals, which the
// compiler keeps a second time as texts, plant's expressions are never used.
func (p *parser) harvest(proto *lua.FunctionProto) {
	if len(p.planted) == 0 {
		return
	}
	for i, constant := range proto.Constants {
		mark, ok := constant.(lua.LString)
		if !ok {
			continue
		}
		if digits, ok := strings.CutPrefix(string(mark), plantPrefix); ok {
			if n, err := strconv.Atoi(digits); err == nil && n < len(p.planted) {
				proto.Constants[i] = p.planted[n]
			}
		}
	}
	for _, child := range proto.FunctionPrototypes {
		p.harvest(child)
	}
}
