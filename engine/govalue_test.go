package engine_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/luaapi/govalue"
)

// shop is what the tests hand to scripts. What isn't listed counts how often it was reached.
type shop struct {
	Secret string
	Count  int
	kept   func(int) (int, error)
}

type line struct {
	Article string  `json:"article"`
	Count   int     `json:"count"`
	Price   float64 `json:"-"`
}

type order struct {
	ID    int64             `json:"id"`
	Lines []line            `json:"lines"`
	Tags  map[string]string `json:"tags,omitempty"`
	Due   time.Time
	Next  *order `json:"next"`
}

func (s *shop) Price(name string) (float64, error) {
	if name != "bell" {
		return 0, fmt.Errorf("no article %q; token=abc", name)
	}
	return 9.9, nil
}
func (s *shop) Find(name string) (line, bool) { return line{Article: name, Count: 1}, name == "bell" }
func (s *shop) Hidden() string                { return "hidden" }
func (s *shop) Order(o order) order           { return o }
func (s *shop) OpenOrders() []order           { return nil }
func (s *shop) Big() (int64, uint64)          { return 9007199254740993, 18446744073709551615 }
func (s *shop) Small(n int8, u uint8) int     { return int(n) + int(u) }
func (s *shop) Long(n int64) int64            { return n }
func (s *shop) Any(v any) any                 { return v }
func (s *shop) Sum(name string, numbers ...float64) string {
	sum := 0.0
	for _, n := range numbers {
		sum += n
	}
	return fmt.Sprintf("%s%g", name, sum)
}
func (s *shop) Bytes(b []byte) []byte       { return b }
func (s *shop) Later(t time.Time) time.Time { return t.Add(time.Hour) }
func (s *shop) Maybe(t *line) *line         { return t }
func (s *shop) Panic(text string)           { panic(text) }
func (s *shop) NilError() error             { var e *badError; return e }
func (s *shop) Add(n int)                   { s.Count += n } // not safe for several at once
func (s *shop) Channel() any                { return map[string]any{"c": make(chan int)} }
func (s *shop) Cycle() *order               { o := &order{}; o.Next = o; return o }
func (s *shop) Each(f func(int) (int, error)) (int, error) {
	sum := 0
	for i := range 3 {
		n, err := f(i + 1)
		if err != nil {
			return 0, err
		}
		sum += n
	}
	return sum, nil
}
func (s *shop) Swallow(f func(int) (int, error)) string {
	_, err := f(1)
	return fmt.Sprint(err)
}
func (s *shop) Keep(f func(int) (int, error)) { s.kept = f }
func (s *shop) Kept() error {
	_, err := s.kept(1)
	return err
}
func (s *shop) Elsewhere(f func(int) (int, error)) error {
	failed := make(chan error)
	go func() {
		_, err := f(1)
		failed <- err
	}()
	return <-failed
}

// After calls the function from another goroutine when the method has returned.
func (s *shop) After(ctx context.Context, f func(int) (int, error)) {
	go func() {
		_, err := f(1)
		ctx.Value(afterKey{}).(chan error) <- err
	}()
}

type afterKey struct{}
type badError struct{}

func (e *badError) Error() string { return "bad" }

// shopNames are the methods that the tests' scripts may call.
func shopNames() []string {
	return []string{
		"Price", "Find", "Order", "OpenOrders", "Big", "Small", "Long", "Any", "Sum", "Bytes", "Later", "Maybe", "Panic", "NilError", "Add",
		"Channel", "Cycle", "Each", "Swallow", "Keep", "Kept", "Elsewhere", "After",
	}
}

