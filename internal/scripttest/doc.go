// Package scripttest runs the tests that authors write beside their scripts, *_test.lua: each file in a state of its own, the
// actions that it calls in an engine like the one that serves, with stubs in the place of services.
package scripttest
