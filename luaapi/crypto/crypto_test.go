package crypto_test

import (
	"testing"

	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/crypto"
)

func TestValues(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`crypto.md5("")`:                                             `"d41d8cd98f00b204e9800998ecf8427e"`,
		`crypto.sha1("abc")`:                                         `"a9993e364706816aba3e25717850c26c9cd0d89d"`,
		`crypto.sha256("abc")`:                                       `"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"`,
		`crypto.sha512("abc"):sub(1, 16)`:                            `"ddaf35a193617aba"`,
		`#crypto.sha512("abc")`:                                      `128`,
		`crypto.sha256(("a"):rep(1000000))`:                          `"cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"`,
		`crypto.sha256(12) == crypto.sha256("12")`:                   `true`,
		`crypto.hmac_sha256("Jefe", "what do ya want for nothing?")`: `"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"`,
		`crypto.hmac_sha256(("k"):rep(131), "x")`:                    `"5e7df641fef282dee7244c5dd15b5bd8cf84ca3483ca5685fc31cef5dd361622"`,
		`crypto.base64_encode("Ann?>")`:                              `"QW5uPz4="`,
		`crypto.base64_encode("\251\255")`:                           `"+/8="`,
		`crypto.base64_encode("\251\255", { url = true })`:           `"-_8="`,
		`crypto.base64_encode("\251\255", { url = false })`:          `"+/8="`,
		`crypto.base64_encode("")`:                                   `""`,
		`crypto.base64_decode("+/8=") == "\251\255"`:                 `true`,
		`crypto.base64_decode("-_8") == "\251\255"`:                  `true`,
		`crypto.base64_decode("QW\r\n5u\n")`:                         `"Ann"`,
		`crypto.base64_decode("")`:                                   `""`,
		`crypto.base64_decode("QW5")`:                                `"An"`,
		`crypto.base64_decode("QW5=u")`:                              `null`,
		`crypto.base64_decode("QW==u")`:                              `null`,
		`crypto.base64_decode("Q")`:                                  `null`,
		`crypto.base64_decode("QW5u=")`:                              `null`,
		`crypto.base64_decode("Ä")`:                                  `null`,
		`crypto.base64_decode("QW 5u")`:                              `null`,
		`crypto.base64_decode(crypto.base64_encode(("xyz1"):rep(100000))) == ("xyz1"):rep(100000)`: `true`,
		`crypto.hex_encode("Ann\255")`: `"416e6eff"`,
		`crypto.hex_decode("416E6e")`:  `"Ann"`,
		`crypto.hex_decode("")`:        `""`,
		`crypto.hex_decode("4")`:       `null`,
		`crypto.hex_decode("4x")`:      `null`,
		`crypto.hex_decode(crypto.hex_encode(("xy1"):rep(100000))) == ("xy1"):rep(100000)`:                            `true`,
		`crypto.uuid():match("^%x%x%x%x%x%x%x%x%-%x%x%x%x%-4%x%x%x%-[89ab]%x%x%x%-%x%x%x%x%x%x%x%x%x%x%x%x$") ~= nil`: `true`,
		`crypto.uuid() ~= crypto.uuid()`:                     `true`,
		`#crypto.random_bytes(1024)`:                         `1024`,
		`#crypto.random_bytes(0)`:                            `0`,
		`crypto.random_bytes(16) ~= crypto.random_bytes(16)`: `true`,
	}, crypto.New)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	apitest.WantErrors(t, map[string]string{
		`crypto.sha256()`:                            `crypto.sha256: s must be a text, but is nil`,
		`crypto.hmac_sha256("key")`:                  `crypto.hmac_sha256: s must be a text, but is nil`,
		`crypto.random_bytes(1025)`:                  `crypto.random_bytes: n must be 1024 or less, but is 1025`,
		`crypto.random_bytes(-1)`:                    `crypto.random_bytes: n must be 0 or more, but is -1`,
		`crypto.random_bytes(0 / 0)`:                 `crypto.random_bytes: n must be a whole number`,
		`crypto.base64_encode("a", { urls = true })`: `crypto.base64_encode: doesn't know 'urls'; did you mean 'url'?`,
		`crypto.base64_encode("a", { url = 1 })`:     `crypto.base64_encode: url must be true or false, but is a number`,
		`crypto.base64_encode(("a"):rep(2^26))`:      `crypto.base64_encode: the result would be longer than 64 MiB`,
		`crypto.hex_encode(("a"):rep(2^26))`:         `crypto.hex_encode: the result would be longer than 64 MiB`,
		`crypto.hmac("a")`:                           `did you mean 'hmac_sha256'?`,
	}, crypto.New)
}
