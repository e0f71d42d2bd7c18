package keyvalue

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// Redis is a store on a Redis server, which several servers may share.
type Redis struct {
	client *redis.Client
	secret string
}

// redisPrefix tells the keys from those of others on the same server.
const redisPrefix = "luaction:"

// quiet drops what the library would write to standard error: it comes back as an error as well.
type quiet struct{}

// Printf drops its arguments.
func (quiet) Printf(context.Context, string, ...any) {}

//nolint:gochecknoglobals // the library's logger is a package variable: it is set once, before the first client
var hush sync.Once

// OpenRedis returns the store of redis://user:password@host:port/number. It connects to nothing yet.
func OpenRedis(url string) (*Redis, error) {
	options, err := redis.ParseURL(url)
	if err != nil {
		return nil, errors.New("kv: the url can't be read; it must look like redis://:password@host:6379/0, where odd characters of the password are written as %xx")
	}
	hush.Do(func() { redis.SetLogger(quiet{}) })
	options.ContextTimeoutEnabled = true
	options.MaxRetries = 1 // of a connection that broke while it was idle
	options.DisableIdentity = true
	options.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
	return &Redis{client: redis.NewClient(options), secret: options.Password}, nil
}

func (r *Redis) key(key Key) string { return redisPrefix + key.text }

// renewedSign begins what Incr begins the time of anew: seconds in milliseconds, a colon, the value. JSON doesn't begin so.
const renewedSign = 's'

func stored(value []byte, life Life) string {
	if !life.Renewed || life.TTL <= 0 {
		return string(value)
	}
	return string(renewedSign) + strconv.FormatInt(millis(life.TTL), 10) + ":" + string(value)
}

func millis(d time.Duration) int64 { return max(1, d.Milliseconds()) }

func redisTTL(life Life) time.Duration {
	if life.TTL <= 0 {
		return 0
	}
	return time.Duration(millis(life.TTL)) * time.Millisecond
}

// Get is described at Store.
func (r *Redis) Get(ctx context.Context, key Key) ([]byte, bool, error) {
	text, err := r.client.Get(ctx, r.key(key)).Result()
	if errors.Is(err, redis.Nil) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, r.failure(err)
	}
	if text != "" && text[0] == renewedSign {
		_, text, _ = strings.Cut(text, ":")
	}
	return []byte(text), true, nil
}

// Set is described at Store.
func (r *Redis) Set(ctx context.Context, key Key, value []byte, life Life) error {
	return r.failure(r.client.Set(ctx, r.key(key), stored(value, life), redisTTL(life)).Err())
}

// Delete is described at Store.
func (r *Redis) Delete(ctx context.Context, key Key) (bool, error) {
	n, err := r.client.Del(ctx, r.key(key)).Result()
	return n > 0, r.failure(err)
}

// Add is described at Store.
func (r *Redis) Add(ctx context.Context, key Key, value []byte, life Life) (bool, error) {
	added, err := r.client.SetNX(ctx, r.key(key), stored(value, life), redisTTL(life)).Result()
	return added, r.failure(err)
}

// incr runs on the server: ARGV are what to add, the life of a new entry in milliseconds, 0 for ever, and 1 if Incr renews it.
const incr = `
local text = redis.call('GET', KEYS[1])
local life, prefix, old = tonumber(ARGV[2]), '', 0
if text then
  local renewed, value = text:match('^s(%d+):(.*)$')
  if renewed then
    prefix, text, life = 's' .. renewed .. ':', value, tonumber(renewed)
  else
    life = -1
  end
  if not text:match('^%-?%d') then return 'no number' end
  old = tonumber(text)
  if not old then return 'no number' end
elseif ARGV[3] == '1' and life > 0 then
  prefix = 's' .. ARGV[2] .. ':'
end
local sum = old + tonumber(ARGV[1])
if sum ~= sum or sum == math.huge or sum == -math.huge then return 'too large' end
local digits = string.format('%.17g', sum)
if life > 0 then
  redis.call('SET', KEYS[1], prefix .. digits, 'PX', life)
elseif life < 0 then
  redis.call('SET', KEYS[1], digits, 'KEEPTTL')
else
  redis.call('SET', KEYS[1], digits)
end
return digits`

// Incr is described at Store.
func (r *Redis) Incr(ctx context.Context, key Key, n float64, life Life) (float64, error) {
	ttl, renewed := int64(0), 0
	if life.TTL > 0 {
		ttl = millis(life.TTL)
	}
	if life.Renewed {
		renewed = 1
	}
	text, err := r.client.Eval(ctx, incr, []string{r.key(key)}, strconv.FormatFloat(n, 'g', -1, 64), ttl, renewed).Text()
	switch {
	case err != nil:
		return 0, r.failure(err)
	case text == "no number":
		return 0, ErrNoNumber
	case text == "too large":
		return 0, ErrTooLarge
	}
	return strconv.ParseFloat(text, 64)
}

// failure words an error of the server or of the way to it.
func (r *Redis) failure(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if r.secret != "" {
		text = strings.ReplaceAll(text, r.secret, "***")
	}
	if wrong := redis.Error(nil); errors.As(err, &wrong) {
		return fmt.Errorf("Redis refused: %s", text)
	}
	return fmt.Errorf("Redis can't be reached: %s", text)
}

// Close ends the connections.
func (r *Redis) Close() error { return r.client.Close() }
