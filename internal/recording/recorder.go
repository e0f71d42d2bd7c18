package recording

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// Defaults of Options.
const (
	DefaultFiles = 1000
	DefaultBytes = 256 << 20
	DefaultQueue = 32 << 20
)

const (
	mostWaiting = 256              // calls in the queue
	warnEvery   = 10 * time.Second // at most
)

// Options say where to record and what. Dir, Log and Reply are required.
type Options struct {
	Dir      string
	MaxFiles int   // records that are kept, the newest; DefaultFiles if 0
	MaxBytes int64 // and what they may take together; DefaultBytes if 0
	Queue    int64 // bytes of calls that wait to be written; DefaultQueue if 0
	Rules    Rules // what is hidden
	Mask     *mask.Mask
	Log      *slog.Logger
	// Reply is what a transport answers to a call without an answer.
	Reply func(*engine.Error) (status int, body []byte)
}

// Runner runs calls; an *engine.Engine does.
type Runner interface {
	Run(ctx context.Context, call *rasa.Call, dst []byte) (engine.Answer, *engine.Error)
}

// Recorder keeps calls. Open makes one.
type Recorder struct {
	opts     Options
	redactor *Redactor
	folder   *folder
	version  string
	queue    chan *waiting
	stop     chan struct{}
	done     chan struct{}
	number   atomic.Uint64
	bytes    atomic.Int64 // in the queue
	dropped  atomic.Int64
	warned   time.Time // of dropped calls
	broken   time.Time // when it was last told that nothing can be written
	failures int       // since then
}

// waiting is a call on its way to the disk.
type waiting struct {
	Record
	number uint64
}

// Open begins to record. The error says what is wrong with the folder.
func Open(o Options) (*Recorder, error) {
	if o.MaxFiles == 0 {
		o.MaxFiles = DefaultFiles
	}
	if o.MaxBytes == 0 {
		o.MaxBytes = DefaultBytes
	}
	if o.Queue == 0 {
		o.Queue = DefaultQueue
	}
	f, err := openFolder(o.Dir, o.MaxFiles, o.MaxBytes)
	if err != nil {
		return nil, err
	}
	r := &Recorder{opts: o, redactor: NewRedactor(o.Rules, o.Mask), folder: f, version: version(),
		queue: make(chan *waiting, mostWaiting), stop: make(chan struct{}), done: make(chan struct{})}
	go r.work()
	return r, nil
}

// version is luaction's own.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// Close ends recording: what waits is written until ctx ends. Calls that end later are not recorded.
func (r *Recorder) Close(ctx context.Context) {
	close(r.stop)
	select {
	case <-r.done:
	case <-ctx.Done():
		r.opts.Log.Warn("the last calls were not recorded, because the disk is slow", "folder", r.opts.Dir)
	}
}

// Wrap returns a runner that runs calls by next and records them.
func (r *Recorder) Wrap(next Runner) Runner { return &recorded{r, next} }

type recorded struct {
	*Recorder
	next Runner
}

// Run is next's Run; beside it a copy of the call is put into the queue if that has room.
func (r *recorded) Run(ctx context.Context, call *rasa.Call, dst []byte) (engine.Answer, *engine.Error) {
	began, number := time.Now(), r.number.Add(1)
	// Taken before the call: a script that is left behind may still use it afterwards.
	action, request := call.Action, call.Doc.Text()
	answer, failure := r.next.Run(ctx, call, dst)
	if failure != nil && isPassing(failure.Code) {
		return answer, failure
	}
	w := &waiting{number: number, Record: Record{Action: action, Time: began, Duration: time.Since(began), Snapshot: answer.Snapshot, Status: 200}}
	body := answer.Body[min(len(dst), len(answer.Body)):]
	if failure != nil {
		w.Snapshot = failure.Snapshot
		w.Status, body = r.opts.Reply(failure)
	}
	size := int64(len(request) + len(body))
	if r.bytes.Add(size) > r.opts.Queue {
		r.bytes.Add(-size)
		r.dropped.Add(1)
		return answer, failure
	}
	w.Request, w.Answer = append([]byte(nil), request...), append([]byte(nil), body...)
	select {
	case r.queue <- w:
	default:
		r.bytes.Add(-size)
		r.dropped.Add(1)
	}
	return answer, failure
}

