//go:build unix

package hostile

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"
)

// honest are the neighbours' actions: one that does next to nothing and one that works with texts, tables and JSON.
func honest() map[string]string {
	return map[string]string{
		"neighbour_quick": `return function(dispatcher, tracker)
  dispatcher:utter_message { text = "Hello " .. tracker.slots.name, buttons = { { title = "Yes", payload = "/affirm" } } }
  return { SlotSet("greeted", true), SlotSet("n", tracker.slots.n + 1) }
end
`,
		"neighbour_busy": `local prices = { tea = 250, milk = 99, bread = 310 }
return function(dispatcher, tracker)
  local lines, total = {}, 0
  for i = 1, 40 do
    for name, cents in pairs(prices) do
      total = total + cents * i
      lines[#lines + 1] = string.format("%-8s %6.2f", name:gsub("%a", string.upper, 1), cents * i / 100)
    end
  end
  table.sort(lines)
  local copy = json.decode(json.encode(lines))
  local ok, message = pcall(error, { code = #copy })
  local words = coroutine.wrap(function() for w in table.concat(copy, " "):gmatch("%u%a+") do coroutine.yield(w) end end)
  dispatcher:utter_message(words() .. words() .. message.code .. " " .. total)
  return { SlotSet("lines", copy) }
end
`,
	}
}

func writeHonest(scripts string) error {
	var errs []error
	for name, text := range honest() {
		errs = append(errs, os.WriteFile(filepath.Join(scripts, name+".lua"), []byte(text), 0o644))
	}
	return errors.Join(errs...)
}

// neighbours call honest actions all the time, but for when they are paused.
type neighbours struct {
	server *server
	want   map[string][]byte
	gate   sync.RWMutex
	end    chan struct{}
	ended  sync.WaitGroup
	calls  atomic.Int64
	harmed atomic.Int64
	late   int64 // past the deadline, on a machine that does other things, too; see busy
	busy   bool  // now and then a neighbour may be late

	mu          sync.Mutex
	slowest     time.Duration
	slowestEver time.Duration
	wrong       []string
}

const (
	neighbourCallers = 2
	neighbourPause   = 3 * time.Millisecond
	neighbourPatient = 20 * time.Second
	mostLate         = 3 // late neighbours let pass on a busy machine, and one in fifty
)

// move starts neighbours of a server that is at rest; busy says that the machine has other things to do.
func move(s *server, busy bool) (*neighbours, error) {
	n := &neighbours{server: s, busy: busy, want: map[string][]byte{}, end: make(chan struct{})}
	for action := range honest() {
		a := s.post(body(action, "neighbour"), neighbourPatient)
		if a.err != nil || a.status != 200 {
			return nil, fmt.Errorf("%s: %d %s %w", action, a.status, a.body, a.err)
		}
		n.want[action] = a.body
	}
	for range neighbourCallers {
		n.ended.Go(n.call)
	}
	return n, nil
}

func (n *neighbours) call() {
	for {
		for action, want := range n.want {
			select {
			case <-n.end:
				return
			case <-time.After(neighbourPause):
			}
			n.gate.RLock()
			a := n.server.post(body(action, "neighbour"), neighbourPatient)
			n.gate.RUnlock()
			n.note(action, want, a)
		}
	}
}

func (n *neighbours) note(action string, want []byte, a answer) {
	n.calls.Add(1)
	n.mu.Lock()
	defer n.mu.Unlock()
	n.slowest = max(n.slowest, a.took)
	n.slowestEver = max(n.slowestEver, a.took)
	if a.err == nil && a.status == 200 && bytes.Equal(a.body, want) {
		return
	}
	if n.busy && bytes.Contains(a.body, []byte("took longer than")) {
		if n.late++; n.late <= mostLate+n.calls.Load()/50 {
			return
		}
	}
	n.harmed.Add(1)
	if len(n.wrong) < 3 {
		n.wrong = append(n.wrong, fmt.Sprintf("%s got %d %.200s %v", action, a.status, a.body, a.err))
	}
}

// since tells what the neighbours noticed since it was last asked.
func (n *neighbours) since() (slowest time.Duration, wrong []string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	slowest, wrong = n.slowest, n.wrong
	n.slowest, n.wrong = 0, nil
	return slowest, wrong
}

// calm waits for the server to be at rest, while the neighbours pause.
func (n *neighbours) calm() (time.Duration, bool) {
	n.gate.Lock()
	defer n.gate.Unlock()
	return n.server.calm()
}

// aftermath notes whether the server came to rest after an attack, and whether the neighbours were harmed meanwhile.
func (n *neighbours) aftermath(row *Row, after string) {
	var calm bool
	if row.Calm, calm = n.calm(); !calm {
		row.Wrong = append(row.Wrong, "still used processor time "+after)
	}
	var harmed []string
	row.Neighbours, harmed = n.since()
	row.Wrong = append(row.Wrong, harmed...)
}

func (n *neighbours) leave() {
	close(n.end)
	n.ended.Wait()
}
