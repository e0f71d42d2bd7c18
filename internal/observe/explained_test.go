package observe

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
)

func TestLinesAboutMistakesNameTheirLesson(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		log  func(*slog.Logger)
		want string
	}{
		{func(l *slog.Logger) {
			l.Error("call failed", "err", "a.lua:3: tracker has no 'get_slott'; did you mean 'get_slot'?", "script", "a.lua")
		}, "explain LA032"},
		{func(l *slog.Logger) {
			l.Error("script problem", "script", "a.lua", "message", "`!=` is not Lua", "hint", "write `~=`")
		}, "explain LA006"},
		{func(l *slog.Logger) {
			l.Warn("script warning", "script", "a.lua", "message", "`value = nil` says nothing in Lua", "hint", "write json.null")
		}, "explain LA047"},
		{func(l *slog.Logger) { l.Error("events[1] is left out: it is a text, no event", "script", "a.lua") }, "explain LA067"},
		{func(l *slog.Logger) { l.Warn("amount must be a number, but is nil", "script", "a.lua") }, ""}, // an author's own words
		{func(l *slog.Logger) { l.Warn("`!=` is not Lua") }, ""},
		{func(l *slog.Logger) { l.Info("call failed", "err", "`!=` is not Lua", "script", "a.lua") }, ""},
		{func(l *slog.Logger) { l.Error("call failed", "err", "boom", "script", "a.lua") }, ""},
	} {
		var out bytes.Buffer
		c.log(slog.New(Explained(slog.NewTextHandler(&out, nil))).With("a", 1))
		if got := out.String(); c.want == "" && strings.Contains(got, "help=") || !strings.Contains(got, c.want) {
			t.Errorf("%s, want %q", got, c.want)
		}
	}
}
