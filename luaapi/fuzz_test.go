package luaapi_test

import (
	"bytes"
	gojson "encoding/json"
	"math"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// FuzzRoundTrip: what is turned into Lua and back says the same, whether the tables are lazy or not.
func FuzzRoundTrip(f *testing.F) {
	for _, text := range []string{
		`{"z":[],"a":null,"m":{},"n":[null,1.5,-0,"\u0000ü😀"]}`, `[{"a":1,"a":null},{"a":null,"b":1,"a":2},{"":[[]]}]`,
		`[12345678901234567890,-9007199254740993,1e300,5e-324,0.1,1E2,123456789012345678901234567890]`, `"\ud83d"`, `[true,false,{"__index":{"1":1}}]`,
		`{"k00":1,"k01":null,"k02":1,"k03":1,"k04":1,"k05":1,"k06":1,"k07":1,"k08":1,"k09":1,"k10":1,"k11":1,"k12":null,"k13":1,"k14":1,"k15":1,"k16":1,"k01":2,"k18":null}`,
	} {
		f.Add([]byte(text))
	}
	b := newBench(f)
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := jsondoc.Parse(text)
		if err != nil || doc.NonFinite() {
			return
		}
		want, ok := meaning(text)
		if !ok {
			return
		}
		b.open(nil, 0)
		defer b.close()
		values := b.session.Values
		eager := values.From(doc.Root())
		results := []lua.LValue{eager}
		if table, ok := eager.(*lua.LTable); ok {
			results = append(results, values.Lazy(doc.Root()), filled(values, values.Lazy(doc.Root())))
			results = append(results, values.From(parse(t, string(mustAppend(t, values, table)))))
		}
		for i, value := range results {
			out := mustAppend(t, values, value)
			if got, _ := meaning(out); !reflect.DeepEqual(got, want) {
				t.Errorf("way %d: %q went out as %q", i, text, out)
			}
		}
	})
}

func mustAppend(t *testing.T, values *luaapi.Values, value lua.LValue) []byte {
	t.Helper()
	out, err := values.AppendText(nil, value, "value")
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// meaning decodes JSON so that equal things are DeepEqual; false for numbers that no double holds.
func meaning(text []byte) (any, bool) {
	d := gojson.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var value any
	if err := d.Decode(&value); err != nil {
		return nil, false
	}
	return plain(value)
}

func plain(value any) (any, bool) {
	ok := true
	switch value := value.(type) {
	case []any:
		for i := range value {
			var fine bool
			value[i], fine = plain(value[i])
			ok = ok && fine
		}
	case map[string]any:
		for k := range value {
			var fine bool
			value[k], fine = plain(value[k])
			ok = ok && fine
		}
	case gojson.Number:
		if !strings.ContainsAny(string(value), ".eE") {
			if n, isInt := new(big.Int).SetString(string(value), 10); isInt && n.CmpAbs(big.NewInt(1<<53)) > 0 {
				// Digits count, unless they are the shortest form of a double.
				return n.String(), true
			}
		}
		n, err := strconv.ParseFloat(string(value), 64)
		if n == math.Trunc(n) && math.Abs(n) > 1<<53 && math.Abs(n) < 1e21 {
			return strconv.FormatFloat(n, 'f', -1, 64), err == nil
		}
		return n + 0, err == nil // -0 is 0
	}
	return value, ok
}

// FuzzAppend: whatever a table holds, it is written as JSON or refused with a place; nothing panics.
func FuzzAppend(f *testing.F) {
	f.Add([]byte("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"))
	f.Add([]byte("\x06\x06\x06\x01\x07\x07\x07"))
	f.Add([]byte("\x06\x08a\x05b\x07\x06\x08\x0c\x0d\x09\x0a\x0b\x07\x0e"))
	b := newBench(f)
	f.Fuzz(func(t *testing.T, recipe []byte) {
		b.open(nil, 0)
		defer b.close()
		values := b.session.Values
		value := cook(b, recipe)
		for want := luaapi.Any; want <= luaapi.Response; want++ {
			out, err := values.Append(nil, value, want, "value")
			switch {
			case err == nil && !gojson.Valid(out):
				t.Errorf("%q is no JSON", out)
			case err != nil && (!strings.HasPrefix(err.Place, "value") || err.Message == ""):
				t.Errorf("refused without a place: %q", err.Error())
			}
			if t2, ok := value.(*lua.LTable); ok && err == nil {
				again, _ := values.Append(nil, t2, want, "value")
				if !bytes.Equal(out, again) {
					t.Errorf("%q is %q when it is written again", out, again)
				}
			}
		}
	})
}

// cook makes a Lua value from bytes: each is a step, on a stack of open tables.
func cook(b *bench, recipe []byte) lua.LValue {
	L, values := b.state.L, b.session.Values
	root := L.NewTable()
	open := []*lua.LTable{root}
	var key lua.LValue = lua.LNil
	for i, step := range recipe {
		top := open[len(open)-1]
		var put lua.LValue
		switch step % 18 {
		case 0:
			put = lua.LNumber(i)
		case 1:
			put = lua.LString(recipe[:i])
		case 2:
			put = lua.LBool(i%2 == 0)
		case 3:
			put = values.Null()
		case 4:
			put = lua.LNil
		case 5:
			put = lua.LNumber(math.Ldexp(float64(i)-3.5, int(step)*8-900))
		case 6:
			put = L.NewTable()
		case 7:
			open = open[:max(1, len(open)-1)]
			continue
		case 8:
			key = lua.LString(strconv.Itoa(int(step) * i))
			continue
		case 9:
			values.MarkList(top)
			continue
		case 10:
			values.MarkObject(top)
			continue
		case 11:
			put = values.From(mustParse(`{"a":null,"b":[],"c":[null,{"d":null}]}`))
		case 12:
			put = values.Lazy(mustParse(`{"a":null,"b":1}`))
		case 13:
			put = values.Object("x", "y")
		case 14:
			put = b.state.NewInteger(number.NewInteger("12345678901234567890"))
		case 15:
			put = open[i%len(open)]
		case 16:
			key = lua.LNumber(i - 3)
			continue
		case 17:
			values.SetField(top, strconv.Itoa(i%5), lua.LBool(true))
			continue
		}
		if key == lua.LNil {
			top.Append(put)
		} else {
			top.RawSet(key, put)
			key = lua.LNil
		}
		if t, ok := put.(*lua.LTable); ok && step%18 != 15 {
			open = append(open, filled(values, t))
		}
	}
	return root
}

func mustParse(text string) jsondoc.Value {
	doc, err := jsondoc.Parse([]byte(text))
	if err != nil {
		panic(err)
	}
	return doc.Root()
}
