package script

import "testing"

func TestBlank(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, " \r\n\t": true, "-- a": true, "-- a\n": true, "--[[ a\nb ]]": true, "--[==[ ]] ]=] ]==] ": true, "--": true,
		"#!/usr/bin/lua": true, "#!/usr/bin/lua\n-- x": true, "--[[a]]--[=[b]=]--c": true, "--[=x\n": true, "--[": true,
		"x": false, "-- a\nx": false, "--[[ a ]] x": false, "--[[ never ends": false, "--[==[ ]=]": false, "-": false,
		"#!/usr/bin/lua\nreturn 1": false, "--[[ a ]=] ]] return": false, ";": false,
	} {
		if got := blank([]byte(text)); got != want {
			t.Errorf("blank(%q) = %t", text, got)
		}
	}
}

func FuzzBlank(f *testing.F) {
	for _, seed := range []string{"", "--[==[\n]==]", "-- x\n--[[", "#\n --\n", "--[=[]]=]]"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !blank([]byte(text)) {
			return
		}
		// What is blank stays so with more white space, and isn't once a word stands on a line of its own after it.
		if !blank([]byte(text + "\n\t")) {
			t.Errorf("%q is blank only without an end of line", text)
		}
		if blank([]byte(text + "\nword")) {
			t.Errorf("%q hides a word", text)
		}
	})
}
