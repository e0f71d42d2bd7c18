package meter

import "context"

// Wait runs f, which waits for something outside and must leave the state alone. Its context has the values of the one that the
// call came with, and ends, with the reason as its cause, when the call has to end: at its deadline, when its caller has gone, or
// when its memory is wanted. Look at Stopped afterwards. What f begins it has to end before it returns.
func (m *Meter) Wait(f func(ctx context.Context)) {
	ctx, cancel := context.WithCancelCause(context.WithoutCancel(m.Parent()))
	m.mu.Lock()
	if m.away = true; m.reason != nil {
		cancel(m.reason)
	}
	m.waits = cancel
	m.mu.Unlock()
	defer func() {
		m.mu.Lock()
		m.waits = nil
		m.mu.Unlock()
		cancel(nil)
		m.Back()
	}()
	f(ctx)
}
