package rasa

import "github.com/luaction/luaction/rasa/jsondoc"

// kinds is a set of kinds that a key may have.
type kinds uint8

func (set kinds) has(k jsondoc.Kind) bool { return set&(1<<k) != 0 }

// The sets that rules need. anything is for a key that only has to be there.
const (
	anything     kinds = 0xff
	text         kinds = 1 << jsondoc.String
	textOrNull   kinds = text | 1<<jsondoc.Null
	number       kinds = 1 << jsondoc.Number
	numberOrNull kinds = number | 1<<jsondoc.Null
	yesOrNo      kinds = 1 << jsondoc.Bool
	list         kinds = 1 << jsondoc.Array
	object       kinds = 1 << jsondoc.Object
	objectOrNull kinds = object | 1<<jsondoc.Null
)

// String says the set as an author reads it: "a text or null".
func (set kinds) String() string {
	words := ""
	for k := jsondoc.Object; k >= jsondoc.Null; k-- {
		if set.has(k) && set != anything {
			if words != "" {
				words += " or "
			}
			words += article(k)
		}
	}
	return words
}

// rule is what Rasa asks of one key. Keys without a rule are free.
type rule struct {
	key      string
	kinds    kinds
	required bool
	whole    bool   // a number without a fraction
	inside   *shape // of an object, or of each item of a list
	special  func(jsondoc.Value) *Problem
}

// shape is what Rasa asks of an object.
type shape struct {
	noun  string // of shapes with required keys, such as "a slot event"
	rules []rule
}

// knownEvent is an event that Rasa's own list has.
type knownEvent struct {
	name  string
	since since
	shape *shape
}

// eventShape is the shape of an event: every one may have these two keys besides its own.
func eventShape(noun string, own ...rule) shape {
	return shape{noun: noun, rules: append(own,
		rule{key: "timestamp", kinds: numberOrNull},
		rule{key: "metadata", kinds: objectOrNull})}
}

var entityShape = shape{noun: "an entity", rules: []rule{
	{key: "entity", kinds: text, required: true},
	{key: "value", kinds: anything, required: true},
	{key: "start", kinds: number, whole: true},
	{key: "end", kinds: number, whole: true},
	{key: "confidence", kinds: number},
	{key: "extractor", kinds: textOrNull},
	{key: "role", kinds: textOrNull},
	{key: "group", kinds: textOrNull},
}}

var intentShape = shape{rules: []rule{
	{key: "name", kinds: text},
	{key: "confidence", kinds: number},
}}

var parseDataShape = shape{rules: []rule{
	{key: "text", kinds: textOrNull},
	{key: "intent", kinds: object, inside: &intentShape},
	{key: "intent_ranking", kinds: list, inside: &intentShape},
	{key: "entities", kinds: list, inside: &entityShape},
	{key: "response_selector", kinds: object, special: checkSelector},
}}

var (
	freeShape   = eventShape("an event")
	flowShape   = eventShape("an event", rule{key: "flow_id", kinds: text}, rule{key: "step_id", kinds: text})
	agentShape  = eventShape("an event", rule{key: "agent_id", kinds: text}, rule{key: "flow_id", kinds: text})
	statusShape = eventShape("an event", rule{key: "agent_id", kinds: text}, rule{key: "flow_id", kinds: text}, rule{key: "status", kinds: text})
	reasonShape = eventShape("an event", rule{key: "agent_id", kinds: text}, rule{key: "flow_id", kinds: text}, rule{key: "reason", kinds: text})
	startShape  = eventShape("an event", rule{key: "flow_id", kinds: text})
	stackShape  = eventShape("an event", rule{key: "update", kinds: text})

	slotShape = eventShape("a slot event",
		rule{key: "name", kinds: text, required: true},
		rule{key: "value", kinds: anything, required: true},
	)
	userShape = eventShape("an event",
		rule{key: "text", kinds: textOrNull},
		rule{key: "input_channel", kinds: textOrNull},
		rule{key: "message_id", kinds: textOrNull},
		rule{key: "parse_data", kinds: object, inside: &parseDataShape},
	)
	actionShape = eventShape("an event",
		rule{key: "name", kinds: textOrNull},
		rule{key: "policy", kinds: textOrNull},
		rule{key: "confidence", kinds: numberOrNull},
		rule{key: "action_text", kinds: textOrNull},
		rule{key: "hide_rule_turn", kinds: yesOrNo},
	)
	entitiesShape = eventShape("an entities event",
		rule{key: "entities", kinds: list, required: true, inside: &entityShape},
	)
)

// knownEvents is Rasa's own list, the frequent ones first. It is never changed.
var knownEvents = []knownEvent{
	{"slot", always, &slotShape},
	{"followup", always, &freeShape},
	{"active_loop", always, &freeShape},
	{"reminder", always, &freeShape},
	{"cancel_reminder", always, &freeShape},
	{"bot", always, &freeShape},
	{"user", always, &userShape},
	{"action", always, &actionShape},
	{"entities", always, &entitiesShape},
	{"restart", always, &freeShape},
	{"rewind", always, &freeShape},
	{"undo", always, &freeShape},
	{"reset_slots", always, &freeShape},
	{"pause", always, &freeShape},
	{"resume", always, &freeShape},
	{"export", always, &freeShape},
	{"session_started", always, &freeShape},
	{"action_execution_rejected", always, &freeShape},
	{"loop_interrupted", always, &freeShape},
	{"form", always, &freeShape},
	{"form_validation", always, &freeShape},
	{"agent", always, &freeShape},
	{"user_featurization", always, &freeShape},
	{"session_ended", endedSession, &freeShape},
	{"stack", proOnly, &stackShape},
	{"flow_started", proOnly, &startShape},
	{"flow_interrupted", proOnly, &flowShape},
	{"flow_resumed", proOnly, &flowShape},
	{"flow_completed", proOnly, &flowShape},
	{"flow_cancelled", proOnly, &flowShape},
	{"routing_session_ended", proOnly, &freeShape},
	{"error", proOnly, &freeShape},
	{"agent_started", agentEvents, &agentShape},
	{"agent_completed", agentEvents, &statusShape},
	{"agent_interrupted", agentEvents, &agentShape},
	{"agent_resumed", agentEvents, &agentShape},
	{"agent_cancelled", agentEvents, &reasonShape},
}

// EventNames are the values of the key event that the target knows. The caller owns the list.
func EventNames(target Target) []string {
	names := make([]string, 0, len(knownEvents))
	for i := range knownEvents {
		if target.knows(knownEvents[i].since) {
			names = append(names, knownEvents[i].name)
		}
	}
	return names
}
