package sql

import (
	"context"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/luaapi"
)

// handle is one database as the scripts of one state see it.
type handle struct {
	m              *SQL
	name           string
	db             *database.Database
	object, inside *lua.LTable           // db, and tx
	tx             *database.Transaction // while db:transaction runs
}

// module declares db, or tx if inside is true.
func (h *handle) module(inside bool) luaapi.Module {
	name, doc := "db", "A database that sql.open gave."
	if inside {
		name, doc = "tx", "A database inside of db:transaction."
	}
	params := []luaapi.Param{{Name: "sql", Type: "string"}, {Name: "value", Type: "any", Rest: true}}
	with := func(f func(luaapi.Args) int) func(luaapi.Args) int {
		return func(a luaapi.Args) int {
			h.check(a, inside)
			return f(a)
		}
	}
	m := luaapi.Module{
		Name: name, Object: true, Doc: doc, End: h.forget,
		Members: []luaapi.Member{
			{
				Name: "query", Params: params, Returns: "list of table", Func: with(h.query),
				Doc:     "All rows that the statement finds, each a table { column = value }; an empty list when there are none. Each ? stands for a value, a list for as many as it has items.",
				Example: `for _, row in ipairs(` + name + `:query("SELECT id, total FROM orders WHERE customer = ?", "ann")) do print(row.id, row.total) end`,
			},
			{
				Name: "row", Params: params, Returns: "table or nil", Func: with(h.row),
				Doc:     "The first row that the statement finds, nil when there is none.",
				Example: `local order = ` + name + `:row("SELECT * FROM orders WHERE id = ?", 7)`,
			},
			{
				Name: "value", Params: params, Returns: "any or nil", Func: with(h.value),
				Doc:     "The first column of the first row, nil when there is none.",
				Example: `local count = ` + name + `:value("SELECT count(*) FROM orders WHERE id IN (?)", { 7, 8 })`,
			},
			{
				Name: "exec", Params: params, Returns: "number, any or nil", Func: with(h.exec),
				Doc:     "Runs a statement that changes something; gives how many rows it changed, and the id of the last row inserted where the database tells it.",
				Example: `local changed = ` + name + `:exec("UPDATE orders SET total = ? WHERE id = ?", 12.5, 7)`,
			},
		},
	}
	if !inside {
		m.Members = append(m.Members, luaapi.Member{
			Name: "transaction", Params: []luaapi.Param{{Name: "f", Type: "function"}}, Returns: "any or nil", Func: with(h.transaction),
			Doc:     "Runs f(tx), and gives what it returns: what tx:exec changes lasts all together when f returns. An error, reject and the deadline take it all back, and go on up.",
			Example: `db:transaction(function(tx) tx:exec("UPDATE orders SET total = total - 1 WHERE id = ?", 7) end)`,
		})
	}
	return m
}

// check says whether db or tx can be used now.
func (h *handle) check(a luaapi.Args, inside bool) {
	if h.tx == nil && h.m.set.Finds() && h.name != "" {
		var err error
		if h.db, err = h.m.set.Find(h.name); err != nil {
			a.Raise("%s", err.Error())
		}
	}
	switch {
	case h.db == nil:
		a.Raise("this is a description only")
	case inside && h.tx == nil:
		a.Raise("the transaction is over; tx works inside of its function only")
	case !inside && h.tx != nil:
		if a.Name() == "db:transaction" {
			a.Raise("transactions can't be nested; use the tx of the outer one")
		}
		a.Raise("inside of db:transaction write tx%s(…): what goes through db is no part of it, and would wait for it", a.Name()[len("db"):])
	}
}

func (h *handle) forget() { h.tx = nil }

// ask runs a request and waits for its rows.
func (h *handle) ask(a luaapi.Args, most int) *database.Rows {
	request := h.request(a)
	request.Rows = most
	meter := h.m.s.State.Meter()
	var rows *database.Rows
	var err error
	meter.Wait(func(ctx context.Context) { rows, err = h.db.Query(ctx, h.tx, request) })
	h.settle(a, err)
	meter.Step(a.L, len(rows.Cells))
	meter.Need(a.L, a.Name(), rows.Bytes)
	return rows
}

// settle raises what ended the call, or else the error.
func (h *handle) settle(a luaapi.Args, err error) {
	h.m.s.State.Meter().Look(a.L)
	if err != nil {
		a.L.RaiseError("%s", err.Error())
	}
}

func (h *handle) query(a luaapi.Args) int {
	rows := h.ask(a, 0)
	list := a.L.CreateTable(rows.Len(), 0)
	layout := newLayout(rows.Columns)
	for i := range rows.Len() {
		list.Append(h.record(a, layout, rows.Row(i)))
	}
	return a.Return(h.m.s.Values.MarkList(list))
}

func (h *handle) row(a luaapi.Args) int {
	rows := h.ask(a, 1)
	if rows.Len() == 0 {
		return a.Return(lua.LNil)
	}
	return a.Return(h.record(a, newLayout(rows.Columns), rows.Row(0)))
}

func (h *handle) value(a luaapi.Args) int {
	rows := h.ask(a, 1)
	if rows.Len() == 0 {
		return a.Return(lua.LNil)
	}
	return a.Return(h.cell(a, rows.Row(0)[0]))
}

func (h *handle) exec(a luaapi.Args) int {
	request := h.request(a)
	var result database.Result
	var err error
	h.m.s.State.Meter().Wait(func(ctx context.Context) { result, err = h.db.Exec(ctx, h.tx, request) })
	h.settle(a, err)
	if !result.HasID {
		return a.Return(lua.LNumber(result.Affected), lua.LNil)
	}
	return a.Return(lua.LNumber(result.Affected), whole(result.ID))
}

// afterwards is how long after its call's deadline a transaction may still be open.
const afterwards = time.Second

// transaction runs the function between BEGIN and COMMIT. Whatever goes up through here rolls back.
func (h *handle) transaction(a luaapi.Args) int {
	meter := h.m.s.State.Meter()
	// The call's end ends it from inside, by what is deferred here; this is for a script that would not end.
	life, end := context.WithCancel(context.WithoutCancel(meter.Parent()))
	if deadline, ok := meter.Deadline(); ok {
		end()
		life, end = context.WithDeadline(context.WithoutCancel(meter.Parent()), deadline.Add(afterwards))
	}
	defer end()
	var tx *database.Transaction
	var err error
	meter.Wait(func(ctx context.Context) { tx, err = h.db.Begin(ctx, life) })
	defer func() {
		h.tx = nil
		if tx != nil {
			meter.Wait(tx.Rollback)
		}
	}()
	h.settle(a, err)
	h.tx = tx
	top := a.L.GetTop()
	a.L.Push(a.Get(1))
	a.L.Push(h.inside)
	a.L.Call(1, lua.MultRet)
	meter.Look(a.L)
	meter.Wait(func(ctx context.Context) { err = tx.Commit(ctx) })
	tx = nil
	h.settle(a, err)
	return a.L.GetTop() - top
}
