package engine

import (
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/dispatcher"
	"github.com/luaction/luaction/luaapi/govalue"
	"github.com/luaction/luaction/luaapi/http"
	"github.com/luaction/luaction/luaapi/kv"
	"github.com/luaction/luaction/luaapi/re"
	"github.com/luaction/luaction/luaapi/sql"
	apitime "github.com/luaction/luaction/luaapi/time"
	"github.com/luaction/luaction/luaapi/tracker"
)

// Reference declares all that scripts can say: the modules, kv.conversation, the parameters of their function, and the objects
// that members return, by the names that their Returns say: db, tx, response, match and moment. It is for reading: its functions can't be called. values are the Go values of the program's own, nil for none.
func Reference(values *govalue.Set) []luaapi.Module {
	session := luaapi.NewSession(interp.New(interp.Options{}))
	all := modules(session, &Options{Values: values})
	all = append(all, kv.Conversation(session, nil), dispatcher.New(session).Module(), tracker.New(session))
	all = append(all, sql.New(session, nil, apitime.NewTimes(session).Value).Objects()...)
	return append(all, http.Response(), re.Match(), apitime.Value())
}
