package app

import (
	"bytes"
	"os"
	"strconv"
	"testing"
)

// fileKB is how much of files the process has in memory.
func fileKB(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("the system doesn't tell")
	}
	_, rest, found := bytes.Cut(status, []byte("RssFile:"))
	if !found {
		t.Skip("the system doesn't tell")
	}
	kb, err := strconv.Atoi(string(bytes.Fields(rest)[0]))
	if err != nil {
		t.Fatal(err)
	}
	return kb
}

func TestForgetPages(t *testing.T) { // not beside others, which would bring pages back
	before := fileKB(t)
	if !forgetPages() {
		t.Fatal("the system refused")
	}
	if after := fileKB(t); after >= before {
		t.Errorf("%d KB before, %d KB after", before, after)
	}
}
