package keyvalue

import (
	"container/heap"
	"context"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Memory is a store in the process's own memory: a restart empties it.
type Memory struct {
	mu      sync.Mutex
	now     func() time.Time
	most    int
	size    int
	entries map[Key]*held
	ending  endings
}

// held is an entry with its place among those that end.
type held struct {
	entry
	key Key
	at  int // -1: it doesn't end
}

// heldBytes is about what an entry takes beside its key and value.
const heldBytes = 200

func (h *held) size() int { return heldBytes + len(h.key.text) + len(h.value) }

// NewMemory returns an empty store that holds at most so many bytes.
func NewMemory(most int, now func() time.Time) *Memory {
	return &Memory{now: now, most: most, entries: map[Key]*held{}}
}

// lock begins a method, and drops what has ended.
func (m *Memory) lock() (now time.Time) {
	m.mu.Lock()
	now = m.now()
	for len(m.ending) > 0 && m.ending[0].ended(now) {
		m.drop(m.ending[0])
	}
	return now
}

func (m *Memory) drop(h *held) {
	m.size -= h.size()
	delete(m.entries, h.key)
	if h.at >= 0 {
		heap.Remove(&m.ending, h.at)
	}
}

// put keeps an entry in place of what is there, if there is room.
func (m *Memory) put(key Key, e entry) error {
	h := &held{entry: e, key: key, at: -1}
	old := m.entries[key]
	size := m.size + h.size()
	if old != nil {
		size -= old.size()
	}
	if size > m.most && (old == nil || h.size() > old.size()) {
		return fmt.Errorf("the memory for kv is full (%d MiB); give entries a ttl, or configure a file or Redis", m.most>>20)
	}
	if old != nil {
		m.drop(old)
	}
	m.size += h.size()
	m.entries[key] = h
	if !e.ends.IsZero() {
		heap.Push(&m.ending, h)
	}
	return nil
}

// Get is described at Store.
func (m *Memory) Get(_ context.Context, key Key) ([]byte, bool, error) {
	m.lock()
	defer m.mu.Unlock()
	if h := m.entries[key]; h != nil {
		return h.value, true, nil // a value is never changed, only replaced
	}
	return nil, false, nil
}

// Set is described at Store.
func (m *Memory) Set(_ context.Context, key Key, value []byte, life Life) error {
	now := m.lock()
	defer m.mu.Unlock()
	return m.put(key, newEntry(slices.Clone(value), life, now))
}

// Delete is described at Store.
func (m *Memory) Delete(_ context.Context, key Key) (bool, error) {
	m.lock()
	defer m.mu.Unlock()
	h := m.entries[key]
	if h != nil {
		m.drop(h)
	}
	return h != nil, nil
}

// Add is described at Store.
func (m *Memory) Add(_ context.Context, key Key, value []byte, life Life) (bool, error) {
	now := m.lock()
	defer m.mu.Unlock()
	if m.entries[key] != nil {
		return false, nil
	}
	err := m.put(key, newEntry(slices.Clone(value), life, now))
	return err == nil, err
}

// Incr is described at Store.
func (m *Memory) Incr(_ context.Context, key Key, n float64, life Life) (float64, error) {
	now := m.lock()
	defer m.mu.Unlock()
	h := m.entries[key]
	if h == nil {
		total, text, err := sum(nil, n)
		if err == nil {
			err = m.put(key, newEntry(text, life, now))
		}
		return total, err
	}
	total, text, err := sum(h.value, n)
	if err == nil {
		err = m.put(key, h.with(text, now))
	}
	return total, err
}

// Clear forgets all entries.
func (m *Memory) Clear() {
	m.lock()
	defer m.mu.Unlock()
	clear(m.entries)
	m.ending, m.size = nil, 0
}

// Close does nothing.
func (m *Memory) Close() error { return nil }

// endings is a heap of the entries that end, the next one first.
type endings []*held

func (e endings) Len() int           { return len(e) }
func (e endings) Less(i, j int) bool { return e[i].ends.Before(e[j].ends) }
func (e endings) Swap(i, j int) {
	e[i], e[j] = e[j], e[i]
	e[i].at, e[j].at = i, j
}

// Push is heap's.
func (e *endings) Push(x any) {
	h, _ := x.(*held)
	h.at = len(*e)
	*e = append(*e, h)
}

// Pop is heap's.
func (e *endings) Pop() any {
	last := len(*e) - 1
	h := (*e)[last]
	(*e)[last] = nil
	*e = (*e)[:last]
	h.at = -1
	return h
}
