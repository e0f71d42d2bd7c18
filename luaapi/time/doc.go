// Package time is the module time: moments with a zone, their calendar, and waiting. The package of Go is gotime here.
package time
