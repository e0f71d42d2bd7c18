// Package pattern matches Lua 5.1 patterns: compiled once, without recursion, and in steps that the caller counts.
package pattern

import "errors"

const (
	// MaxCaptures is how many captures a pattern may have.
	MaxCaptures = 32
	// MaxSource is the longest pattern, in bytes, that Compile takes.
	MaxSource = 256 << 10
	// maxSets bounds the memory of a compiled pattern: how many different sets it may have.
	maxSets = 1 << 12
)

// What a malformed pattern is reported as. Match returns them when it reaches the fault, as Lua does, so that a pattern whose
// first half doesn't match is never reported.
var (
	errEnd         = errors.New("malformed pattern (ends with '%')")
	errBracket     = errors.New("malformed pattern (missing ']')")
	errBalance     = errors.New("unbalanced pattern")
	errFrontier    = errors.New("missing '[' after '%f' in pattern")
	errMany        = errors.New("too many captures")
	errClose       = errors.New("invalid pattern capture")
	errBackRef     = errors.New("invalid capture index")
	errTooLong     = errors.New("pattern too long (more than 256 KiB)")
	errTooManySets = errors.New("pattern too complex (too many different sets)")
	// ErrUnfinished is for whoever reads a capture that Unfinished tells of.
	ErrUnfinished = errors.New("unfinished capture")
)

type opcode uint8

const (
	opMatch    opcode = iota // the end of the pattern
	opChar                   // the byte a
	opSet                    // one byte of set
	opMax                    // as many of set as can be, at least min
	opMin                    // as few of set as can be
	opOptional               // one of set, or none
	opOpen                   // capture a starts
	opPosition               // capture a is the position
	opClose                  // capture a ends
	opBackRef                // what capture a holds
	opBalance                // from byte a to its byte b
	opFrontier               // between a byte outside set and one inside
	opEnd                    // the end of the subject
	opFail                   // matches nothing
	opError                  // a fault of the pattern
)

// instruction is one item of a pattern. For the repeating ones the compiler looks at what has to come next, so that most
// places where the rest can't match are passed over without trying.
type instruction struct {
	op       opcode
	a, b     byte
	all      bool  // set is every byte
	final    bool  // the end of the subject has to follow
	orEnd    bool  // the end of the subject may follow as well as next
	settled  bool  // if the first choice fails, so will the others
	min      int32 // for opMax
	nextByte int16 // the one byte that next holds, or -1
	set      *set
	next     *set // the bytes that may follow, or nil if that isn't known
	err      error
}

// Pattern is a compiled pattern. It is immutable.
type Pattern struct {
	program  []instruction
	anchored bool
	captures int
	open     uint32 // the captures that were never closed, one bit each
	prefix   string // what a match starts with
	first    *set   // the bytes that a match may start with, or nil if it may be empty or that isn't known
	width    int    // the least number of bytes of a match
	need     int    // a byte that every match has, or -1
	fixed    bool   // a match has exactly width bytes and ends where the subject does
	simple   simple
	sets     int // how many sets of its own it holds
}

// simple are the patterns of one set that need no program.
type simple uint8

const (
	notSimple simple = iota
	oneByte          // "[set]"
	oneRun           // "[set]+"
	lastRun          // "[set]+$", "[set]*$"
	literal          // only a prefix
)

// Captures returns how many captures a match has.
func (p *Pattern) Captures() int { return p.captures }

// Anchored tells whether the pattern matches only where the search starts.
func (p *Pattern) Anchored() bool { return p.anchored }

// Unfinished tells whether capture i, counted from 0, has no closing parenthesis. Reading it is an error in Lua.
func (p *Pattern) Unfinished(i int) bool { return p.open&(1<<i) != 0 }

// bytesPerItem is the memory that an instruction takes.
const bytesPerItem = 48

// Size is about how many bytes of memory the pattern holds. It is less than 64 times the length of its source plus 1 MiB.
func (p *Pattern) Size() int { return len(p.program)*bytesPerItem + p.sets*len(set{}) }

// Fault is what is wrong with the pattern, nil if nothing is: Match would return it if it came that far.
func (p *Pattern) Fault() error {
	for i := range p.program {
		if p.program[i].op == opError {
			return p.program[i].err
		}
	}
	if p.open != 0 {
		return ErrUnfinished
	}
	return nil
}
