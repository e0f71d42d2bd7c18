package replay

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Request is a recorded request.
type Request struct {
	Method  string             `json:"method"`
	Path    string             `json:"path"`
	Headers map[string]*string `json:"headers"`
	JSON    json.RawMessage    `json:"json"`
	Body    *string            `json:"body"`
	Base64  *string            `json:"body_base64"`
	Encode  string             `json:"encode"`
	Chunked bool               `json:"chunked"`
	Expand  []struct {
		At    string `json:"at"`
		Times int    `json:"times"`
	} `json:"expand"`
}

// Answer is what a server answered.
type Answer struct {
	Status      int
	ContentType string
	Body        []byte
}

// Send sends the request to the server at base, such as "http://127.0.0.1:5055", and reads the answer.
func (r *Request) Send(ctx context.Context, client *http.Client, base string) (Answer, error) {
	body, has, err := r.body()
	if err != nil {
		return Answer{}, err
	}
	var reader io.Reader
	if has {
		reader = bytes.NewReader(body)
		if r.Chunked {
			reader = struct{ io.Reader }{reader} // hides the length, so that it is sent in chunks
		}
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, base+r.Path, reader)
	if err != nil {
		return Answer{}, err
	}
	if has {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.Encode == "deflate" {
		req.Header.Set("Content-Encoding", "deflate")
	}
	for name, value := range r.Headers {
		req.Header.Del(name)
		if value != nil {
			req.Header.Set(name, *value)
		}
	}
	resp, err := client.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return Answer{Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type"), Body: text}, err
}

func (r *Request) body() (body []byte, has bool, err error) {
	switch {
	case r.JSON != nil:
		body, err = r.expanded()
	case r.Base64 != nil:
		body, err = base64.StdEncoding.DecodeString(*r.Base64)
	case r.Body != nil:
		body = []byte(*r.Body)
	default:
		return nil, false, nil
	}
	if err != nil || r.Encode != "deflate" {
		return body, true, err
	}
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	if _, err := w.Write(body); err != nil {
		return nil, true, err
	}
	err = w.Close()
	return packed.Bytes(), true, err
}

// expanded repeats lists, so that a big request needs no big file.
func (r *Request) expanded() ([]byte, error) {
	if len(r.Expand) == 0 {
		return r.JSON, nil
	}
	var document any
	if err := decode(r.JSON, &document); err != nil {
		return nil, err
	}
	for _, e := range r.Expand {
		path := parts(e.At)
		list, ok := lookup(document, e.At).([]any)
		if !ok || len(path) == 0 {
			return nil, fmt.Errorf("expand: no list at %s", e.At)
		}
		var long []any
		for range e.Times {
			long = append(long, list...)
		}
		parent := document
		for _, part := range path[:len(path)-1] {
			parent = lookup(parent, "/"+part)
		}
		object, ok := parent.(map[string]any)
		if !ok {
			return nil, fmt.Errorf("expand: %s is no member of an object", e.At)
		}
		object[path[len(path)-1]] = long
	}
	return json.Marshal(document)
}
