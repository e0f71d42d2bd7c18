package check

// Libraries are the members that are declared of Lua's own libraries.
func Libraries() map[string][]string {
	all := map[string][]string{}
	for name, m := range lualib() {
		all[name] = m.Names()
	}
	return all
}
