package cli

import (
	"io"

	"github.com/luaction/luaction/internal/screen"
)

// colored says whether what goes to w is to be in colour; when is auto, always or never.
func colored(w io.Writer, when string) bool {
	switch when {
	case "always":
		return true
	case "never":
		return false
	}
	return screen.Of(w).Color
}