func valueSet(t testing.TB, values map[string]govalue.Value) *govalue.Set {
	t.Helper()
	set, err := govalue.New(values)
	if err == nil {
		err = engine.CheckValues(set)
	}
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func TestGoValues(t *testing.T) {
	t.Parallel()
	value := &shop{Secret: "s3cret"}
	set := valueSet(t, map[string]govalue.Value{
		"shop":  {Go: value, Methods: shopNames()},
		"twice": {Go: func(n int) int { return 2 * n }},
	})
	for script, want := range map[string]string{
		`return shop.price("bell")`: `9.9`,
		`return twice(21)`:          `42`,
		`return shop.find("bell")`:  `{"article":"bell","count":1}`,
		`local v, ok = shop.find("oil") return { tostring(v), ok }`:                       `["nil",false]`,
		`return shop.open_orders()`:                                                       `[]`,
		`return { shop.big() }`:                                                           `[9007199254740993,18446744073709551615]`,
		`return shop.long(json.decode("9007199254740993"))`:                               `9007199254740993`,
		`return shop.long(-2^53)`:                                                         `-9007199254740992`,
		`return shop.small(-128, 255)`:                                                    `127`,
		`return shop.any({ a = { 1, "x", json.null }, b = json.null, c = {} })`:           `{"a":[1,"x",null],"b":null,"c":[]}`,
		`return tostring(shop.any())`:                                                     `"nil"`,
		`return shop.any(json.decode("12345678901234567890"))`:                            `12345678901234567890`,
		`return shop.sum("a")`:                                                            `"a0"`,
		`return shop.sum("a", 1, 2, 3)`:                                                   `"a6"`,
		`return shop.sum(5)`:                                                              `"50"`,
		`return #shop.bytes("\0\255")`:                                                    `2`,
		`return time.format(shop.later("2026-11-22T10:00:00Z"))`:                          `"2026-11-22T11:00:00+00:00"`,
		`return shop.later(time.unix(0)) == time.unix(3600)`:                              `true`,
		`return tostring(shop.maybe(nil))`:                                                `"nil"`,
		`return shop.maybe{ article = "x" }`:                                              `{"article":"x","count":0}`,
		`return shop.order{ id = 7, lines = {}, tags = { a = "b" }, Due = time.unix(0) }`: `{"id":7,"lines":[],"tags":{"a":"b"},"Due":"1970-01-01T00:00:00Z","next":null}`,
		`return shop.order{ lines = { { article = "x", count = 2 } }, Due = "2026-01-01T00:00:00Z" }.lines[1].count`: `2`,
		`return shop.order{}.id`:                         `0`,
		`return shop.each(function(n) return 2 * n end)`: `12`,
		`shop.add(1) return "x"`:                         `"x"`,
		// A copy: to change it changes nothing behind it.
		`local t = shop.find("bell") t.count = 9 return shop.find("bell").count`:                           `1`,
		`return shop.swallow(function(n) return n end)`:                                                    `"<nil>"`,
		`local co = coroutine.wrap(function() return shop.each(function(n) return n end) end) return co()`: `6`,
		`return shop.each(function(n) local ok = pcall(error, "x") return n end)`:                          `6`,
	} {
		if got, failed := runGo(t, set, script); failed != nil || got != want {
			t.Errorf("%s gives %s, want %s (%v)", script, got, want, failed)
		}
	}
	if value.Secret != "s3cret" || value.Count != 1 {
		t.Errorf("the value was changed: %+v", value)
	}
}

// runGo runs the script as an action and gives what it returns as JSON.
func runGo(t testing.TB, set *govalue.Set, script string) (string, *engine.Error) {
	t.Helper()
	e := serve(t, engine.Options{Timeout: 30 * time.Second, Values: set}, map[string]string{
		"action_x.lua": "return function(dispatcher, tracker, domain)\nlocal value = (function() " + script + " end)()\nreturn { SlotSet(\"v\", value) }\nend",
	})
	answer, failed := e.Run(t.Context(), parse(t, request("action_x")), nil)
	if failed != nil {
		return "", failed
	}
	_, got, _ := strings.Cut(string(answer.Body), `"value":`)
	got, _, _ = strings.Cut(got, `}],"responses"`)
	return got, nil
}

func TestGoValuesRefuse(t *testing.T) {
	t.Parallel()
	value := &shop{Secret: "s3cret"}
	set := valueSet(t, map[string]govalue.Value{"shop": {Go: value, Methods: shopNames()}, "twice": {Go: func(n int) int { return 2 * n }}})
	for script, want := range map[string]string{
		// What isn't listed isn't there.
		`return shop.hidden()`:              `shop has no 'hidden'`,
		`return shop.Hidden()`:              `shop has no 'Hidden'`,
		`return shop.Secret`:                `shop has no 'Secret'`,
		`return shop.secret`:                `shop has no 'secret'`,
		`return shop.Price("bell")`:         `shop has no 'Price'; did you mean 'price'?`,
		`return shop.openOrders()`:          `shop has no 'openOrders'; did you mean 'open_orders'?`,
		`return shop.pric("bell")`:          `did you mean 'price'?`,
		`shop.Secret = 1`:                   `the module shop belongs to luaction and can't be changed`,
		`shop.price = nil`:                  `can't be changed`,
		`rawset(shop, "price", 1)`:          `can't be changed`,
		`setmetatable(shop, {})`:            `can't be changed`,
		`shop = {}`:                         `is a name of luaction's own`,
		`return rawget(shop, "Secret").x`:   `Secret`,
		`return getmetatable(shop).__index`: `nil`,
		`return (-shop)`:                    ``,
		`return shop ^ {}`:                  ``,
		`return shop()`:                     ``,
		`return shop[1]`:                    `shop has no items`,
		`return shop["\0assign"]`:           `shop has no`,
		`return shop:price("bell")`:         `shop:price is called with a dot: write shop.price(…)`,
		`return twice(shop)`:                `twice: argument 1 must be a number, but is a table`,
		// Arguments.
		`return shop.price()`:                                  `action_x.lua:2: shop.price: argument 1 must be a text, but is nil`,
		`return shop.price({})`:                                `shop.price: argument 1 must be a text, but is a table`,
		`return shop.small(128, 0)`:                            `shop.small: argument 1 must be a whole number from -128 to 127, but is 128`,
		`return shop.small(0, -1)`:                             `shop.small: argument 2 must be a whole number from 0 to 255, but is -1`,
		`return shop.small(1.5, 0)`:                            `argument 1 must be a whole number from -128 to 127, but is 1.5`,
		`return shop.long(2^63)`:                               `shop.long: argument 1 must be a whole number, but is 9`,
		`return shop.long(1e300)`:                              `must be a whole number, but is 1e+300`,
		`return shop.long(0/0)`:                                `must be a whole number, but is `,
		`return shop.long(1/0)`:                                `must be a whole number, but is inf`,
		`return shop.long("5")`:                                `must be a number, but is a text`,
		`return shop.long(json.decode("9223372036854775808"))`: `must be a whole number, but is 9223372036854775808`,
		`return shop.order{ lines = { { article = "x" }, { count = "two" } } }`: `shop.order: lines[2].count in argument 1 must be a whole number, but is a text`,
		`return shop.order{ lines = { { articel = "x" } } }`:                    `lines[1] in argument 1: doesn't know 'articel'; did you mean 'article'?`,
		`return shop.order{ lines = { Price = 1 } }`:                            `lines in argument 1 must be a list, but has the key 'Price'`,
		`return shop.order{ lines = { { article = {} } } }`:                     `lines[1].article in argument 1 must be a text, but is a table`,
		`return shop.order{ tags = { "x" } }`:                                   `tags in argument 1 must be a table with names, but has items`,
		`return shop.order{ Due = "soon" }`:                                     `Due in argument 1 must be a time, or an ISO text with an offset, but is a text`,
		`return shop.order(json)`:                                               `argument 1 must be a table with names, but is the module json`,
		`return shop.any(json)`:                                                 `argument 1 must be a text, a number, true, false or a table, but is the module json`,
		`return shop.any(print)`:                                                `must be a text, a number, true, false or a table, but is a function`,
		`return shop.any({ print })`:                                            `[1] in argument 1 must be`,
		`local t = {} t.t = t return shop.any(t)`:                               `argument 1 has more than 100 tables inside one another, or contains itself`,
		`local o = {} o.next = o return shop.order(o)`:                          `argument 1 has more than 100 tables inside one another, or contains itself`,
		`return shop.any({ 1, nil, 3 })`:                                        `argument 1 must be a list, but has holes`,
		`return shop.any({ 1, x = 3 })`:                                         `must be a list, but has the key 'x'`,
		`return shop.sum("a", 1, "b")`:                                          `shop.sum: argument 3 must be a number, but is a text`,
		`return shop.each(5)`:                                                   `shop.each: argument 1 must be a function, but is a number`,
		`return shop.later("soon")`:                                             `shop.later: `,
		// What Go says.
		`return shop.price("oil")`:    `action_x.lua:2: shop.price: no article "oil"; token=abc`,
		`return shop.nil_error()`:     `shop.nil_error: bad`,
		`return shop.panic("s3cret")`: `action_x.lua:2: shop.panic: broke down inside the server, whose log says why`,
		`return shop.channel()`:       `shop.channel: it gave a value that scripts can't have`,
		`return shop.cycle()`:         `shop.cycle: it gave a value that scripts can't have`,
		// Functions of the script's.
		`return shop.each(function() error("own") end)`:                              `own`,
		`return shop.each(function() error({ message = "own" }) end)`:                `own`,
		`return shop.each(function() return "x" end)`:                                `what the function in argument 1 returns must be a whole number, but is a text`,
		`return shop.each(function() return shop.each(function() return 1 end) end)`: `shop.each: shop.each is still running, and lets nobody else use 'shop' until it has returned`,
		`return shop.each(function() return coroutine.yield(1) end)`:                 `yield`,
		`shop.keep(function(n) return n end) shop.kept()`:                            `shop.kept: a script's function was called after the method that it was given to had returned`,
		`shop.elsewhere(function(n) return n end)`:                                   `shop.elsewhere: a script's function was called from another thread than the method that it was given to`,
		`return shop.each(function() return shop.panic("x") end)`:                    `still running`,
		`return shop.each(function() reject("no") end)`:                              `no`,
		`return shop.swallow(function() reject("no") end)`:                           `no`,
	} {
		got, failed := runGo(t, set, script)
		if failed == nil {
			t.Errorf("%s gives %s, want the error %s", script, got, want)
			continue
		}
		if text := failed.Error(); !strings.Contains(text, want) || failed.Code == engine.Internal {
			t.Errorf("%s: %s %s\nwant %s", script, failed.Code, text, want)
		} else if strings.Contains(text, "*engine") || strings.Contains(text, "reflect") || strings.Contains(text, "engine_test") {
			t.Errorf("%s: %s", script, text)
		}
	}
	if value.Secret != "s3cret" {
		t.Errorf("the value was changed: %+v", value)
	}
}

// A panic is the operator's business: the log has what it was, and where.
func TestGoValuePanicIsLogged(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	var mu sync.Mutex
	set := valueSet(t, map[string]govalue.Value{"shop": {Go: &shop{}, Methods: []string{"Panic", "Price"}}})
	e := serve(t, engine.Options{Values: set, Log: slog.New(slog.NewTextHandler(lockedWriter{&mu, &log}, nil))}, map[string]string{
		"action_x.lua": `return function() print(pcall(shop.panic, "own words")) print(shop.price("bell")) end`,
	})
	if _, failed := e.Run(t.Context(), parse(t, request("action_x")), nil); failed != nil {
		t.Fatal(failed)
	}
	for _, want := range []string{`shop.panic panicked`, `panic="own words"`, `govalue_test.go`, `action=action_x`, `9.9`} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log has no %s:\n%s", want, log.String())
		}
	}
}

