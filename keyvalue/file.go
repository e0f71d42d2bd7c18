package keyvalue

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"
)

// File is a store in one file, which one server at a time may use. What it says is kept is on the disk.
type File struct {
	db  *bolt.DB
	now func() time.Time
}

// The file's buckets: the entries, and their keys by the time at which they end.
const (
	entriesBucket = "entries"
	endsBucket    = "ends"
)

const (
	openTimeout = time.Second
	gather      = time.Millisecond // writes of calls at the same time go to the disk together
	sweep       = 16               // entries that have ended, dropped with each write
)

// OpenFile opens the file, and makes it if it isn't there; its folder has to be.
func OpenFile(path string, now func() time.Time) (*File, error) {
	if path == "" {
		return nil, errors.New("kv: the url names no file; write file:data/kv.db")
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: openTimeout, FreelistType: bolt.FreelistMapType, NoFreelistSync: true})
	switch {
	case errors.Is(err, bolt.ErrTimeout): //nolint:staticcheck // its new name is in a package of its own
		return nil, fmt.Errorf("kv: the file %s is in use by another server", path)
	case errors.Is(err, os.ErrNotExist):
		return nil, fmt.Errorf("kv: the folder of %s is not there", path)
	case err != nil:
		return nil, fmt.Errorf("kv: the file %s can't be opened: %w", path, err)
	}
	db.MaxBatchDelay = gather
	err = db.Update(func(tx *bolt.Tx) error {
		for _, name := range []string{entriesBucket, endsBucket} {
			if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		_ = db.Close()
		return nil, fmt.Errorf("kv: the file %s can't be written: %w", path, err)
	}
	return &File{db: db, now: now}, nil
}

// headerBytes are the times before a value: when it ends, and what Incr begins anew; each in nanoseconds, 0 for none.
const headerBytes = 16

func (e *entry) encode() []byte {
	text := make([]byte, headerBytes, headerBytes+len(e.value))
	if !e.ends.IsZero() {
		binary.BigEndian.PutUint64(text, uint64(e.ends.UnixNano()))
	}
	binary.BigEndian.PutUint64(text[8:], uint64(e.renewed))
	return append(text, e.value...)
}

func decode(text []byte) (e entry, ok bool) {
	if len(text) < headerBytes {
		return e, false
	}
	if ends := binary.BigEndian.Uint64(text); ends != 0 {
		e.ends = time.Unix(0, int64(ends))
	}
	e.renewed = time.Duration(binary.BigEndian.Uint64(text[8:]))
	e.value = slices.Clone(text[headerBytes:])
	return e, true
}

// table is the file inside one of its own transactions.
type table struct {
	entries, ends *bolt.Bucket
	now           time.Time
}

func (f *File) table(tx *bolt.Tx) *table {
	return &table{entries: tx.Bucket([]byte(entriesBucket)), ends: tx.Bucket([]byte(endsBucket)), now: f.now()}
}

func (t *table) get(key Key) (entry, bool) {
	e, ok := decode(t.entries.Get([]byte(key.text)))
	return e, ok && !e.ended(t.now)
}

func endsKey(e *entry, key string) []byte {
	return append(binary.BigEndian.AppendUint64(nil, uint64(e.ends.UnixNano())), key...)
}

// drop forgets a key, ended or not.
func (t *table) drop(key string) error {
	if e, ok := decode(t.entries.Get([]byte(key))); ok && !e.ends.IsZero() {
		if err := t.ends.Delete(endsKey(&e, key)); err != nil {
			return err
		}
	}
	return t.entries.Delete([]byte(key))
}

func (t *table) put(key Key, e entry) error {
	if err := t.drop(key.text); err != nil {
		return err
	}
	if !e.ends.IsZero() {
		if err := t.ends.Put(endsKey(&e, key.text), nil); err != nil {
			return err
		}
	}
	return t.entries.Put([]byte(key.text), e.encode())
}

// sweep drops some of what has ended.
func (t *table) sweep() error {
	until := binary.BigEndian.AppendUint64(nil, uint64(t.now.UnixNano()))
	for range sweep {
		first, _ := t.ends.Cursor().First()
		if first == nil || len(first) < len(until) || bytes.Compare(first[:len(until)], until) > 0 {
			return nil
		}
		first = slices.Clone(first)
		if err := t.drop(string(first[len(until):])); err != nil {
			return err
		}
		if err := t.ends.Delete(first); err != nil {
			return err
		}
	}
	return nil
}

// write runs f in a transaction, together with those of other calls. It may run f more than once. A write that the context
// doesn't wait for may still happen.
func (f *File) write(ctx context.Context, do func(*table) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	done := make(chan error, 1)
	go func() {
		done <- f.db.Batch(func(tx *bolt.Tx) error {
			t := f.table(tx)
			if err := t.sweep(); err != nil {
				return err
			}
			return do(t)
		})
	}()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Get is described at Store.
func (f *File) Get(_ context.Context, key Key) (value []byte, found bool, err error) {
	err = f.db.View(func(tx *bolt.Tx) error {
		var e entry
		e, found = f.table(tx).get(key)
		if found {
			value = e.value
		}
		return nil
	})
	return value, found, err
}

// Set is described at Store.
func (f *File) Set(ctx context.Context, key Key, value []byte, life Life) error {
	return f.write(ctx, func(t *table) error { return t.put(key, newEntry(value, life, t.now)) })
}

// Delete is described at Store.
func (f *File) Delete(ctx context.Context, key Key) (bool, error) {
	result := make(chan bool, 1)
	err := f.write(ctx, func(t *table) error {
		_, found := t.get(key)
		replace(result, found)
		return t.drop(key.text)
	})
	return answer(result, err)
}

// Add is described at Store.
func (f *File) Add(ctx context.Context, key Key, value []byte, life Life) (bool, error) {
	result := make(chan bool, 1)
	err := f.write(ctx, func(t *table) error {
		_, found := t.get(key)
		replace(result, !found)
		if found {
			return nil
		}
		return t.put(key, newEntry(value, life, t.now))
	})
	return answer(result, err)
}

// Incr is described at Store.
func (f *File) Incr(ctx context.Context, key Key, n float64, life Life) (float64, error) {
	result := make(chan float64, 1)
	err := f.write(ctx, func(t *table) error {
		old, found := t.get(key)
		total, text, err := sum(old.value, n)
		if err != nil {
			return err
		}
		replace(result, total)
		if !found {
			return t.put(key, newEntry(text, life, t.now))
		}
		return t.put(key, old.with(text, t.now))
	})
	return answer(result, err)
}

// replace leaves what the last run of a transaction found in the channel: whoever gave up waiting reads nothing of it.
func replace[T any](result chan T, value T) {
	select {
	case <-result:
	default:
	}
	result <- value
}

func answer[T any](result chan T, err error) (value T, _ error) {
	if err != nil {
		return value, err
	}
	return <-result, nil
}

// Close closes the file.
func (f *File) Close() error { return f.db.Close() }
