// Package keyvalue keeps values under keys for longer than a call: in memory, in a file, or in Redis, with the same answers.
// It knows no Lua.
package keyvalue

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// Life is how long an entry is kept.
type Life struct {
	TTL time.Duration // 0: for ever
	// Renewed has each later Incr begin the time anew; else it ends when the entry was to end.
	Renewed bool
}

// Store keeps values. It is safe for concurrent use, and each of its methods happens as a whole. The values are JSON; Outside of
// it the store's answers are undefined. A method returns within the context, with an error if it could not do its work.
type Store interface {
	// Get returns what is kept under a key.
	Get(ctx context.Context, key Key) (value []byte, found bool, err error)
	// Set keeps a value, in place of what was there.
	Set(ctx context.Context, key Key, value []byte, life Life) error
	// Delete forgets what is kept, and says whether there was something.
	Delete(ctx context.Context, key Key) (bool, error)
	// Add keeps a value if nothing is there, and says whether it did.
	Add(ctx context.Context, key Key, value []byte, life Life) (bool, error)
	// Incr adds n to the number that is kept, 0 if there is none, and returns the sum. The life is that of a new entry; see
	// Life.Renewed for others. The error is ErrNoNumber for what is no number, and ErrTooLarge.
	Incr(ctx context.Context, key Key, n float64, life Life) (float64, error)
	// Close gives back what the store holds. No method may be running.
	Close() error
}

// What Incr refuses.
var (
	ErrNoNumber = errors.New("what is kept there is no number")
	ErrTooLarge = errors.New("the sum is too large for a number")
)

// Key is where a value is kept. Make one with Global or Conversation: those of different conversations, and those of none, are
// different whatever the names are.
type Key struct{ text string }

// Global is a key that all conversations share.
func Global(name string) Key { return Key{"g:" + name} }

// maxSender is up to what length in bytes a sender is part of a key as it is.
const maxSender = 200

// Conversation is a key of one conversation.
func Conversation(sender, name string) Key {
	if len(sender) > maxSender {
		sum := sha256.Sum256([]byte(sender))
		return Key{"h:" + hex.EncodeToString(sum[:]) + ":" + name}
	}
	return Key{"c:" + strconv.Itoa(len(sender)) + ":" + sender + ":" + name}
}

// defaultMemory is the size of a store in memory, in bytes.
const defaultMemory = 64 << 20

// Open returns the store that a URL names: "" or "memory", file:path, redis://… or rediss://…. now is the clock; time.Now if nil.
func Open(url string, now func() time.Time) (Store, error) {
	if now == nil {
		now = time.Now
	}
	scheme, rest, _ := strings.Cut(url, ":")
	switch scheme {
	case "", "memory":
		return NewMemory(defaultMemory, now), nil
	case "file":
		return OpenFile(strings.TrimPrefix(rest, "//"), now)
	case "redis", "rediss":
		return OpenRedis(url)
	}
	return nil, fmt.Errorf("kv: the url must be memory, file:path, redis://host or rediss://host, and it begins with %s", scheme)
}

// sum adds n to a number in JSON; none is 0.
func sum(value []byte, n float64) (float64, []byte, error) {
	old := 0.0
	if value != nil {
		doc, err := jsondoc.Parse(value)
		if err != nil || doc.Root().Kind() != jsondoc.Number {
			return 0, nil, ErrNoNumber
		}
		old = doc.Root().Float()
	}
	total := old + n
	if math.IsInf(total, 0) || math.IsNaN(total) {
		return 0, nil, ErrTooLarge
	}
	return total, numberText(total), nil
}

func numberText(n float64) []byte {
	if n == math.Trunc(n) && math.Abs(n) < 1<<53 {
		return strconv.AppendInt(nil, int64(n), 10)
	}
	return strconv.AppendFloat(nil, n, 'g', -1, 64)
}

// entry is a value with its life.
type entry struct {
	value   []byte
	ends    time.Time     // zero: never
	renewed time.Duration // what Incr begins anew; 0: nothing
}

func newEntry(value []byte, life Life, now time.Time) entry {
	e := entry{value: value}
	if life.TTL > 0 {
		if e.ends = now.Add(life.TTL); life.Renewed {
			e.renewed = life.TTL
		}
	}
	return e
}

func (e *entry) ended(now time.Time) bool { return !e.ends.IsZero() && !now.Before(e.ends) }

// with is the entry with another value, as Incr leaves it.
func (e *entry) with(value []byte, now time.Time) entry {
	changed := *e
	if changed.value = value; e.renewed > 0 {
		changed.ends = now.Add(e.renewed)
	}
	return changed
}
