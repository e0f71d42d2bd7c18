package crypto_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/crypto"
)

// TestStops stops members at work on the longest texts.
func TestStops(t *testing.T) {
	t.Parallel()
	for _, expression := range []string{
		`crypto.sha512(s)`, `crypto.md5(s)`, `crypto.hmac_sha256(s, s)`, `crypto.base64_decode(s)`, `crypto.hex_decode(s)`, `crypto.base64_encode(s:sub(1, 2^25))`,
	} {
		state := interp.New(interp.Options{})
		session := luaapi.NewSession(state)
		session.Install(crypto.New(session))
		file, _, problem := interp.Compile("action_test.lua", []byte("local s = ('a'):rep(2^26) while true do "+expression+" end"))
		if problem != nil {
			t.Fatalf("%s: %+v", expression, problem)
		}
		state.Begin(context.Background(), time.Time{}, 0)
		session.Begin(luaapi.Run{})
		time.AfterFunc(100*time.Millisecond, func() { state.Meter().Stop(meter.ErrDeadline) })
		if _, err := state.Call(state.Load(file)); !errors.Is(err, meter.ErrDeadline) {
			t.Errorf("%s: %v, want the deadline", expression, err)
		}
		state.Close()
	}
}
