package events

import (
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
)

// New returns the module, whose members are globals as well: SlotSet is events.SlotSet.
func New(s *luaapi.Session) luaapi.Module {
	m := luaapi.Module{
		Name: "events",
		Bare: true,
		Doc:  "Makes the events that an action returns. Each builder is a name of its own, too: SlotSet for events.SlotSet.",
	}
	all := plans()
	m.Members = make([]luaapi.Member, len(all))
	for i := range all {
		p := &all[i]
		m.Members[i] = luaapi.Member{
			Name: p.spec.Builder, Params: p.params, Returns: "event", Doc: p.about.doc, Example: p.about.example,
			Named: true, Func: (&builder{plan: p, s: s}).build,
		}
	}
	return m
}

// param declares a parameter of a builder. The builder checks less than that: Rasa has the last word.
func param(p *rasa.EventParam) luaapi.Param {
	declared := luaapi.Param{Name: p.Name, Type: "any", Optional: !p.Required}
	switch p.Name {
	case "key":
		declared.Type, declared.Doc = "string", "The slot's name."
	case "name":
		declared.Type, declared.Doc = "string", "The name."
	case "value":
		declared.Doc = "The value; nil clears the slot."
	case "text":
		declared.Type, declared.Doc = "string", "What was said."
	case "input_channel":
		declared.Type, declared.Doc = "string", "By which channel it came."
	case "action_name":
		declared.Type, declared.Doc = "string", "The action."
	case "intent_name":
		declared.Type, declared.Doc = "string", "The intent that Rasa sends to itself."
	case "policy":
		declared.Type, declared.Doc = "string", "Which policy chose it."
	case "confidence":
		declared.Type, declared.Doc = "number", "How sure the policy was, 0 to 1."
	case "timestamp":
		declared.Type, declared.Doc = "number", "When it happened, in seconds since 1970; Rasa fills it in."
	case "trigger_date_time":
		declared.Type, declared.Doc = "moment|string|number", "When: a time, an ISO text (without offset in the configured zone) or seconds since 1970."
	case "kill_on_user_message":
		declared.Type, declared.Doc = "boolean", "Whether a message of the user cancels it, true unless given."
	case "is_interrupted":
		declared.Type, declared.Doc = "boolean", "Whether it was."
	case "validate":
		declared.Type, declared.Doc = "boolean", "Whether it does."
	case "metadata", "data":
		declared.Type, declared.Doc = "table", "What else is to be kept with it."
	case "entities":
		declared.Type, declared.Doc = "table", "The entities that go with the intent: { name = value }."
	case "parse_data":
		declared.Type, declared.Doc = "table", "What was understood: intent, entities, …"
	}
	return declared
}

// fields declares the names in the table that may come in the place of all parameters: theirs, the event's own keys, and
// metadata.
func fields(spec *rasa.EventSpec, params []luaapi.Param) []luaapi.Field {
	var all []luaapi.Field
	for i, p := range params {
		// With two names for the same, neither of them must be there.
		all = append(all, luaapi.Field{Name: p.Name, Type: p.Type, Doc: p.Doc, Required: !p.Optional && spec.Params[i].Key == p.Name})
	}
	for i, p := range params {
		key := spec.Params[i].Key
		if spec.Param(key) == &spec.Params[i] && key != p.Name {
			all = append(all, luaapi.Field{Name: key, Type: p.Type, Doc: "The same as " + p.Name + "."})
		}
	}
	if spec.Param("metadata") == nil {
		all = append(all, luaapi.Field{Name: "metadata", Type: "table", Doc: "What else is to be kept with the event."})
	}
	return all
}

type about struct{ doc, example string }

// abouts are the texts of the reference, by builder.
func abouts() map[string]about {
	return map[string]about{
		"SlotSet":                 {"Sets a slot; without a value, or with nil, clears it.", `return { SlotSet("cuisine", "thai") }`},
		"AllSlotsReset":           {"Clears all slots.", `return { AllSlotsReset() }`},
		"FollowupAction":          {"Names the action that Rasa runs next.", `return { FollowupAction("action_listen") }`},
		"Restarted":               {"Begins the conversation anew: its history and its slots are gone.", `return { Restarted() }`},
		"SessionStarted":          {"Begins a new session.", `return { SessionStarted() }`},
		"SessionEnded":            {"Ends the session.", `return { SessionEnded { metadata = { reason = "done" } } }`},
		"UserUtteranceReverted":   {"Takes back the user's last message and all that came after it.", `return { UserUtteranceReverted() }`},
		"ActionReverted":          {"Takes back the bot's last action.", `return { ActionReverted() }`},
		"StoryExported":           {"Has Rasa write the conversation to a file.", `return { StoryExported() }`},
		"ConversationPaused":      {"Stops the bot from answering, until ConversationResumed.", `return { ConversationPaused() }`},
		"ConversationResumed":     {"Has the bot answer again.", `return { ConversationResumed() }`},
		"ActiveLoop":              {"Activates a form; without a name, or with nil, ends the active one.", `return { ActiveLoop("order_form") }`},
		"Form":                    {"Activates a form.", `return { Form("order_form") }`},
		"LoopInterrupted":         {"Says whether the active form was interrupted.", `return { LoopInterrupted(true) }`},
		"FormValidation":          {"Says whether the active form checks the user's input.", `return { FormValidation(true) }`},
		"ActionExecuted":          {"Says that an action ran, without running it.", `return { ActionExecuted("action_listen") }`},
		"ActionExecutionRejected": {"Says that an action would not run, so that Rasa chooses another one.", `return { ActionExecutionRejected("order_form") }`},
		"ReminderScheduled": {"Has Rasa send an intent to itself at a given time.",
			`return { ReminderScheduled("EXTERNAL_remind", "2030-05-06T07:08:09+02:00", nil, "remind_me") }`},
		"ReminderCancelled": {"Cancels the reminders with this name, intent and entities; all of them without any.", `return { ReminderCancelled("remind_me") }`},
		"UserUttered":       {"Puts a message of the user into the conversation.", `return { UserUttered("hello", { intent = { name = "greet", confidence = 1 } }) }`},
		"BotUttered":        {"Puts a message of the bot into the conversation, without sending it.", `return { BotUttered("hello") }`},
		"AgentUttered":      {"Puts a message of a human agent into the conversation.", `return { AgentUttered("How can I help?") }`},
	}
}