// Calls of one value wait for each other, unless it says that it can take several.
func TestGoValueIsLocked(t *testing.T) {
	t.Parallel()
	value := &shop{}
	set := valueSet(t, map[string]govalue.Value{"shop": {Go: value, Methods: []string{"Add"}}})
	e := serve(t, engine.Options{Values: set}, map[string]string{"action_x.lua": `return function() for _ = 1, 50 do shop.add(1) end end`})
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, failed := e.Run(t.Context(), parse(t, request("action_x")), nil); failed != nil {
				t.Error(failed)
			}
		})
	}
	wait.Wait()
	if value.Count != 1000 {
		t.Errorf("counted %d", value.Count)
	}
}

// meeting lets both of two calls go on once both are there.
type meeting struct{ both sync.WaitGroup }

func (m *meeting) Meet() { m.both.Done(); m.both.Wait() }

func TestGoValueConcurrent(t *testing.T) {
	t.Parallel()
	m := &meeting{}
	m.both.Add(2)
	set := valueSet(t, map[string]govalue.Value{"meeting": {Go: m, Methods: []string{"Meet"}, Concurrent: true}})
	e := serve(t, engine.Options{Values: set}, map[string]string{"action_x.lua": `return function() meeting.meet() end`})
	var wait sync.WaitGroup
	for range 2 {
		wait.Go(func() {
			if _, failed := e.Run(t.Context(), parse(t, request("action_x")), nil); failed != nil {
				t.Error(failed)
			}
		})
	}
	wait.Wait()
}

