package interp_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine/interp"
)

func TestSteps(t *testing.T) {
	t.Parallel()
	source := strings.Join([]string{
		`local function twice(n)`,
		`  return n * 2`,
		`end`,
		`for i = 1, 2 do local x = i end`,
		`if not twice then`,
		`  twice(1)`,
		`end`,
		`local co = coroutine.wrap(function()`,
		`  coroutine.yield(twice(2))`,
		`end)`,
		`co()`,
	}, "\n")
	var seen []string
	s := interp.New(interp.Options{OnStep: func(step interp.Step) { seen = append(seen, fmt.Sprint(step.Line)) }})
	defer s.Close()
	c, _, problem := interp.Compile("action_x.lua", []byte(source))
	if problem != nil {
		t.Fatal(problem)
	}
	s.Begin(t.Context(), time.Time{}, 0)
	if _, err := s.Call(s.Load(c)); err != nil {
		t.Fatal(err)
	}
	s.End()
	got := strings.Join(seen, " ")
	for _, line := range []string{"1", "2", "4", "5", "8", "9", "11"} {
		if !strings.Contains(" "+got+" ", " "+line+" ") {
			t.Errorf("line %s is missing in %s", line, got)
		}
	}
	if strings.Contains(" "+got+" ", " 6 ") {
		t.Errorf("line 6 never runs, and was told: %s", got)
	}
	if n := strings.Count(" "+got+" ", " 4 "); n < 2 {
		t.Errorf("the loop in line 4 turns twice and was told %d times: %s", n, got)
	}
}
