// Package crypto is the module crypto: checksums, signatures, encodings of bytes, and what nobody can guess.
package crypto

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"

	"github.com/google/uuid"
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// New returns the module for a session's state.
func New(*luaapi.Session) luaapi.Module {
	s := luaapi.Param{Name: "s", Type: "string"}
	m := luaapi.Module{
		Name: "crypto",
		Doc:  "Checksums and signatures as lower-case hex, base64 and hex, and random bytes that nobody can guess.",
		Instead: map[string]string{
			"hmac": "hmac_sha256", "b64encode": "base64_encode", "b64decode": "base64_decode", "uuid4": "uuid", "random": "random_bytes",
			"hex": "hex_encode", "encode": "base64_encode", "decode": "base64_decode", "hash": "sha256",
		},
	}
	for _, check := range []struct {
		name, doc string
		make      func() hash.Hash
	}{
		{"md5", "The MD5 checksum of a text, as hex: for what other systems ask for it, not for secrets.", md5.New},
		{"sha1", "The SHA-1 checksum of a text, as hex: for what other systems ask for it, not for secrets.", sha1.New},
		{"sha256", "The SHA-256 checksum of a text, as hex.", sha256.New},
		{"sha512", "The SHA-512 checksum of a text, as hex.", sha512.New},
	} {
		m.Members = append(m.Members, luaapi.Member{
			Name: check.name, Params: []luaapi.Param{s}, Returns: "string", Doc: check.doc, Example: `local sum = crypto.` + check.name + `("order 17")`,
			Func: func(a luaapi.Args) int { return summed(a, check.make(), a.String(1)) },
		})
	}
	m.Members = append(m.Members,
		luaapi.Member{
			Name: "hmac_sha256", Params: []luaapi.Param{{Name: "key", Type: "string"}, s}, Returns: "string",
			Doc: "The signature of a text under a key, HMAC with SHA-256, as hex.", Example: `local signature = crypto.hmac_sha256("secret", "order 17")`,
			Func: func(a luaapi.Args) int { return summed(a, hmac.New(sha256.New, key(a, a.String(1))), a.String(2)) },
		},
		luaapi.Member{
			Name: "base64_encode", Params: []luaapi.Param{s, {Name: "options", Type: "table", Optional: true, Fields: base64Options()}}, Returns: "string", Func: base64Encode,
			Doc: "The bytes of a text in base64; with { url = true } in the alphabet that URLs can take.", Example: `local login = crypto.base64_encode("ann:secret")`,
		},
		luaapi.Member{
			Name: "base64_decode", Params: []luaapi.Param{s}, Returns: "string or nil", Func: base64Decode,
			Doc: "The text that base64 stands for, in either alphabet, with = at the end or without; nil if it is none.", Example: `local text = crypto.base64_decode("QW5u")`,
		},
		luaapi.Member{
			Name: "hex_encode", Params: []luaapi.Param{s}, Returns: "string", Func: hexEncode,
			Doc: "Two hex digits for each byte of a text.", Example: `local digits = crypto.hex_encode("Ann")`,
		},
		luaapi.Member{
			Name: "hex_decode", Params: []luaapi.Param{s}, Returns: "string or nil", Func: hexDecode,
			Doc: "The text whose bytes the hex digits are; nil if they are none.", Example: `local text = crypto.hex_decode("416e6e")`,
		},
		luaapi.Member{
			Name: "uuid", Returns: "string", Func: newUUID,
			Doc: "A new random UUID, version 4.", Example: `local ticket = crypto.uuid()`,
		},
		luaapi.Member{
			Name: "random_bytes", Params: []luaapi.Param{{Name: "n", Type: "number"}}, Returns: "string", Func: randomBytes,
			Doc: "So many random bytes, at most 1024.", Example: `local token = crypto.hex_encode(crypto.random_bytes(16))`,
		},
	)
	return m
}

