package script

import (
	"context"
	"time"
)

// pollShare bounds the time spent on polling to one part in so many.
const pollShare = 10

// pending is a change that was hinted at and waits for the folder to be still.
type pending struct {
	active bool
	since  time.Time
	due    time.Time
	full   bool     // read whatever the folder looks like
	seen   *listing // how it looked when the poll noticed; nil after an event
}

// watch is the state of one Watch call; only its goroutine touches it.
type watch struct {
	*Loader
	notes   *notifier // nil while events don't work, or aren't wanted
	retryAt time.Time
	wait    pending
	timer   *time.Timer // for wait
}

// Watch keeps the snapshot fresh until ctx ends, and loads first if nothing was loaded yet. It returns ctx's error; no
// trouble with files or events ends it. Only one Watch may run at a time.
func (l *Loader) Watch(ctx context.Context) error {
	w := &watch{Loader: l, timer: time.NewTimer(time.Hour)}
	w.timer.Stop()
	defer w.timer.Stop()
	defer l.setMode("off")
	w.setMode("poll")
	w.connect()
	defer func() { w.notes.close() }()
	if l.Current().Generation == 0 {
		w.loadNow(ctx)
	} else {
		w.hint(true)
	}
	poll := time.NewTimer(l.opts.Poll)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-l.trigger:
			w.hint(true)
		case event, ok := <-w.notes.events():
			if ok {
				if relevant, script := w.notes.judge(event); relevant {
					w.hint(script)
				}
			}
		case err, ok := <-w.notes.errors():
			if ok {
				w.failed(err)
			}
		case <-w.timer.C:
			w.settled(ctx)
		case <-poll.C:
			began := time.Now()
			w.poll(ctx)
			// A folder that is slow to look at, by its size or its network, must not take the machine's time.
			poll.Reset(max(l.opts.Poll, pollShare*time.Since(began)))
		}
	}
}

// hint notes that something may have changed, and puts the reading off until the folder is still.
func (w *watch) hint(full bool) {
	now := time.Now()
	if !w.wait.active {
		w.wait = pending{active: true, since: now}
	}
	w.wait.full = w.wait.full || full
	w.arm(now)
}

func (w *watch) arm(now time.Time) {
	w.wait.due = now.Add(w.opts.Quiet)
	if latest := w.wait.since.Add(w.opts.MaxWait); w.wait.due.After(latest) {
		w.wait.due = latest
	}
	w.timer.Reset(time.Until(w.wait.due))
}

// settled is called when no event came for the quiet time, or when waiting any longer would starve the reload.
func (w *watch) settled(ctx context.Context) {
	now := time.Now()
	overdue := now.Sub(w.wait.since) >= w.opts.MaxWait
	if w.wait.seen != nil && !overdue {
		if list := peek(&w.opts); !list.equal(w.wait.seen) {
			w.wait.seen = list
			w.arm(now)
			return
		}
	}
	full := w.wait.full
	w.wait = pending{}
	if full || w.differs(peek(&w.opts)) {
		w.loadNow(ctx)
	}
}

// poll looks for what made no event. Right after a change every file is read once more: two writes within one tick of the
// file system's clock leave the same signature.
func (w *watch) poll(ctx context.Context) {
	if w.notes == nil && !w.opts.PollOnly && time.Now().After(w.retryAt) {
		w.connect()
	}
	if w.wait.active {
		return
	}
	list := peek(&w.opts)
	w.follow(list)
	if w.differs(list) {
		w.hint(true)
		w.wait.seen = list
		return
	}
	now := time.Since(w.started)
	last, changed := time.Duration(w.scanned.Load()), time.Duration(w.changed.Load())
	if now-last >= w.opts.FullEvery || last-changed < coarsestTick && now-last >= w.opts.Poll/2 {
		w.loadNow(ctx)
	}
}

// coarsestTick is the coarsest file time there is (FAT's 2 s) and some more.
const coarsestTick = 3 * time.Second

func (w *watch) differs(list *listing) bool { return !list.equal(w.looked.Load()) }

// loadNow loads, and brings the watched folders in line before and after: a file can come into a new folder before the
// folder is watched, and then no event tells of it.
func (w *watch) loadNow(ctx context.Context) {
	if w.follow(peek(&w.opts)); w.notes == nil {
		w.Load(ctx)
		return
	}
	w.Load(ctx)
	if w.follow(peek(&w.opts)) && !w.wait.active {
		w.hint(false)
	}
}

// connect starts to listen for events.
func (w *watch) connect() {
	if w.opts.PollOnly {
		return
	}
	notes, err := w.listen(w.opts.Dir)
	if err != nil {
		w.failed(err)
		return
	}
	w.notes = notes
	w.follow(peek(&w.opts))
	if w.notes != nil {
		w.setMode("events")
		if !w.retryAt.IsZero() {
			w.opts.Logger.Info("folder events work again", "dir", w.opts.Dir)
			w.retryAt = time.Time{}
		}
	}
}

// follow watches the folders that are there now, and tells whether any is new.
func (w *watch) follow(list *listing) (more bool) {
	if w.notes == nil {
		return false
	}
	more, err := w.notes.follow(list)
	if err != nil {
		w.failed(err)
	}
	return more
}

// failed gives events up for a while. Lost events need no more than a look at everything.
func (w *watch) failed(err error) {
	if overflowed(err) {
		w.hint(true)
		return
	}
	w.notes.close()
	w.notes = nil
	w.setMode("poll")
	if w.retryAt.IsZero() {
		w.opts.Logger.Warn("folder events don't work here, so the scripts folder is only polled", "dir", w.opts.Dir,
			"cause", cause(err), "poll", w.opts.Poll.String(), "retry", w.opts.Retry.String())
	}
	w.retryAt = time.Now().Add(w.opts.Retry)
}
