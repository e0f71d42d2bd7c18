package check_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/check"
)

func TestUses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, source, want string }{
		{"action", `local NAME = "city"
return function(dispatcher, tracker)
  local a = tracker:get_slot("a") .. tracker.slots.b .. tracker.slots["c"] .. tracker:get_slot(NAME)
  if tracker:get_intent_of_latest_message() == "greet" then
    local intent = tracker:get_intent_of_latest_message()
    if intent ~= "bye" then print(a) end
  end
  dispatcher:utter_message { response = "utter_hi", buttons = {
    { title = "x", payload = "/inform{\"x\":1}" }, { title = "y", payload = { intent = "deny", entities = { e = 1 }, set_slots = { s = 1 } } },
    { title = "z", payload = "plain text" }, { title = "z", payload = "/SetSlots(x=1)" },
  } }
  print(tracker:get_latest_entity_values("entity"), tracker:last_executed_action_has("utter_x"))
  return {
    SlotSet("set", 1), SlotSet { name = "named", value = "no" }, FollowupAction("action_next"), ActiveLoop("order_form"), events.Form { name = "f" },
    ReminderScheduled("EXTERNAL_x", 5), ReminderCancelled("r", "EXTERNAL_y"), ActiveLoop(nil), SlotSet(a, 1),
  }
end
`, "slot a 3:30, slot b 3:52, slot c 3:71, slot city 3:96, intent greet 4:48, intent bye 6:18, response utter_hi 8:41, intent inform 9:30, " +
			"intent deny 9:88, entity e 9:109, slot s 9:132, entity entity 12:42, action utter_x 12:86, slot set 14:13, slot named 14:41, " +
			"action action_next 14:81, form order_form 14:108, form f 14:144, intent EXTERNAL_x 15:23, intent EXTERNAL_y 15:64"},
		{"action", `return function(dispatcher, tracker)
  local x = tracker:get_slot("x")
  dispatcher:utter_message { response = x and "utter_a" or "utter_b" }
  tracker:get_slot(x or "y")
  if x == "z" and x then tracker:get_slot(x == "no" and x) end
  return { { event = "slot", name = "a", value = 1 }, { event = "followup", name = "action_b" }, { event = "active_loop", name = "f" }, { event = "user", name = "no" } }
end
`, "slot x 2:30, response utter_a 3:47, response utter_b 3:60, slot y 4:25, slot a 6:37, action action_b 6:84, form f 6:130"},
		{"form:x", `return form {
  extract = { outdoor = function() return { outdoor = true, heater = false } end },
  validate = {
    cuisine = function(v) if v then return v end return { city = v } end,
    table = function(v) return { table = { size = v } } end,
    list = function(v) return { v } end,
    any = function(v) return json.object { no = v } end,
  },
}
`, "slot outdoor 2:15, slot outdoor 2:45, slot heater 2:61, slot cuisine 4:5, slot city 4:59, slot table 5:5, slot table 5:34, slot list 6:5, slot any 7:5"},
		{"form:x", `return form {
  required_slots = function() return { "city", "day" } end,
  validate = { cuisine = function(v) return v end, ["num-people"] = print },
  extract = { outdoor = print },
}
`, "slot city 2:40, slot day 2:48, slot cuisine 3:16, slot num-people 3:53, slot outdoor 4:15"},
	} {
		dir := folderOf(t, golden{name: c.name, source: c.source})
		var got []string
		for _, u := range check.Uses(context.Background(), load(t, dir), check.Options{Modules: engine.Reference(nil), Dir: dir}) {
			got = append(got, fmt.Sprintf("%s %s %d:%d", u.Kind, u.Name, u.Line, u.Column))
			if u.Source == "" || u.EndColumn <= u.Column || u.Script != scriptPath(c.name) {
				t.Errorf("%+v", u)
			}
		}
		want := strings.Split(c.want, ", ")
		for _, w := range want {
			if !contains(got, w) {
				t.Errorf("no %q", w)
			}
		}
		if len(got) != len(want) {
			t.Errorf("got %s", strings.Join(got, ", "))
		}
	}
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}
