// Package suite holds our Lua to what Lua 5.1 is: the official test suite and the interpreter library's own tests, read from
// that library's module, and random programs that the reference interpreter runs too. It has tests only.
package suite
