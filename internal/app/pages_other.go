//go:build !linux

package app

// forgetPages is known for Linux only, where containers count such pages.
func forgetPages() bool { return false }
