package config

import "log/slog"

const masked = "***"

// Secret is a text that never shows when it is printed, logged or encoded. string(s) is the text itself.
type Secret string

// String is *** for any secret, and nothing for none.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return masked
}

// GoString is the same for %#v.
func (s Secret) GoString() string { return `"` + s.String() + `"` }

// LogValue is the same in log lines.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is the same in JSON and the like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
