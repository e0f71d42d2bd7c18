package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/luaction/luaction/host"
)

// serve has the scripts answered by a server of the program's own, without luaction's command line.
func serve(t *testing.T, shop *Shop) *httptest.Server {
	t.Helper()
	actions, err := host.Open(host.Settings{Scripts: "scripts", Values: values(shop)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(actions.Close)
	mux := http.NewServeMux()
	mux.Handle("POST /webhook", actions)
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// answer is what Rasa gets.
type answer struct {
	Error     string
	Events    []struct{ Name, Event string }
	Responses []struct{ Text string }
}

func call(t *testing.T, server *httptest.Server, action, slots string) (int, answer) {
	t.Helper()
	body := `{"next_action":"` + action + `","tracker":{"sender_id":"me","slots":` + slots + `}}`
	resp, err := server.Client().Post(server.URL+"/webhook", "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var a answer
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, a
}

func TestActions(t *testing.T) {
	server := serve(t, NewShop())
	for _, c := range []struct {
		action, slots string
		status        int
		want          string
	}{
		{"action_list_articles", `{}`, 200, "bell: 9.90 euros, 3 left"},
		{"action_quote", `{"article":"bell","count":"3"}`, 200, "26.73 euros"},
		{"action_quote", `{"article":"oil"}`, 500, `shop.discounted: there is no article "…"`}, // what the user said stays out of what Rasa gets
		{"action_order", `{}`, 400, "nothing was chosen"},
		{"action_order", `{"article":"bell","count":2}`, 200, "Order 9007199254740993, 19.80 euros."},
		{"action_order", `{"article":"bell","count":2}`, 200, "That can't be ordered, sorry."},
	} {
		status, got := call(t, server, c.action, c.slots)
		said := got.Error
		for _, r := range got.Responses {
			said += r.Text + "\n"
		}
		if status != c.status || !strings.Contains(said, c.want) {
			t.Errorf("%s %s: %d %s, want %d %s", c.action, c.slots, status, said, c.status, c.want)
		}
	}
}

// The tests beside the scripts know the program's values, too.
func TestScripts(t *testing.T) {
	var out bytes.Buffer
	code := host.Main(host.Options{Values: values(NewShop()), Args: []string{"test", "scripts"}, Out: &out, Err: &out})
	if code != 0 {
		t.Errorf("exit %d\n%s", code, out.String())
	}
}

// One call at a time is in the shop, though it has no lock of its own.
func TestOrdersAtOnce(t *testing.T) {
	shop := NewShop()
	server := serve(t, shop)
	var placed sync.Map
	var wait sync.WaitGroup
	for range 10 {
		wait.Go(func() {
			_, got := call(t, server, "action_order", `{"article":"bell","count":1}`)
			if len(got.Events) == 2 {
				placed.Store(got.Responses[0].Text, true)
			}
		})
	}
	wait.Wait()
	orders := 0
	placed.Range(func(any, any) bool { orders++; return true })
	if left := shop.articles["bell"].Left; orders != 3 || left != 0 {
		t.Errorf("%d orders, %d left", orders, left)
	}
}

// What the shop waits for ends with the call.
func TestSupplierThatNeverAnswers(t *testing.T) {
	shop := NewShop()
	ctx, cancel := context.WithCancel(t.Context())
	asked := make(chan error, 1)
	shop.supplier = func(ctx context.Context, _ string) error {
		cancel()
		<-ctx.Done()
		asked <- ctx.Err()
		return ctx.Err()
	}
	actions, err := host.Open(host.Settings{Scripts: "scripts", Values: values(shop)})
	if err != nil {
		t.Fatal(err)
	}
	defer actions.Close()
	status, body := actions.Answer(ctx, []byte(`{"next_action":"action_order","tracker":{"sender_id":"me","slots":{"article":"bell"}}}`))
	if status != http.StatusServiceUnavailable {
		t.Fatalf("%d %s", status, body)
	}
	if err := <-asked; !errors.Is(err, context.Canceled) {
		t.Errorf("the supplier was told %v", err)
	}
}

// The command line is luaction's, with the shop.
func TestCommandLine(t *testing.T) {
	var out, err bytes.Buffer
	code := host.Main(host.Options{Values: values(NewShop()), Args: []string{"run", "action_list_articles"}, Out: &out, Err: &err})
	if code != 0 || !strings.Contains(out.String(), "lamp: 15.50 euros, sold out") {
		t.Errorf("%d %s%s", code, out.String(), err.String())
	}
}
