package engine

import (
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/dispatcher"
	"github.com/luaction/luaction/luaapi/govalue"
	"github.com/luaction/luaction/luaapi/sql"
	apitime "github.com/luaction/luaction/luaapi/time"
	"github.com/luaction/luaction/luaapi/tracker"
)

// Reference declares all that scripts can say: the modules, the parameters of their function, and the objects that members
// return. It is for reading: its functions can't be called. values are the Go values of the program's own, nil for none.
func Reference(values *govalue.Set) []luaapi.Module {
	session := luaapi.NewSession(interp.New(interp.Options{}))
	all := modules(session, &Options{Values: values})
	all = append(all, dispatcher.New(session).Module(), tracker.New(session))
	return append(all, sql.New(session, nil, apitime.NewTimes(session).Value).Objects()...)
}
