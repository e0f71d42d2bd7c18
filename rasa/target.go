package rasa

import (
	"strconv"
	"strings"
)

// Target is the Rasa that an answer is for. The zero Target stands for any: it takes what some Rasa takes.
type Target struct {
	major, minor int // 0, 0 for any
}

// TargetFor is the target for a version such as "3.6.21", as calls bring it. What is no version gives the zero Target.
func TargetFor(version string) Target {
	first, rest, _ := strings.Cut(version, ".")
	second, _, _ := strings.Cut(rest, ".")
	major, err := strconv.ParseUint(first, 10, 16)
	minor, err2 := strconv.ParseUint(second, 10, 16)
	if err != nil || err2 != nil {
		return Target{}
	}
	return Target{int(major), int(minor)}
}

// Known says whether the target names a version. The zero Target, which stands for any, doesn't.
func (t Target) Known() bool { return t != Target{} }

// since is the first version that knows an event, as 100·major + minor. 3.6 is the last line of open source; what came
// after is Rasa Pro's.
type since int

const (
	always       since = 0
	proOnly      since = 307
	agentEvents  since = 314
	endedSession since = 316
)

func (t Target) knows(from since) bool {
	return t == Target{} || t.major*100+t.minor >= int(from)
}
