package rasa_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/luaction/luaction/rasa"
)

// step is one call and what it must see.
type step struct {
	digest, domain string // "" when absent
	want           string // the domain seen; "" when it is not found
}

func body(digest, domain string) string {
	b := `{"next_action":"a"`
	if digest != "" {
		b += `,"domain_digest":"` + digest + `"`
	}
	if domain != "" {
		b += `,"domain":` + domain
	}
	return b + `}`
}

func TestResolve(t *testing.T) {
	const d1, d2 = `{"slots":{"a":1}}`, `{"slots":{"b":[2]}}`
	cases := map[string][]step{
		"nothing came":              {{"", "", "{}"}, {"", "null", "{}"}},
		"digest only":               {{"x", "", ""}, {"x", "null", ""}},
		"held by digest":            {{"x", d1, d1}, {"x", "", d1}, {"x", "null", d1}, {"y", "", ""}},
		"several":                   {{"x", d1, d1}, {"y", d2, d2}, {"x", "", d1}, {"y", "", d2}},
		"replaced":                  {{"x", d1, d1}, {"x", d2, d2}, {"x", "", d2}},
		"without digest, not held":  {{"", d1, d1}, {"", "", "{}"}, {"x", "", ""}, {"", d2, d2}},
		"without digest, beside":    {{"x", d1, d1}, {"", d2, d2}, {"x", "", d1}},
		"empty is given, not held":  {{"x", "{}", "{}"}, {"x", "", ""}, {"x", "{ }", "{}"}, {"", "{}", "{}"}},
		"empty leaves the held one": {{"x", d1, d1}, {"x", "{}", d1}, {"x", "", d1}, {"y", "{}", "{}"}, {"", "{}", "{}"}},
		"same again":                {{"x", d1, d1}, {"x", d1, d1}, {"x", "", d1}},
	}
	for name, steps := range cases {
		cache := rasa.NewDomainCache(8, 1<<20)
		for i, s := range steps {
			d, found := cache.Resolve(call(t, body(s.digest, s.domain)))
			if found != (s.want != "") || d == nil {
				t.Errorf("%s, call %d: found is %v", name, i+1, found)
			} else if got := string(d.Value().Raw()); found && got != s.want || !found && got != "{}" {
				t.Errorf("%s, call %d: %s, want %s", name, i+1, got, s.want)
			}
		}
	}
}

func TestHeldDomainsAreCopies(t *testing.T) {
	cache := rasa.NewDomainCache(8, 1<<20)
	bytes := []byte(body("x", `{"slots":{"a":1}}`))
	c, err := rasa.ParseCall(bytes)
	if err != nil {
		t.Fatal(err)
	}
	first, _ := cache.Resolve(c)
	for i := range bytes {
		bytes[i] = '!'
	}
	held, found := cache.Resolve(call(t, body("x", "")))
	if !found || held != first || !held.Held() || held.Value().Get("slots").Get("a").Float() != 1 {
		t.Errorf("the held domain changed with the body: %s", held.Value().Raw())
	}
}

func TestSameDomainIsNotCopiedAgain(t *testing.T) {
	cache := rasa.NewDomainCache(8, 1<<20)
	domain := `{"slots":{"a":"` + strings.Repeat("x", 5000) + `"}}`
	first, _ := cache.Resolve(call(t, body("x", domain)))
	again := call(t, body("x", domain))
	if n := testing.AllocsPerRun(20, func() {
		if d, _ := cache.Resolve(again); d != first {
			t.Error("another domain")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	bare := call(t, body("", domain))
	if n := testing.AllocsPerRun(20, func() {
		if d, _ := cache.Resolve(bare); d.Held() || d.Value().Get("slots").Len() != 1 {
			t.Error("held")
		}
	}); n != 0 || cache.Len() != 1 {
		t.Errorf("without digest: %v allocations, %d held", n, cache.Len())
	}
}

func TestCountIsBounded(t *testing.T) {
	cache := rasa.NewDomainCache(2, 1<<20)
	for _, digest := range []string{"a", "b"} {
		cache.Resolve(call(t, body(digest, `{"x":1}`)))
	}
	cache.Resolve(call(t, body("a", ""))) // b is now the one not used for longest
	cache.Resolve(call(t, body("c", `{"x":1}`)))
	for digest, want := range map[string]bool{"a": true, "b": false, "c": true} {
		if _, found := cache.Resolve(call(t, body(digest, ""))); found != want {
			t.Errorf("%s found: %v", digest, found)
		}
	}
	if cache.Len() != 2 {
		t.Errorf("%d domains held", cache.Len())
	}
}

func TestBytesAreBounded(t *testing.T) {
	const limit = 20_000
	cache := rasa.NewDomainCache(1000, limit)
	for i := range 50 {
		domain := fmt.Sprintf(`{"x%d":"%s","y":[[],{}]}`, i, strings.Repeat("x", 100*i))
		if d, found := cache.Resolve(call(t, body(fmt.Sprint("d", i), domain))); !found || string(d.Value().Raw()) != domain || !d.Held() {
			t.Fatalf("domain %d is not seen or not held", i)
		}
		if cache.Bytes() > limit || cache.Bytes() <= 0 {
			t.Fatalf("%d bytes held", cache.Bytes())
		}
	}
	big := `{"x":"` + strings.Repeat("x", limit) + `"}`
	if d, found := cache.Resolve(call(t, body("d49", big))); !found || string(d.Value().Raw()) != big || d.Held() {
		t.Error("a big domain is not used, or held")
	}
	if _, found := cache.Resolve(call(t, body("d49", ""))); found {
		t.Error("the domain that a big one replaced is still held")
	}
	many := `{"x":[` + strings.Repeat(`[],`, limit/12) + `0]}`
	if d, _ := cache.Resolve(call(t, body("m", many))); d.Held() || cache.Len() == 0 {
		t.Error("a domain whose index is too big is held, or drove out the others")
	}
	for i := range 50 {
		cache.Resolve(call(t, body(fmt.Sprint("d", i), big)))
	}
	if cache.Len() != 0 || cache.Bytes() != 0 {
		t.Errorf("%d domains with %d bytes are left", cache.Len(), cache.Bytes())
	}
}

func TestCacheOfNothing(t *testing.T) {
	for _, cache := range []*rasa.DomainCache{rasa.NewDomainCache(0, 1000), rasa.NewDomainCache(5, 0), rasa.NewDomainCache(-1, -1)} {
		if d, found := cache.Resolve(call(t, body("x", `{"a":1}`))); !found || string(d.Value().Raw()) != `{"a":1}` || d.Held() {
			t.Error("a call's own domain is not seen")
		}
		if _, found := cache.Resolve(call(t, body("x", ""))); found || cache.Len() != 0 || cache.Bytes() != 0 {
			t.Error("something is held")
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	cache := rasa.NewDomainCache(3, 2000)
	var group sync.WaitGroup
	for worker := range 4 {
		calls := make([]*rasa.Call, 20)
		for i := range calls {
			domain := fmt.Sprintf(`{"n":%d}`, (i+worker)%5)
			if i%3 == 0 {
				domain = ""
			}
			calls[i] = call(t, body(fmt.Sprint("d", (i+worker)%5), domain))
		}
		group.Go(func() {
			for n := range 200 {
				c := calls[n%len(calls)]
				want := strings.TrimPrefix(c.DomainDigest, "d")
				if d, found := cache.Resolve(c); found && string(d.Value().Get("n").Raw()) != want {
					t.Errorf("%s sees %s", c.DomainDigest, d.Value().Raw())
				}
			}
		})
	}
	group.Wait()
}
