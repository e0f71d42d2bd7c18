package replay

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

// StandIn is a service that a case's scripts call, in the place of the real one: a list of requests with their answers. It keeps
// nothing, so the same request always gets the same answer.
type StandIn struct {
	// URL and Token name the environment variables with which the case's luaction.yml finds the service.
	URL   string `json:"url"`
	Token string `json:"token"`
	// Routes are tried in order. What fits none gets 404; what doesn't show the token as bearer gets 401.
	Routes []Route `json:"routes"`
}

// Route is one answer of a stand-in, and what it is given to.
type Route struct {
	Method string          `json:"method"`
	Path   string          `json:"path"` // with the query, if there is one
	Sent   json.RawMessage `json:"sent"` // the request's body as JSON; any if it is missing
	Delay  string          `json:"delay"`
	Status int             `json:"status"` // 200 if it is missing
	JSON   json.RawMessage `json:"json"`
	Body   string          `json:"body"` // without JSON

	delay time.Duration
}

// standInToken is what the stand-in takes for a token; nobody's real one.
const standInToken = "token-of-the-stand-in"

// ReadStandIn reads a service.json.
func ReadStandIn(path string) (*StandIn, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &StandIn{}
	if err := decode(text, s); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if s.URL == "" || s.Token == "" {
		return nil, fmt.Errorf("%s: url and token have to name environment variables", path)
	}
	for i := range s.Routes {
		r := &s.Routes[i]
		if r.Status == 0 {
			r.Status = http.StatusOK
		}
		if r.Delay == "" {
			continue
		}
		if r.delay, err = time.ParseDuration(r.Delay); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return s, nil
}

// Start answers requests at the address, such as "127.0.0.1:0", until stop is called. env are the variables that lead there.
func (s *StandIn) Start(address string) (env map[string]string, stop func(), err error) {
	ln, err := net.Listen("tcp", address)
	if err != nil {
		return nil, nil, err
	}
	server := &http.Server{Handler: s, ReadHeaderTimeout: time.Minute}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.Serve(ln) // it ends with Close
	}()
	stop = func() {
		_ = server.Close() // which ends what is delayed, too
		<-ended
	}
	return map[string]string{s.URL: "http://" + ln.Addr().String(), s.Token: standInToken}, stop, nil
}

// ServeHTTP answers one request.
func (s *StandIn) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+standInToken {
		http.Error(w, "no bearer, or another one", http.StatusUnauthorized)
		return
	}
	var sent any
	if r.ContentLength != 0 {
		d := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20))
		d.UseNumber()
		if err := d.Decode(&sent); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	}
	for i := range s.Routes {
		if route := &s.Routes[i]; route.fits(r, sent) {
			route.answer(w, r)
			return
		}
	}
	http.NotFound(w, r)
}

func (r *Route) fits(request *http.Request, sent any) bool {
	if r.Method != request.Method || r.Path != request.RequestURI {
		return false
	}
	if r.Sent == nil {
		return true
	}
	var want any
	return decode(r.Sent, &want) == nil && len(rules{}.compare(want, sent, nil)) == 0
}

func (r *Route) answer(w http.ResponseWriter, request *http.Request) {
	if r.delay > 0 {
		timer := time.NewTimer(r.delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-request.Context().Done():
			return
		}
	}
	text := []byte(r.Body)
	if r.JSON != nil {
		w.Header().Set("Content-Type", "application/json")
		text = r.JSON
	}
	w.WriteHeader(r.Status)
	_, _ = w.Write(text) // whoever asked is gone if it fails
}
