package yaml

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	goyaml "go.yaml.in/yaml/v3"
)

// kind is what a scalar without quotes is in the core schema of YAML 1.2.
type kind uint8

const (
	aText kind = iota
	aNull
	aBool
	aWhole
	aNumber
)

// scalar writes a scalar as JSON.
func (c *converter) scalar(n *goyaml.Node) {
	const quoted = goyaml.DoubleQuotedStyle | goyaml.SingleQuotedStyle | goyaml.LiteralStyle | goyaml.FoldedStyle
	is, json := aText, ""
	if n.Style&goyaml.TaggedStyle != 0 || n.Style&quoted == 0 {
		is, json = resolve(n.Value)
	}
	if n.Style&goyaml.TaggedStyle != 0 {
		fits := true
		switch n.Tag {
		case "!!str", "!!timestamp":
			is = aText
		case "!!null":
			fits = is == aNull
		case "!!bool":
			fits = is == aBool
		case "!!int":
			fits = is == aWhole
		case "!!float":
			fits = is == aWhole || is == aNumber
		default:
			c.a.Raise("line %d: the tag %s means nothing here; leave it out", n.Line, shown(n.Tag))
		}
		if !fits {
			c.a.Raise(`line %d: "%s" is no %s`, n.Line, shown(n.Value), n.Tag)
		}
	}
	if is == aText {
		c.quote(n.Value)
		return
	}
	c.out.Add(json)
}

// longestNumber is up to how many characters a scalar may be a number other than a decimal integer.
const longestNumber = 400

// resolve tells what a scalar without quotes is, and what that is in JSON if it is no text.
func resolve(s string) (is kind, json string) {
	switch s {
	case "", "~", "null", "Null", "NULL":
		return aNull, "null"
	case "true", "True", "TRUE":
		return aBool, "true"
	case "false", "False", "FALSE":
		return aBool, "false"
	case ".nan", ".NaN", ".NAN":
		return aNumber, "NaN"
	case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF":
		return aNumber, "Infinity"
	case "-.inf", "-.Inf", "-.INF":
		return aNumber, "-Infinity"
	}
	if digits, ok := decimal(s); ok {
		return aWhole, digits
	}
	if len(s) > longestNumber {
		return aText, ""
	}
	for prefix, base := range map[string]int{"0x": 16, "0o": 8} {
		if digits, ok := strings.CutPrefix(s, prefix); ok && digits != "" && strings.Trim(digits, digitsOf(base)) == "" {
			n, _ := new(big.Int).SetString(digits, base)
			return aWhole, n.String()
		}
	}
	if isFloat(s) {
		n, _ := strconv.ParseFloat(s, 64)
		if math.IsInf(n, 0) { // out of range
			return aNumber, map[bool]string{true: "Infinity", false: "-Infinity"}[n > 0]
		}
		return aNumber, strconv.FormatFloat(n, 'g', -1, 64)
	}
	return aText, ""
}

func digitsOf(base int) string {
	if base == 8 {
		return "01234567"
	}
	return "0123456789abcdefABCDEF"
}

// decimal is the integer that s is, as JSON writes it.
func decimal(s string) (digits string, ok bool) {
	digits = strings.TrimLeft(s, "+-")
	if digits == "" || len(s)-len(digits) > 1 || strings.TrimLeft(digits, "0123456789") != "" {
		return "", false
	}
	if digits = strings.TrimLeft(digits, "0"); digits == "" {
		return "0", true
	}
	if s[0] == '-' {
		digits = "-" + digits
	}
	return digits, true
}

// isFloat says whether s is [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
func isFloat(s string) bool {
	s = cutSign(s)
	mantissa, exponent, scientific := s, "", false
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		mantissa, exponent, scientific = s[:i], cutSign(s[i+1:]), true
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	if whole == "" && fraction == "" || scientific && exponent == "" {
		return false
	}
	return strings.Trim(whole+fraction+exponent, "0123456789") == ""
}

func cutSign(s string) string {
	if s != "" && (s[0] == '-' || s[0] == '+') {
		return s[1:]
	}
	return s
}
