package spell_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/spell"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	known := []string{
		"SlotSet", "AllSlotsReset", "FollowupAction", "get_slot", "get_last_event_for", "sender_id", "slots", "print", "text", "Äpfel", "time", "http",
	}
	for word, want := range map[string]string{
		"SlotSett": "SlotSet", "slotset": "SlotSet", "SotSlet": "SlotSet", "get_slott": "get_slot", "getslot": "get_slot", "get_solt": "get_slot",
		"FolowupAction": "FollowupAction", "followup_action": "FollowupAction", "sloots": "slots", "slot": "slots", "äpfle": "Äpfel",
		"tiem": "time", "htpp": "http", "prnit": "print",
		"": "", "zzzzzzzz": "", "banana": "", "q": "", strings.Repeat("slots", 20): "", "completely_else": "", "get_slot": "",
	} {
		if got := spell.Nearest(word, known); got != want {
			t.Errorf("Nearest(%q) is %q, want %q", word, got, want)
		}
	}
	if got := spell.Nearest("slot", []string{"slit", "SLOT", "slat"}); got != "SLOT" {
		t.Errorf("capitals count little: %q", got)
	}
	if got := spell.Nearest("x", nil); got != "" {
		t.Errorf("of nothing: %q", got)
	}
}

func TestNearestBoundsItsWork(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 1<<20)
	if got := spell.Nearest(long, []string{long + "y", "get_slot"}); got != "" {
		t.Errorf("a name of a megabyte is nobody's misspelling, got %d bytes", len(got))
	}
}

func FuzzNearest(f *testing.F) {
	f.Add("slot", "slots")
	f.Add("", "x")
	f.Add("\xff", strings.Repeat("é", 70))
	f.Fuzz(func(t *testing.T, word, name string) {
		if got := spell.Nearest(word, []string{name}); got != "" && got != name {
			t.Errorf("Nearest(%q) is %q, which is not known", word, got)
		}
	})
}
