package luaapi

// field is one key of an object, and whether it goes out as null while Lua has nothing under it.
type field struct {
	key  string
	null bool
}

// fields are the keys of an object in the order in which they go out. The zero value is empty.
type fields struct {
	list []field
	at   map[string]int // where each key is; nil while there are few
}

// fewFields is up to how many keys are looked through one by one: for the usual few that is faster than a map.
const fewFields = 16

// find returns the place of a key, -1 if it is not there.
func (f *fields) find(key string) int {
	if f.at != nil {
		if i, ok := f.at[key]; ok {
			return i
		}
		return -1
	}
	for i := range f.list {
		if f.list[i].key == key {
			return i
		}
	}
	return -1
}

// set adds a key at the end; one that is there keeps its place.
func (f *fields) set(key string, null bool) {
	if i := f.find(key); i >= 0 {
		f.list[i].null = null
		return
	}
	f.list = append(f.list, field{key: key, null: null})
	switch {
	case f.at != nil:
		f.at[key] = len(f.list) - 1
	case len(f.list) > fewFields:
		f.at = make(map[string]int, 2*len(f.list))
		for i := range f.list {
			f.at[f.list[i].key] = i
		}
	}
}

// isNull says whether the key is there as null.
func (f *fields) isNull(key string) bool {
	i := f.find(key)
	return i >= 0 && f.list[i].null
}

// anyNull says whether a key is there as null.
func (f *fields) anyNull() bool {
	if f == nil {
		return false
	}
	for i := range f.list {
		if f.list[i].null {
			return true
		}
	}
	return false
}
