package config

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Size is a number of bytes, written as 32MiB, 512K, 1.5GB or 1048576.
type Size int64

func unitOf(name string) (int64, bool) {
	switch strings.TrimSuffix(strings.ToLower(name), "b") {
	case "":
		return 1, true
	case "k":
		return 1e3, true
	case "m":
		return 1e6, true
	case "g":
		return 1e9, true
	case "ki":
		return 1 << 10, true
	case "mi":
		return 1 << 20, true
	case "gi":
		return 1 << 30, true
	}
	return 0, false
}

// ParseSize reads a size. K, M and G are powers of 1000, Ki, Mi and Gi of 1024; a B may follow, case doesn't matter.
func ParseSize(text string) (Size, error) {
	text = strings.TrimSpace(text)
	end := strings.LastIndexAny(text, "0123456789.") + 1
	unit, known := unitOf(strings.TrimSpace(text[end:]))
	number := text[:end]
	if !known || number == "" || strings.Trim(number, "0123456789.") != "" {
		return 0, badSize(text)
	}
	if whole, err := strconv.ParseInt(number, 10, 64); err == nil {
		if whole > math.MaxInt64/unit {
			return 0, badSize(text)
		}
		return Size(whole * unit), nil
	}
	part, err := strconv.ParseFloat(number, 64)
	if err != nil || part*float64(unit) >= math.MaxInt64 {
		return 0, badSize(text)
	}
	return Size(part * float64(unit)), nil
}

func badSize(text string) error {
	return fmt.Errorf("%q is no size; write a number with KiB, MiB or GiB, such as 32MiB", text)
}

// UnmarshalText reads a size as ParseSize does.
func (s *Size) UnmarshalText(text []byte) error {
	size, err := ParseSize(string(text))
	if err == nil {
		*s = size
	}
	return err
}

// String writes the size with the largest unit that leaves it whole.
func (s Size) String() string {
	for _, u := range []struct {
		size Size
		name string
	}{{1 << 30, "GiB"}, {1 << 20, "MiB"}, {1 << 10, "KiB"}} {
		if s != 0 && s%u.size == 0 {
			return strconv.FormatInt(int64(s/u.size), 10) + u.name
		}
	}
	return strconv.FormatInt(int64(s), 10) + "B"
}
