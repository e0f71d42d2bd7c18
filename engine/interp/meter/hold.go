package meter

// A call can be held: its script waits at its next instruction, or where a library function looks at the clock next, so that
// somebody else may look at the state.

// AskRoom has the call ask before its library functions allocate much: f is told how many bytes come next, and returns when
// there is room for them or the call was stopped. Before the first call only.
func (m *Meter) AskRoom(f func(bytes int64)) { m.room = f }

// Hold has the script wait until Release. It doesn't wait for that; see Still. A call that has to end goes on.
func (m *Meter) Hold() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.reason != nil {
		return
	}
	if m.hold == nil {
		m.hold = make(chan struct{})
	}
	m.done.Store(&m.gate)
}

// Release lets a held script go on.
func (m *Meter) Release() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hold != nil {
		close(m.hold)
		m.hold = nil
	}
	if m.reason == nil {
		m.done.Store(nil)
	}
}

// Still says whether the script's goroutine leaves the state alone. If the call is held, it does so until Release.
func (m *Meter) Still() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.away
}

// Away says that the script's goroutine will not touch the state before it calls Back: a library function waits.
func (m *Meter) Away() {
	m.mu.Lock()
	m.away = true
	m.mu.Unlock()
}

// Back ends what Away began, once the call isn't held.
func (m *Meter) Back() {
	for {
		m.mu.Lock()
		hold := m.hold
		if hold == nil {
			m.away = false
			m.mu.Unlock()
			return
		}
		m.mu.Unlock()
		<-hold
	}
}

// Bytes is how much the call's library functions have allocated. Others may ask while the call is held and still.
func (m *Meter) Bytes() int64 { return m.bytes }
