package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/spell"
)

// sent is a table that Rasa sends, with the names that it usually has; Rasa may send more.
type sent uint8

const (
	notSent sent = iota
	aMessage
	anIntent
	anEntity
	aLoop
	aDomain
)

// names are those that the table usually has.
func (s sent) names() []string {
	switch s {
	case aMessage:
		return []string{"text", "intent", "entities", "intent_ranking", "metadata", "message_id", "response_selector", "commands", "channel", "sender_id", "entity"}
	case anIntent:
		return []string{"name", "confidence", "full_retrieval_intent_name"}
	case anEntity:
		return []string{"entity", "value", "role", "group", "start", "end", "extractor", "processors", "confidence", "confidence_entity", "confidence_role", "confidence_group"}
	case aLoop:
		return []string{"name", "is_interrupted", "trigger_message", "rejected", "validate"}
	case aDomain:
		return []string{"version", "config", "session_config", "actions", "e2e_actions", "intents", "entities", "slots", "responses", "forms", "flows"}
	case notSent:
	}
	return nil
}

// part is what a table that Rasa sends has under a name, false if nothing special.
func (s sent) part(name string) (typ, bool) {
	switch {
	case s == aMessage && name == "intent":
		return typ{kind: isTable, data: true, sent: anIntent}, true
	case s == aMessage && name == "entities":
		return typ{kind: isTable, data: true, list: true, item: &typ{kind: isTable, data: true, sent: anEntity}}, true
	}
	return typ{}, false
}

// checkMessageKey finds misspelt keys of what Rasa sends. It may send more than is known, so only near ones count.
func (p *pass) checkMessageKey(n *tree.Index, owner typ, key *tree.String) {
	const short = 3
	known := owner.sent.names()
	if slices.Contains(known, key.Value) || len(key.Value) < short || p.own[key.Value] {
		return
	}
	if near := spell.Nearest(key.Value, known); near != "" {
		p.warn("unknown-member", key, fmt.Sprintf("`%s` usually has no `%s`", p.text(n.X), key.Value), "did you mean `"+near+"`?")
	}
}

// checkListKey finds list.name, where a list of the API has items only.
func (p *pass) checkListKey(n *tree.Index, owner typ, key *tree.String, call *tree.Call) bool {
	if !owner.list || !owner.data || owner.kind != isTable || call != nil || p.own[key.Value] {
		return false
	}
	x := p.text(n.X)
	hint := fmt.Sprintf("its items are `%s[1]`, `%s[2]` …; go through them with `for i, item in ipairs(%s) do`", x, x, x)
	switch {
	case slices.Contains([]string{"length", "len", "size", "count", "n"}, key.Value):
		hint = "write `#" + x + "`"
	case owner.item != nil && owner.item.sent == anEntity && !slices.Contains(anEntity.names(), key.Value):
		hint = fmt.Sprintf("write `tracker:get_latest_entity_values(%q)[1]`", key.Value)
	}
	p.warn("unknown-member", key, fmt.Sprintf("`%s` is a list, which has no `%s`", x, key.Value), hint)
	return true
}

// checkIntentName finds comparisons of an intent's name with "/greet". It tells whether e is such a name.
func (p *pass) checkIntentName(e, other tree.Expr) {
	s, ok := tree.Plain(other).(*tree.String)
	if !ok || len(s.Value) < 2 || s.Value[0] != '/' || !p.isIntentName(e) {
		return
	}
	p.warn("comparison", s, "the name of an intent has no slash here", fmt.Sprintf("write %q", strings.TrimPrefix(s.Value, "/")))
}

func (p *pass) isIntentName(e tree.Expr) bool {
	switch e := p.value(e).(type) {
	case *tree.Call:
		fn := p.callee(e)
		return fn.member != nil && fn.module.Name == "tracker" && fn.member.Name == "get_intent_of_latest_message"
	case *tree.Index:
		key, ok := e.Key.(*tree.String)
		return ok && key.Value == "name" && p.typeOf(e.X).sent == anIntent
	}
	return false
}
