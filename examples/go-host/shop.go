package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Article is something to buy. Scripts see it as a table with the names of its JSON.
type Article struct {
	Name  string `json:"name"`
	Cents int    `json:"cents"`
	Left  int    `json:"left"`
	cost  int    // nobody's business: not exported, so no script sees it
}

// Line is one line of an order.
type Line struct {
	Article string `json:"article"`
	Count   int    `json:"count"`
}

// Receipt is what an order comes to.
type Receipt struct {
	Number int64     `json:"number"`
	Cents  int       `json:"cents"`
	Lines  []Line    `json:"lines"`
	Placed time.Time `json:"placed"`
}

// Shop is the program's own part: here a map, elsewhere a client of something that speaks no HTTP.
type Shop struct {
	articles map[string]Article
	next     int64
	supplier func(ctx context.Context, article string) error // asked before an order is placed
}

// NewShop returns a shop with a few articles.
func NewShop() *Shop {
	return &Shop{
		articles: map[string]Article{
			"bell":   {Name: "bell", Cents: 990, Left: 3, cost: 400},
			"basket": {Name: "basket", Cents: 2400, Left: 1, cost: 1100},
			"lamp":   {Name: "lamp", Cents: 1550, cost: 700},
		},
		next:     9007199254740993, // more than Lua's numbers hold exactly: scripts get all the digits
		supplier: func(context.Context, string) error { return nil },
	}
}

// Articles are all there are, by name.
func (s *Shop) Articles() []Article {
	var all []Article
	for _, a := range s.articles {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b Article) int { return a.Cents - b.Cents })
	return all
}

// Find looks for an article. In a script the second result is seldom needed: without an article the first is nil.
func (s *Shop) Find(name string) (Article, bool) {
	a, ok := s.articles[name]
	return a, ok
}

// Order places an order. ctx ends with the call of the action; the error goes to the script.
func (s *Shop) Order(ctx context.Context, lines []Line) (*Receipt, error) {
	if len(lines) == 0 {
		return nil, errors.New("an order needs at least one line")
	}
	receipt := &Receipt{Number: s.next, Lines: lines, Placed: time.Now()}
	for _, l := range lines {
		a, ok := s.articles[l.Article]
		switch {
		case !ok:
			return nil, fmt.Errorf("there is no article %q", l.Article)
		case l.Count < 1 || l.Count > a.Left:
			return nil, fmt.Errorf("%d of %s can't be ordered, %d are left", l.Count, l.Article, a.Left)
		}
		if err := s.supplier(ctx, l.Article); err != nil {
			return nil, err
		}
		receipt.Cents += l.Count * a.Cents
	}
	for _, l := range lines {
		a := s.articles[l.Article]
		a.Left -= l.Count
		s.articles[l.Article] = a
	}
	s.next++
	return receipt, nil
}

// Discounted is the sum of the lines after what the script's function takes off each article. The function fails where the script
// does, which is why it gives an error.
func (s *Shop) Discounted(lines []Line, discount func(Article) (int, error)) (int, error) {
	sum := 0
	for _, l := range lines {
		a, ok := s.articles[l.Article]
		if !ok {
			return 0, fmt.Errorf("there is no article %q", l.Article)
		}
		off, err := discount(a)
		if err != nil {
			return 0, err
		}
		sum += l.Count * (a.Cents - off)
	}
	return sum, nil
}

// Close is for the program, and no script can call it: it isn't listed.
func (s *Shop) Close() { s.articles = nil }
