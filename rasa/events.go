package rasa

import "slices"

// Default is what an event says for a parameter that was not given.
type Default uint8

// The defaults: null, {} and true.
const (
	DefaultNull Default = iota
	DefaultObject
	DefaultTrue
)

// EventParam is one parameter of a builder.
type EventParam struct {
	Name     string  // as the builder calls it, such as "intent_name"
	Key      string  // the event's key that it becomes, such as "intent"
	Required bool    // must be given and not be nil
	Default  Default // what goes out when it is not given
	Time     bool    // a moment, which goes out as ISO 8601 with an offset
	Negated  bool    // true or false, which goes out the other way round
}

// EventSpec says how an event is built. The event goes out with the keys event and timestamp, then Keys in that order.
// Every event may have metadata beside them, which goes last where Keys does not name it.
type EventSpec struct {
	Builder    string       // name of the builder, such as "SlotSet"
	Event      string       // value of the key event, such as "slot"
	Params     []EventParam // in the order of a positional call, timestamp among them
	Keys       []string     // keys besides event and timestamp, in the order in which they go out
	Deprecated string       // name of the builder to use instead; "" unless this one is deprecated
}

// Param is the parameter that a field of a call with named fields stands for, by its name or by its key; nil if there is
// none. What is not among the builder's own names is tried as a key, so intent stands for intent_name.
func (s *EventSpec) Param(field string) *EventParam {
	for i := range s.Params {
		if s.Params[i].Name == field {
			return &s.Params[i]
		}
	}
	for i := range s.Params {
		if s.Params[i].Key == field && !s.Params[i].Negated {
			return &s.Params[i]
		}
	}
	return nil
}

// EventSpecs are all builders, with their deprecated aliases, in the order of the reference's documentation. The caller
// owns what it gets.
func EventSpecs() []EventSpec {
	at := EventParam{Name: "timestamp", Key: "timestamp"}
	plain := []EventParam{at}
	metadata := optional("metadata", "metadata")
	return []EventSpec{
		spec("SlotSet", "slot", []string{"name", "value"}, required("key", "name"), optional("value", "value"), at),
		spec("AllSlotsReset", "reset_slots", nil, plain...),
		spec("FollowupAction", "followup", []string{"name"}, required("name", "name"), at),
		spec("Restarted", "restart", nil, plain...),
		spec("SessionStarted", "session_started", nil, plain...),
		spec("SessionEnded", "session_ended", []string{"metadata"}, at, metadata),
		spec("UserUtteranceReverted", "rewind", nil, plain...),
		spec("ActionReverted", "undo", nil, plain...),
		spec("StoryExported", "export", nil, plain...),
		spec("ConversationPaused", "pause", nil, plain...),
		spec("ConversationResumed", "resume", nil, plain...),
		spec("ActiveLoop", "active_loop", []string{"name"}, optional("name", "name"), at),
		deprecated("ActiveLoop", spec("Form", "active_loop", []string{"name"}, optional("name", "name"), at)),
		spec("LoopInterrupted", "loop_interrupted", []string{"is_interrupted"}, required("is_interrupted", "is_interrupted"), at),
		deprecated("LoopInterrupted", spec("FormValidation", "loop_interrupted", []string{"is_interrupted"},
			EventParam{Name: "validate", Key: "is_interrupted", Required: true, Negated: true}, at)),
		spec("ActionExecuted", "action", []string{"name", "policy", "confidence"},
			optional("action_name", "name"), optional("policy", "policy"), optional("confidence", "confidence"), at),
		spec("ActionExecutionRejected", "action_execution_rejected", []string{"name", "policy", "confidence"},
			required("action_name", "name"), optional("policy", "policy"), optional("confidence", "confidence"), at),
		spec("ReminderScheduled", "reminder", []string{"intent", "entities", "date_time", "name", "kill_on_user_msg"},
			required("intent_name", "intent"),
			EventParam{Name: "trigger_date_time", Key: "date_time", Required: true, Time: true},
			optional("entities", "entities"), optional("name", "name"),
			EventParam{Name: "kill_on_user_message", Key: "kill_on_user_msg", Default: DefaultTrue}, at),
		spec("ReminderCancelled", "cancel_reminder", []string{"intent", "entities", "name"},
			optional("name", "name"), optional("intent_name", "intent"), optional("entities", "entities"), at),
		spec("UserUttered", "user", []string{"text", "parse_data", "input_channel"},
			optional("text", "text"), EventParam{Name: "parse_data", Key: "parse_data", Default: DefaultObject}, at,
			optional("input_channel", "input_channel")),
		spec("BotUttered", "bot", []string{"text", "data", "metadata"},
			optional("text", "text"), optional("data", "data"), metadata, at),
		spec("AgentUttered", "agent", []string{"text", "data"}, optional("text", "text"), optional("data", "data"), at),
	}
}

func spec(builder, event string, keys []string, params ...EventParam) EventSpec {
	return EventSpec{Builder: builder, Event: event, Params: slices.Clone(params), Keys: keys}
}

func deprecated(instead string, s EventSpec) EventSpec {
	s.Deprecated = instead
	return s
}

func required(name, key string) EventParam { return EventParam{Name: name, Key: key, Required: true} }

func optional(name, key string) EventParam { return EventParam{Name: name, Key: key} }

// ResponseKeys are the keys that every response of a dispatcher has, in the order in which they go out. buttons and
// elements are [] when not given, custom is {}, the others null.
func ResponseKeys() []string {
	return []string{"text", "buttons", "elements", "custom", "template", "response", "image", "attachment"}
}
