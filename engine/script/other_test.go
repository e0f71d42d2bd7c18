//go:build !unix

package script_test

import "errors"

func pipe(string) error { return errors.New("this system has no named pipes among files") }