// slow is a value whose methods wait.
type slow struct {
	release chan struct{}
	began   chan struct{}
	ended   atomic.Int64
}

func (s *slow) Wait(ctx context.Context) error {
	s.began <- struct{}{}
	<-ctx.Done()
	return ctx.Err()
}

func (s *slow) Ignore() {
	s.began <- struct{}{}
	<-s.release
	s.ended.Add(1)
}

func newSlow() *slow { return &slow{release: make(chan struct{}), began: make(chan struct{}, 10)} }

// A method that minds its context ends with the call, and the script can't go on past it.
func TestGoValueDeadline(t *testing.T) {
	t.Parallel()
	s := newSlow()
	set := valueSet(t, map[string]govalue.Value{"slow": {Go: s, Methods: []string{"Wait"}}})
	e := serve(t, engine.Options{Values: set, Timeout: 50 * time.Millisecond}, map[string]string{
		"action_x.lua": `return function() pcall(slow.wait) while true do end end`,
	})
	_, failed := e.Run(t.Context(), parse(t, request("action_x")), nil)
	if failed == nil || failed.Code != engine.TimedOut || failed.Abandoned || failed.Line != 1 {
		t.Errorf("got %+v", failed)
	}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-s.began
		<-s.began
		cancel()
	}()
	e = serve(t, engine.Options{Values: set, Timeout: time.Minute}, map[string]string{"action_x.lua": `return function() pcall(slow.wait) end`})
	if _, failed = e.Run(ctx, parse(t, request("action_x")), nil); failed == nil || failed.Code != engine.Canceled {
		t.Errorf("got %+v", failed)
	}
}