// isPassing tells which outcomes say nothing of the scripts: Rasa or an operator makes the call again.
func isPassing(code engine.Code) bool {
	return code == engine.DomainMissing || code == engine.Overloaded || code == engine.Canceled
}

func (r *Recorder) work() {
	defer close(r.done)
	for running := true; running; {
		select {
		case w := <-r.queue:
			r.handle(w)
		case <-r.stop:
			running = false
		}
	}
	for len(r.queue) > 0 {
		r.handle(<-r.queue)
	}
	r.tellDropped(true)
	if r.failures > 0 {
		r.opts.Log.Warn("calls could not be recorded", "calls", r.failures, "folder", r.opts.Dir)
	}
}

func (r *Recorder) handle(w *waiting) {
	size := int64(len(w.Request) + len(w.Answer))
	r.told(r.keep(w))
	r.bytes.Add(-size)
	r.tellDropped(false)
}

// keep writes one call.
func (r *Recorder) keep(w *waiting) (err error) {
	defer func() {
		if cause := recover(); cause != nil { // a fault here must not end the server
			err = fmt.Errorf("a fault of the recorder: %v", cause)
		}
	}()
	request, err := jsondoc.Parse(w.Request)
	if err != nil {
		return err // no call runs that is no JSON
	}
	answer, err := jsondoc.Parse(w.Answer)
	if err != nil {
		return err
	}
	root := request.Root()
	w.Version = r.version
	w.Request, w.Answer = r.redactor.Call(root, answer.Root())
	digest, domain := root.Get("domain_digest"), root.Get("domain")
	if digest.Kind() == jsondoc.String && domain.Kind() == jsondoc.Object && domain.Len() > 0 {
		if err := r.folder.addDomain(digest.Text(), r.redactor.Domain(domain)); err != nil {
			return err
		}
		w.Request = withoutDomain(w.Request)
	}
	return r.folder.add(fileName(w.Time, w.Action, w.number), w.encode())
}

// withoutDomain leaves the domain out of a request: it is kept apart.
func withoutDomain(request []byte) []byte {
	doc, err := jsondoc.Parse(request)
	if err != nil {
		return request
	}
	dst := []byte{'{'}
	for m := doc.Root().Members(); m.Next(); {
		if m.KeyIs("domain") {
			continue
		}
		if len(dst) > 1 {
			dst = append(dst, ',')
		}
		dst = append(append(append(dst, '"'), m.RawKey()...), `":`...)
		dst = append(dst, m.Value().Raw()...)
	}
	return append(dst, '}')
}

// told logs that writing failed, and that it works again, but not for each call.
func (r *Recorder) told(err error) {
	switch {
	case err == nil && r.broken.IsZero():
	case err == nil:
		r.opts.Log.Info("calls are recorded again", "not_recorded", r.failures, "folder", r.opts.Dir)
		r.broken, r.failures = time.Time{}, 0
	default:
		r.failures++
		if time.Since(r.broken) >= warnEvery {
			r.broken = time.Now()
			r.opts.Log.Warn("a call could not be recorded; calls are answered all the same", "err", plain(err), "not_recorded", r.failures,
				"folder", filepath.Clean(r.opts.Dir))
		}
	}
}

// tellDropped logs how many calls had no room in the queue.
func (r *Recorder) tellDropped(last bool) {
	n := r.dropped.Load()
	if n == 0 || !last && time.Since(r.warned) < warnEvery {
		return
	}
	r.warned = time.Now()
	r.dropped.Add(-n)
	r.opts.Log.Warn("calls were not recorded: more came than the disk could take, or they were too large", "calls", n, "folder", r.opts.Dir)
}
