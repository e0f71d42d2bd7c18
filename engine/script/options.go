package script

import (
	"log/slog"
	"time"
)

// MaxData is how many bytes of data files are held, unless Options say otherwise.
const MaxData = 64 << 20

// Options say what to load and how patiently. Only Dir and Compile are required.
type Options struct {
	Dir     string   // the scripts folder; it, or any folder above, may be a link, and it may be missing
	Compile Compiler // called for one file at a time
	Read    Reader   // called for each data file, one at a time; nil takes them all as they are
	Logger  *slog.Logger

	Poll      time.Duration // how often the folder is looked at without an event; default 500 ms
	Quiet     time.Duration // how long the folder must have been still before it is read; default 100 ms
	MaxWait   time.Duration // how long a folder that never is still can hold up reading; default 2 s
	FullEvery time.Duration // how often every file is read though nothing seems to have changed; default 30 s
	Retry     time.Duration // pause before folder events are tried again after they failed; default 30 s

	MaxFile  int64 // bytes of one script; default 256 KiB
	MaxFiles int   // scripts in the folder, and data files beside them; default 10,000 of each
	MaxTotal int64 // bytes of all scripts together; default 64 MiB

	MaxDataFile int64 // bytes of one data file; default 8 MiB
	MaxData     int64 // bytes of all data files together; default MaxData

	// Tests has files named *_test.lua be part of what is loaded; else they are passed over.
	Tests bool

	PollOnly bool             // never use folder events
	Now      func() time.Time // for LoadedAt and Since; default time.Now
}

func (o Options) withDefaults() Options {
	duration := func(d *time.Duration, standard time.Duration) {
		if *d <= 0 {
			*d = standard
		}
	}
	// Poll and Quiet together stay below one second, so that a change without an event is also served within it.
	duration(&o.Poll, 500*time.Millisecond)
	duration(&o.Quiet, 100*time.Millisecond)
	duration(&o.MaxWait, 2*time.Second)
	duration(&o.FullEvery, 30*time.Second)
	duration(&o.Retry, 30*time.Second)
	if o.MaxFile <= 0 {
		o.MaxFile = 256 << 10
	}
	if o.MaxFiles <= 0 {
		o.MaxFiles = 10_000
	}
	if o.MaxTotal <= 0 {
		o.MaxTotal = 64 << 20
	}
	if o.MaxDataFile <= 0 {
		o.MaxDataFile = 8 << 20
	}
	if o.MaxData <= 0 {
		o.MaxData = MaxData
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}
