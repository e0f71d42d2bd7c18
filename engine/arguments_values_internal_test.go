package engine

import (
	"encoding/json"
	"math/big"
	"testing"
	"time"

	"github.com/luaction/luaction/luaapi/govalue"
)

// kinds has a method for each kind of parameter that Go values may have.
type kinds struct{}

type nested struct {
	N    int8                         `json:"n"`
	Next *nested                      `json:"next"`
	List []nested                     `json:"list"`
	Map  map[string]map[string]uint64 `json:"map"`
	Any  any                          `json:"any"`
	At   time.Time                    `json:"at"`
	Two  [2]float32                   `json:"two"`
}

func (kinds) Text(s string) string                       { return s }
func (kinds) Bytes(b []byte) []byte                      { return b }
func (kinds) Flag(b bool) bool                           { return b }
func (kinds) Small(n uint8) uint8                        { return n }
func (kinds) Whole(n int64) int64                        { return n }
func (kinds) Natural(n uint64) uint64                    { return n }
func (kinds) Real(f float64) float64                     { return f }
func (kinds) Any(v any) any                              { return v }
func (kinds) Struct(v nested) nested                     { return v }
func (kinds) Pointer(v *nested) *nested                  { return v }
func (kinds) Map(v map[string]any) map[string]any        { return v }
func (kinds) List(v []any) []any                         { return v }
func (kinds) Array(v [2]string) [2]string                { return v }
func (kinds) Time(v time.Time) time.Time                 { return v }
func (kinds) Raw(v json.RawMessage) json.RawMessage      { return v }
func (kinds) Big(v big.Int) *big.Int                     { return &v }
func (kinds) Call(f func(any) (any, error)) (any, error) { return f("x") }
func (kinds) Rest(n int, rest ...nested) (int, bool)     { return n + len(rest), true }

func everyKind(t *testing.T) *govalue.Set {
	t.Helper()
	set, err := govalue.New(map[string]govalue.Value{"kinds": {Go: kinds{}, Concurrent: true, Methods: []string{
		"Text", "Bytes", "Flag", "Small", "Whole", "Natural", "Real", "Any", "Struct", "Pointer", "Map", "List", "Array", "Time", "Raw", "Big",
		"Call", "Rest",
	}}})
	if err != nil {
		t.Fatal(err)
	}
	return set
}
