package script

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
)

// mostNames is how many names one log line lists.
const mostNames = 50

// report writes what a swap means to the operator: one line for what is served, one for each problem that came or went.
func (l *Loader) report(old, new *Snapshot) {
	log := l.opts.Logger
	if old.Generation != new.Generation {
		added, changed, removed := difference(names(old), names(new))
		log.Info("scripts loaded", "generation", new.Generation, "hash", new.Hash, "actions", len(new.Actions),
			"libs", len(new.Libs), "added", shorten(added), "changed", shorten(changed), "removed", shorten(removed),
			"problems", new.Errors(), "files", len(new.Data))
	}
	before := map[Problem]bool{}
	for _, p := range old.Problems {
		before[p.undated()] = true
	}
	failing := map[string]bool{}
	for i := range new.Problems {
		p := &new.Problems[i]
		if !p.Warning {
			failing[p.Script] = true
		}
		if before[p.undated()] {
			continue
		}
		if p.Warning {
			logProblem(log, slog.LevelWarn, "script warning", p, new)
		} else {
			logProblem(log, slog.LevelError, "script problem", p, new)
		}
	}
	for _, p := range old.Problems {
		if !p.Warning && !failing[p.Script] {
			failing[p.Script] = true
			log.Info("script problem solved", "script", p.Script, "message", p.Message)
		}
	}
}

func (p Problem) undated() Problem {
	p.Since = Problem{}.Since
	return p
}

func logProblem(log *slog.Logger, level slog.Level, message string, p *Problem, s *Snapshot) {
	log.Log(context.Background(), level, message, "script", p.Script, "line", p.Line, "column", p.Column, "message", p.Message, "hint", p.Hint,
		"generation", s.Generation)
}

// names maps what a snapshot serves to the content it serves it with.
func names(s *Snapshot) map[string]string {
	all := make(map[string]string, len(s.Actions)+len(s.Libs)+len(s.Data))
	for name, a := range s.Actions {
		all[name] = a.Path + a.Sum
	}
	for name, lib := range s.Libs {
		// An action may bear a module's name; the slash can't be in either's.
		all["module/"+name] = lib.Path + lib.Sum
	}
	for path, data := range s.Data {
		if data.Sum != "" {
			all["file/"+path] = data.Sum
		}
	}
	return all
}

func difference(old, new map[string]string) (added, changed, removed []string) {
	for _, name := range slices.Sorted(maps.Keys(new)) {
		if before, ok := old[name]; !ok {
			added = append(added, name)
		} else if before != new[name] {
			changed = append(changed, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(old)) {
		if _, ok := new[name]; !ok {
			removed = append(removed, name)
		}
	}
	return added, changed, removed
}

func shorten(names []string) []string {
	if len(names) <= mostNames {
		return names
	}
	return append(slices.Clone(names[:mostNames]), fmt.Sprintf("and %d more", len(names)-mostNames))
}