// A method that minds nothing is left behind, with its lock: others wait for it until their own deadlines, and no longer.
func TestGoValueIgnoresDeadline(t *testing.T) {
	t.Parallel()
	s := newSlow()
	set := valueSet(t, map[string]govalue.Value{"slow": {Go: s, Methods: []string{"Ignore"}}})
	e := serve(t, engine.Options{Values: set, Timeout: 500 * time.Millisecond}, map[string]string{"action_x.lua": `return function() slow.ignore() end`})
	_, failed := e.Run(t.Context(), parse(t, request("action_x")), nil)
	if failed == nil || failed.Code != engine.TimedOut || !failed.Abandoned {
		t.Errorf("got %+v", failed)
	}
	_, failed = e.Run(t.Context(), parse(t, request("action_x")), nil)
	if failed == nil || failed.Code != engine.TimedOut || failed.Abandoned {
		t.Errorf("who waits for the lock got %+v", failed)
	}
	close(s.release)
	for end := time.Now().Add(time.Minute); e.Lost() > 0 && time.Now().Before(end); {
		time.Sleep(time.Millisecond)
	}
	if _, failed = e.Run(t.Context(), parse(t, request("action_x")), nil); failed != nil || s.ended.Load() != 2 {
		t.Errorf("afterwards: %v, %d calls ended", failed, s.ended.Load())
	}
}

