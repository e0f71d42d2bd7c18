package webhook

import (
	"testing"
	"time"
)

// TestDeadlineIsSetWhenItHasToBe holds that what is set is never before what was asked for, nor later by more than the slack, and
// that deadlines which move on with each request are not set for each.
func TestDeadlineIsSetWhenItHasToBe(t *testing.T) {
	t.Parallel()
	const slack = 5 * time.Second
	start := time.Unix(1000, 0)
	var d deadline
	set := 0
	for _, wanted := range []time.Duration{30, 31, 34, 35, 36, 30, 120, 121, 125, 126, 0, 0, 30} {
		d.wanted = time.Time{}
		if wanted > 0 {
			d.wanted = start.Add(wanted * time.Second)
		}
		if d.due(slack) {
			set++
			d.renew(slack)
		}
		if wanted == 0 && !d.real.IsZero() {
			t.Errorf("a deadline of %s stays, and none was asked for", d.real)
		}
		if late := d.real.Sub(d.wanted); wanted > 0 && (late < 0 || late > slack) {
			t.Errorf("%d s: what is set is %s later", wanted, late)
		}
	}
	// 30, 36, 30, 120, 126, none, 30
	if set != 7 {
		t.Errorf("set %d times", set)
	}
}
