package lesson_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/internal/lesson"
)

// TestCatalog holds the form of every lesson: whoever reads one finds what happens, why, and what to write.
func TestCatalog(t *testing.T) {
	t.Parallel()
	all := lesson.All()
	const least = 45
	if len(all) < least {
		t.Errorf("%d lessons, want at least %d", len(all), least)
	}
	shape := regexp.MustCompile(`^LA\d{3}$`)
	rules, messages, before := map[string]string{}, map[string]string{}, ""
	for _, l := range all {
		if !shape.MatchString(l.Code) || l.Code <= before {
			t.Errorf("%s stands behind %s", l.Code, before)
		}
		before = l.Code
		if l.Title == "" || l.Text == "" || l.Wrong == "" || l.Right == "" || l.Group == "" || strings.HasSuffix(l.Title, ".") {
			t.Errorf("%s is incomplete: %+v", l.Code, l)
		}
		if l.Only == "" && len(l.Messages)+len(l.Logged) == 0 || !slices.Contains([]string{"", "check", "test", "words"}, l.Only) {
			t.Errorf("%s: who finds it?", l.Code)
		}
		for _, rule := range l.Rules {
			if rules[rule] != "" {
				t.Errorf("the rule %s has two codes, %s and %s", rule, rules[rule], l.Code)
			}
			rules[rule] = l.Code
		}
		for _, m := range l.Messages {
			if messages[m] != "" || strings.Trim(m, " …") == "" {
				t.Errorf("%s: the message %q is in %s as well, or says nothing", l.Code, m, messages[m])
			}
			messages[m] = l.Code
		}
	}
}

// Each rule of check has a lesson, and each lesson's rules are there: those of the domain and of the configuration beside check's own.
func TestRules(t *testing.T) {
	t.Parallel()
	known := []string{"action-without-script", "action-not-in-domain", "not-in-domain", "validator-without-form", "broken-domain", "not-configured"}
	for _, rule := range check.Rules() {
		known = append(known, rule.Name)
	}
	for _, rule := range known {
		if _, ok := lesson.OfRule(rule); !ok {
			t.Errorf("the rule %s has no lesson", rule)
		}
	}
	for _, l := range lesson.All() {
		for _, rule := range l.Rules {
			if !slices.Contains(known, rule) {
				t.Errorf("%s: check has no rule %s", l.Code, rule)
			}
		}
	}
}