// A goroutine of Go's own that calls a script's function after the method has returned gets an error.
func TestGoValueCallsBackLate(t *testing.T) {
	t.Parallel()
	set := valueSet(t, map[string]govalue.Value{"shop": {Go: &shop{}, Methods: []string{"After"}}})
	e := serve(t, engine.Options{Values: set}, map[string]string{"action_x.lua": `return function()
		local n = 0
		shop.after(function() n = n + 1 return n end)
		for i = 1, 1e5 do n = n + 0 end
		if n ~= 0 then error("it was called") end
	end`})
	late := make(chan error, 1)
	if _, failed := e.Run(context.WithValue(t.Context(), afterKey{}, late), parse(t, request("action_x")), nil); failed != nil {
		t.Fatal(failed)
	}
	if err := <-late; err == nil || !strings.Contains(err.Error(), "a script's function was called") {
		t.Errorf("got %v", err)
	}
}

func TestGoValueMistakes(t *testing.T) {
	t.Parallel()
	var none *shop
	for want, value := range map[string]map[string]govalue.Value{
		`the Go value "shop" is nil`:                                     {"shop": {Go: none, Methods: []string{"Price"}}},
		`the Go value "Shop 1" can't have that name`:                     {"Shop 1": {Go: &shop{}, Methods: []string{"Price"}}},
		`the Go value "end" can't have that name`:                        {"end": {Go: &shop{}, Methods: []string{"Price"}}},
		`the Go value "tracker" can't have that name`:                    {"tracker": {Go: &shop{}, Methods: []string{"Price"}}},
		`the Go value "shop" lists no methods that scripts may call`:     {"shop": {Go: &shop{}}},
		`has no method Prise; did you mean Price?`:                       {"shop": {Go: &shop{}, Methods: []string{"Prise"}}},
		`has the method Price on a pointer only`:                         {"shop": {Go: shop{}, Methods: []string{"Price"}}},
		`lists Price and Price, which scripts would both write price`:    {"shop": {Go: &shop{}, Methods: []string{"Price", "Price"}}},
		`parameter 1: chan int is nothing that scripts have`:             {"f": {Go: func(chan int) {}}},
		`result 1: chan int is nothing that scripts have`:                {"f": {Go: func() chan int { return nil }}},
		`parameter 1: func() must give an error last`:                    {"f": {Go: func(func()) {}}},
		`parameter 1: io.Reader is an interface with methods`:            {"f": {Go: func(io.Reader) {}}},
		`the Go value "json" has the name of luaction's own module json`: {"json": {Go: func() {}}},
		`the Go value "print" has the name of luaction's own function`:   {"print": {Go: func() {}}},
		`the Go value "SlotSet" has the name of luaction's own function`: {"SlotSet": {Go: func() {}}},
	} {
		set, err := govalue.New(value)
		if err == nil {
			err = engine.CheckValues(set)
		}
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := govalue.New(map[string]govalue.Value{"f": {Go: func(error) {}}}); err == nil || errors.Unwrap(err) == nil {
		t.Errorf("an error is taken from a script: %v", err)
	}
}