func base64Options() []luaapi.Field {
	return []luaapi.Field{{Name: "url", Type: "boolean", Doc: "Whether to write - and _, which URLs can take, for + and /."}}
}

// atOnce is how many bytes are worked on between two looks at the meter.
const atOnce = 64 << 10

// pieces hands out a text, piece by piece.
func pieces(a luaapi.Args, s string, size int, yield func(piece string)) {
	for s != "" {
		n := min(len(s), size)
		a.State.Meter().Step(a.L, 1+n/32)
		yield(s[:n])
		s = s[n:]
	}
}

// sum adds a text to a checksum and returns it.
func sum(a luaapi.Args, h hash.Hash, s string) []byte {
	buffer := make([]byte, 0, min(len(s), atOnce))
	pieces(a, s, atOnce, func(piece string) { h.Write(append(buffer, piece...)) })
	return h.Sum(nil)
}

func summed(a luaapi.Args, h hash.Hash, s string) int {
	return a.Return(lua.LString(hex.EncodeToString(sum(a, h, s))))
}

// key is that of an HMAC, which takes the checksum of a long one.
func key(a luaapi.Args, s string) []byte {
	if len(s) <= sha256.BlockSize {
		return []byte(s)
	}
	return sum(a, sha256.New(), s)
}

func base64Encode(a luaapi.Args) int {
	s := a.String(1)
	encoding := base64.StdEncoding
	if o := a.Options(2); o != nil && lua.LVAsBool(a.Option(o, "url")) {
		encoding = base64.URLEncoding
	}
	b := a.NewBuffer(encoding.EncodedLen(len(s)))
	pieces(a, s, atOnce/3*3, func(piece string) { b.Add(encoding.EncodeToString([]byte(piece))) })
	return a.Return(b.Value())
}

func base64Decode(a luaapi.Args) int {
	s := a.String(1)
	b := a.NewBuffer(base64.RawStdEncoding.DecodedLen(len(s)))
	plain := strings.NewReplacer("-", "+", "_", "/", "\r", "", "\n", "")
	good, rest := true, ""
	take := func(digits string, encoding *base64.Encoding) {
		text, err := encoding.DecodeString(digits)
		good = good && err == nil
		b.Add(string(text))
	}
	pieces(a, s, atOnce, func(piece string) {
		rest += plain.Replace(piece)
		whole := max(len(rest)-1, 0) / 4 * 4 // all but the last up to four, which may end in =
		if good {
			take(rest[:whole], base64.RawStdEncoding)
		}
		rest = rest[whole:]
	})
	if strings.HasSuffix(rest, "=") {
		take(rest, base64.StdEncoding)
	} else {
		take(rest, base64.RawStdEncoding)
	}
	if !good {
		return a.Return(lua.LNil)
	}
	return a.Return(b.Value())
}

func hexEncode(a luaapi.Args) int {
	s := a.String(1)
	b := a.NewBuffer(hex.EncodedLen(len(s)))
	pieces(a, s, atOnce, func(piece string) { b.Add(hex.EncodeToString([]byte(piece))) })
	return a.Return(b.Value())
}

func hexDecode(a luaapi.Args) int {
	s := a.String(1)
	b := a.NewBuffer(len(s) / 2)
	good := true
	pieces(a, s, atOnce, func(piece string) {
		if good {
			text, err := hex.DecodeString(piece)
			good = err == nil
			b.Add(string(text))
		}
	})
	if !good {
		return a.Return(lua.LNil)
	}
	return a.Return(b.Value())
}

func newUUID(a luaapi.Args) int {
	id, err := uuid.NewRandom()
	if err != nil {
		a.Raise("the system has no random numbers")
	}
	return a.Return(lua.LString(id.String()))
}

func randomBytes(a luaapi.Args) int {
	const most = 1024
	made := make([]byte, a.Whole(1, 0, most, 0))
	rand.Read(made) // it ends the process rather than fail
	return a.Return(lua.LString(made))
}
