package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/luaction/luaction/internal/replay/pairs"
)

//go:embed programs/pairs.py
var pairsProgram string //nolint:gochecknoglobals // the only way to embed a file

const answersFile = "from-python/answers.json"

// page records what the SDK answers to the Python of the page for those who come from it.
func (o *options) page(home sdk) (changed bool, err error) {
	folder := filepath.Join(o.root, "from-python")
	base, err := os.ReadFile(filepath.Join(folder, "call.json"))
	if err != nil {
		return false, err
	}
	text, err := os.ReadFile(filepath.Join(o.root, "..", "docs", "from-python.md"))
	if err != nil {
		return false, err
	}
	list, err := pairs.Read(string(text), base)
	if err != nil {
		return false, err
	}
	type question struct {
		Python string          `json:"python"`
		Call   json.RawMessage `json:"call"`
	}
	questions := make([]question, len(list))
	for i := range list {
		questions[i] = question{list[i].Python, list[i].Call}
	}
	found, err := home.ask(folder, pairsProgram, questions)
	if err != nil {
		return false, err
	}
	var answers []json.RawMessage
	if err := json.Unmarshal(found, &answers); err != nil || len(answers) != len(list) {
		return false, fmt.Errorf("%d pairs, %d answers: %w", len(list), len(answers), err)
	}
	records := make([]pairs.Record, len(list))
	for i := range list {
		records[i] = pairs.Record{Title: list[i].Title, Python: list[i].Python, Answer: answers[i]}
	}
	var whole bytes.Buffer
	enc := json.NewEncoder(&whole)
	enc.SetEscapeHTML(false) // arrows of Python stay readable
	if err := enc.Encode(records); err != nil {
		return false, err
	}
	return o.file(answersFile, bytes.TrimSpace(whole.Bytes()))
}
