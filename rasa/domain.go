package rasa

import (
	"bytes"
	"sync"

	"github.com/hashicorp/golang-lru/v2/simplelru"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// entrySize is what one list or object of a held domain takes besides its text, domainSize what a domain takes besides
// them, in bytes.
const (
	entrySize  = 12
	domainSize = 256
)

// Domain is what an assistant knows about itself. It never changes.
type Domain struct {
	value jsondoc.Value
	size  int // bytes it counts in the cache; 0 when it is not held
}

// Value is the domain as an object.
func (d *Domain) Value() jsondoc.Value { return d.value }

// Held tells whether the domain has memory of its own. One that is not held is a part of the call it came with, and is
// good only as long as that call.
func (d *Domain) Held() bool { return d.size > 0 }

// DomainCache holds the domains that assistants sent, by digest, and forgets the one that was not used for the longest
// time when there are too many. It is safe for concurrent use.
type DomainCache struct {
	maxBytes int
	empty    *Domain

	mu    sync.Mutex
	held  *simplelru.LRU[string, *Domain] // nil when nothing may be held
	bytes int
}

// NewDomainCache makes a cache of at most maxCount domains that take at most maxBytes of memory together. With either
// below 1 nothing is held, and every call brings its domain or does without.
func NewDomainCache(maxCount, maxBytes int) *DomainCache {
	c := &DomainCache{maxBytes: maxBytes}
	doc, _ := jsondoc.Parse([]byte("{}")) // is JSON
	c.empty = &Domain{value: doc.Root(), size: domainSize}
	if maxCount > 0 && maxBytes > 0 {
		c.held, _ = simplelru.NewLRU[string, *Domain](maxCount, c.forgot) // fails only for a count below 1
	}
	return c
}

// Resolve gives the domain that a call sees, and holds it for later calls if it came with a digest. found is false when
// only the digest of a domain came and that domain is not at hand: the call has to be repeated with it, if the action
// wants it, else it sees the empty domain that is given then. With neither digest nor domain it is found and empty.
//
// An empty domain counts as given but replaces none: where one is held under the digest, that is the one.
func (c *DomainCache) Resolve(call *Call) (domain *Domain, found bool) {
	if call.DomainDigest == "" {
		if !filled(call.Domain) {
			return c.empty, true
		}
		return call.alias(), true
	}
	d := c.get(call.DomainDigest)
	switch {
	case !filled(call.Domain):
		if d != nil {
			return d, true
		}
		return c.empty, call.Domain.Exists()
	case d != nil && bytes.Equal(d.value.Raw(), call.Domain.Raw()):
		return d, true
	}
	if d = c.put(call.DomainDigest, call.Domain); d != nil {
		return d, true
	}
	return call.alias(), true
}

// Len is the number of domains held.
func (c *DomainCache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		return 0
	}
	return c.held.Len()
}

// Bytes is the memory that the held domains take, estimated.
func (c *DomainCache) Bytes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

func (c *DomainCache) get(digest string) *Domain {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		return nil
	}
	d, _ := c.held.Get(digest)
	return d
}

// put holds a copy of a domain and returns it; nil when it is too big. What was held under the digest goes in any case,
// for the assistant has another one now.
func (c *DomainCache) put(digest string, value jsondoc.Value) *Domain {
	d := c.copyOf(digest, value)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.held == nil {
		return nil
	}
	c.held.Remove(digest)
	if d == nil {
		return nil
	}
	for c.bytes+d.size > c.maxBytes {
		c.held.RemoveOldest()
	}
	c.bytes += d.size
	c.held.Add(digest, d)
	return d
}

// copyOf makes a domain with memory of its own; nil when that is too big to hold.
func (c *DomainCache) copyOf(digest string, value jsondoc.Value) *Domain {
	size := domainSize + len(digest) + len(value.Raw())
	if c.held == nil || size > c.maxBytes {
		return nil
	}
	doc, err := jsondoc.Parse(bytes.Clone(value.Raw()))
	if err != nil {
		return nil // a part of a checked text is one; if not, the call's own will do
	}
	if size += entrySize * doc.Containers(); size > c.maxBytes {
		return nil
	}
	return &Domain{value: doc.Root(), size: size}
}

// forgot is called for each domain that leaves the cache, with the lock held.
func (c *DomainCache) forgot(_ string, d *Domain) { c.bytes -= d.size }

func (c *Call) alias() *Domain {
	c.own = Domain{value: c.Domain}
	return &c.own
}

// filled tells whether a domain says anything.
func filled(domain jsondoc.Value) bool {
	m := domain.Members()
	return m.Next()
}
