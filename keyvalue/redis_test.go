package keyvalue_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/database/relay"
	"github.com/luaction/luaction/keyvalue"
)

// A Redis that is away is an error, one that is silent ends with the call, and one that is back answers.
func TestRedisComesBack(t *testing.T) {
	t.Parallel()
	url := os.Getenv("LUACTION_TEST_REDIS")
	if url == "" {
		t.Skip("make test-services runs it")
	}
	r, relayed := relay.Through(t, url)
	store, err := keyvalue.OpenRedis(relayed)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	key := fresh(t, "")
	set := func(within time.Duration) error {
		ctx, cancel := context.WithTimeout(t.Context(), within)
		defer cancel()
		begin := time.Now()
		err := store.Set(ctx, key, []byte("1"), keyvalue.Life{TTL: time.Minute})
		if took := time.Since(begin); took > within+20*time.Second {
			t.Errorf("it took %v", took)
		}
		return err
	}
	for range 2 {
		if err := set(time.Minute); err != nil {
			t.Fatal(err)
		}
		r.Away()
		if err := set(time.Minute); err == nil || !strings.Contains(err.Error(), "Redis can't be reached") || strings.Contains(err.Error(), "secret") {
			t.Errorf("away: %v", err)
		}
		r.Back()
		if err := set(time.Minute); err != nil {
			t.Errorf("back: %v", err)
		}
		r.Silence()
		if err := set(100 * time.Millisecond); err == nil {
			t.Error("a silent server answered")
		}
		r.Away()
		r.Back()
	}
}

// A wrong password is said without it.
func TestRedisRefuses(t *testing.T) {
	t.Parallel()
	url := os.Getenv("LUACTION_TEST_REDIS")
	if url == "" {
		t.Skip("make test-services runs it")
	}
	store, err := keyvalue.OpenRedis(strings.Replace(url, "service-secret", "wrong-secret", 1))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	if _, _, err := store.Get(t.Context(), fresh(t, "")); err == nil || strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
}
