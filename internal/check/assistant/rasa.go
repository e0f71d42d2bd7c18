package assistant

import (
	"slices"
	"strings"
)

// ownActions are the actions that Rasa brings along. One that the domain lists is taken for a custom action of the same name.
func ownActions() []string {
	return []string{
		"action_listen", "action_restart", "action_session_start", "action_default_fallback", "action_deactivate_loop",
		"action_revert_fallback_events", "action_default_ask_affirmation", "action_default_ask_rephrase", "action_two_stage_fallback",
		"action_unlikely_intent", "action_back", "action_extract_slots", "...",
		// Rasa Pro
		"action_send_text", "action_agent_request_user_input", "action_cancel_flow", "action_correct_flow_slot", "action_clarify_flows",
		"action_run_slot_rejections", "action_clean_stack", "action_trigger_flow", "action_trigger_search", "action_trigger_chitchat",
		"action_reset_routing", "action_hangup", "action_repeat_bot_messages", "action_continue_interrupted_flow",
		"action_cancel_interrupted_flows",
		// before Rasa 3
		"action_deactivate_form",
	}
}

// ownSlots are the slots that an assistant has without listing them.
func (d *Domain) ownSlots() []string {
	slots := []string{
		"requested_slot", "session_started_metadata",
		// Rasa Pro
		"language", "flow_hashes", "silence_timeout", "consecutive_silence_timeouts", "confirm_correction", "interrupted_flow_to_continue",
		"continue_interrupted_flow_confirmation", "mocked_datetime",
	}
	if _, listed := d.Actions["action_query_knowledge_base"]; listed {
		slots = append(slots, "knowledge_base_listed_objects", "knowledge_base_last_object", "knowledge_base_last_object_type")
	}
	return slots
}

func ownIntents() []string {
	return []string{"restart", "back", "out_of_scope", "session_start", "session_end", "silence_timeout", "nlu_fallback"}
}

// ownResponses are those of the conversation patterns of Rasa Pro.
func ownResponses() []string {
	return []string{
		"utter_ask_continue_interrupted_flow_confirmation", "utter_ask_interrupted_flow_to_continue", "utter_ask_rephrase",
		"utter_ask_still_there", "utter_boolean_slot_rejection", "utter_can_do_something_else", "utter_cannot_handle",
		"utter_categorical_slot_rejection", "utter_clarification_options_rasa", "utter_corrected_previous_input",
		"utter_float_slot_rejection", "utter_flow_cancelled_rasa", "utter_flow_continue_interrupted", "utter_free_chitchat_response",
		"utter_human_handoff_not_available", "utter_inform_code_change", "utter_inform_hangup", "utter_internal_error_rasa",
		"utter_no_knowledge_base", "utter_no_relevant_answer_found", "utter_skip_question_answer", "utter_user_input_empty_error_rasa",
		"utter_user_input_too_long_error_rasa",
	}
}

// isOwnAction says whether Rasa answers for an action without a script.
func (d *Domain) isOwnAction(name string) bool {
	return slices.Contains(ownActions(), name) || d.says(name) || has(d.Forms, name)
}

// says tells names of responses and texts from those of actions.
func (d *Domain) says(name string) bool {
	return strings.HasPrefix(name, "utter_") || has(d.Responses, name) || has(d.Texts, name)
}

func has(names map[string]Place, name string) bool {
	_, ok := names[name]
	return ok
}
