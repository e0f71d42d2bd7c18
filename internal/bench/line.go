package main

import (
	"bufio"
	"fmt"
	"net"
	"strconv"

	"github.com/valyala/fasthttp"
)

// line sends one request again and again over a connection, or over a new one each time. It does little more than that: the generator
// shares the processors with what it measures.
type line struct {
	address string
	request []byte
	close   bool
	conn    net.Conn
	reader  *bufio.Reader
	answer  fasthttp.Response
}

func newLine(address string, request []byte, once bool) *line {
	return &line{address: address, request: request, close: once, reader: bufio.NewReader(nil)}
}

// ask sends the request and reads the answer, which has to be 200 OK and stays good until the next one.
func (l *line) ask() error {
	if l.conn == nil {
		conn, err := net.Dial("tcp", l.address)
		if err != nil {
			return err
		}
		l.conn = conn
		l.reader.Reset(conn)
	}
	if _, err := l.conn.Write(l.request); err != nil {
		return err
	}
	if err := l.answer.Read(l.reader); err != nil {
		return err
	}
	if l.close || l.answer.ConnectionClose() {
		l.hangUp()
	}
	if status := l.answer.StatusCode(); status != fasthttp.StatusOK {
		return fmt.Errorf("%s answered %d: %.300s", l.address, status, l.answer.Body())
	}
	return nil
}

func (l *line) hangUp() {
	if l.conn != nil {
		_ = l.conn.Close()
		l.conn = nil
	}
}

// post is the request that carries the body, as Rasa sends it.
func post(path string, body []byte, once bool) []byte {
	kept := ""
	if once {
		kept = "Connection: close\r\n"
	}
	head := "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n" + kept +
		"Content-Length: " + strconv.Itoa(len(body)) + "\r\n\r\n"
	return append([]byte(head), body...)
}

// once asks a single time and returns the answer.
func once(address, path string, body []byte) (string, error) {
	l := newLine(address, post(path, body, true), true)
	defer l.hangUp()
	err := l.ask()
	return string(l.answer.Body()), err
}
