// Package spell finds the name that somebody probably meant.
package spell

import "strings"

// Nearest returns the known name that is nearest to word, or "" if none is near enough to be meant: at most a third of the
// longer name may differ, swapped neighbours count once, and case counts little.
func Nearest(word string, known []string) string {
	best, bestCost := "", 0
	if len(word) > longest {
		return "" // nothing is near it, and it may have megabytes
	}
	for _, name := range known {
		if name == word || len(name) > longest {
			continue
		}
		longer := max(len(name), len(word))
		limit := 10 * max(1, longer/3)
		cost := distance(strings.ToLower(word), strings.ToLower(name)) * 10
		if cost == 0 {
			cost = 1
		}
		if cost > limit || longer < 3 && cost > 1 {
			continue
		}
		if best == "" || cost < bestCost || cost == bestCost && name < best {
			best, bestCost = name, cost
		}
	}
	return best
}

// Distance counts the insertions, deletions, replacements and swaps of neighbours, in bytes, that lie between two words. Those
// longer than 64 bytes are all as far apart as the longer one is long.
func Distance(a, b string) int {
	if a == b {
		return 0
	}
	return distance(a, b)
}

// longest is up to how many bytes a name is compared with others.
const longest = 64

// distance counts insertions, deletions, replacements and swaps of neighbours, in bytes.
func distance(a, b string) int {
	if len(a) > longest || len(b) > longest {
		return max(len(a), len(b))
	}
	var rows [3][longest + 2]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
