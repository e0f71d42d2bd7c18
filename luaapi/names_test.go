package luaapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/luaapi/apitest"
)

// To look for the nearest of very many names must not compare each with each: that took minutes, and no deadline ended it.
func TestManyNames(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&b, `"k%d":%d,`, i, i)
	}
	began := time.Now()
	_, log, err := apitest.Run(t, apitest.Case{
		Request: `{"next_action":"action_test","tracker":{"sender_id":"me","slots":{` + b.String() + `"city":1}}}`,
		Script:  `tracker:get_slot("citty")`,
	})
	if err != nil || len(log) != 1 || !strings.Contains(log[0], "did you mean 'city'?") {
		t.Errorf("logged %q, %v", log, err)
	}
	if took := time.Since(began); took > 30*time.Second { // it takes less than one, and took 100
		t.Errorf("it took %s", took)
	}
}
