package pattern

// Matcher holds the captures of the last match and the memory that matching needs, for reuse. The zero value is ready, and
// belongs to one goroutine. Its memory is at most one entry for each repeating item of the pattern.
type Matcher struct {
	// Tick, if set, is called every few thousand steps with how many were taken. Its error ends the match; it may panic,
	// too, and the Matcher stays usable.
	Tick func(steps int) error

	spent    int
	choices  []choice
	captures [MaxCaptures]capture
}

// stepsPerTick is how many steps lie between two calls of Tick, and bytesPerStep how many bytes of a plain loop count as one.
const (
	stepsPerTick = 1 << 12
	bytesPerStep = 16
)

type capture struct{ start, end int }

// choice is an item that can still be matched otherwise: from at, but for opMax not below low.
type choice struct {
	pc      int
	at, low int
}

// Capture returns where capture i, counted from 0, starts and ends in the subject after a match. A position capture is empty
// and IsPosition tells it from an empty text.
func (m *Matcher) Capture(i int) (start, end int) {
	return m.captures[i].start, m.captures[i].end
}

// IsPosition tells whether capture i of the last match is a position.
func (m *Matcher) IsPosition(i int) bool { return m.captures[i].end < 0 }

// keptChoices is how many choices are kept for reuse once a longer pattern has needed more.
const keptChoices = 1 << 10

// reset forgets the choices, and their memory if that was made for a much longer program than the given length.
func (m *Matcher) reset(length int) {
	if cap(m.choices) > keptChoices && length < keptChoices {
		m.choices = nil
	}
	m.choices = m.choices[:0]
}

// spend counts steps and calls Tick when it is due.
func (m *Matcher) spend(steps int) error {
	m.spent += steps
	if m.spent < stepsPerTick {
		return nil
	}
	steps, m.spent = m.spent, 0
	if m.Tick == nil {
		return nil
	}
	return m.Tick(steps)
}
