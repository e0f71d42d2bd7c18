package main

import (
	"fmt"
	"slices"
	"strings"
)

// The table is Markdown, so that it can go into docs/performance.md as it is printed.

func printHead(all servers) {
	fmt.Print("| cell | floor µs |")
	for _, p := range all[1:] {
		fmt.Printf(" %s |", p.name)
	}
	fmt.Printf(" %s req/s |\n|%s\n", all[len(all)-1].name, strings.Repeat(" --- |", len(all)+2))
}

// printCell prints the floor's CPU per request and each server's ratio to it: the median of the rounds, then the lowest and the highest.
func printCell(cell string, result [][]figures) {
	fmt.Printf("| %s | %.1f |", cell, median(each(result[0], func(f figures) float64 { return f.cpu })))
	for _, own := range result[1:] {
		ratios := make([]float64, len(own))
		for round := range own {
			ratios[round] = own[round].cpu / result[0][round].cpu
		}
		middle := median(ratios) // sorts them
		fmt.Printf(" %s (%s–%s) |", short(middle), short(ratios[0]), short(ratios[len(ratios)-1]))
	}
	fmt.Printf(" %.0f |\n", median(each(result[len(result)-1], func(f figures) float64 { return f.rate })))
}

func each(all []figures, f func(figures) float64) []float64 {
	values := make([]float64, len(all))
	for i := range all {
		values[i] = f(all[i])
	}
	return values
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// short writes a ratio with as many digits as mean something.
func short(ratio float64) string {
	switch {
	case ratio < 10:
		return fmt.Sprintf("%.2f", ratio)
	case ratio < 100:
		return fmt.Sprintf("%.1f", ratio)
	}
	return fmt.Sprintf("%.0f", ratio)
}
