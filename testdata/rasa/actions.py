import datetime

from rasa_sdk import Action, FormValidationAction, ValidationAction
from rasa_sdk.events import ActionExecuted, FollowupAction, ReminderScheduled, SessionStarted, SlotSet
from rasa_sdk.interfaces import ActionExecutionRejection


class SessionStart(Action):
    def name(self):
        return "action_session_start"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Welcome.")
        return [SessionStarted(), SlotSet("sessions", (tracker.get_slot("sessions") or 0) + 1), ActionExecuted("action_listen")]


class ValidateSlots(ValidationAction):
    def validate_city(self, value, dispatcher, tracker, domain):
        return {"city": value.upper() if value else None}


class ValidatePizzaForm(FormValidationAction):
    def name(self):
        return "validate_pizza_form"

    def validate_size(self, value, dispatcher, tracker, domain):
        if value in ("small", "large"):
            return {"size": value}
        dispatcher.utter_message(response="utter_wrong_size", size=value)
        return {"size": None}

    def validate_toppings(self, value, dispatcher, tracker, domain):
        if value == "nothing":
            raise ActionExecutionRejection(self.name(), "a pizza needs something")
        return {"toppings": [part.strip() for part in value.split(",")]}


class AskToppings(Action):
    def name(self):
        return "action_ask_toppings"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="With what?", buttons=[{"title": "Cheese", "payload": "cheese"}])
        return []


class Order(Action):
    def name(self):
        return "action_order"

    def run(self, dispatcher, tracker, domain):
        toppings = " and ".join(tracker.get_slot("toppings"))
        dispatcher.utter_message(text=f"One {tracker.get_slot('size')} pizza with {toppings}.")
        return [SlotSet("size", None), SlotSet("toppings", None)]


class Reject(Action):
    def name(self):
        return "action_reject"

    def run(self, dispatcher, tracker, domain):
        raise ActionExecutionRejection(self.name())


class Fail(Action):
    def name(self):
        return "action_fail"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="nobody reads this")
        raise ValueError("on purpose")


class Follow(Action):
    def name(self):
        return "action_follow"

    def run(self, dispatcher, tracker, domain):
        return [FollowupAction("utter_followed")]


class Remind(Action):
    def name(self):
        return "action_remind"

    def run(self, dispatcher, tracker, domain):
        at = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1)
        dispatcher.utter_message(text="In a second.")
        return [ReminderScheduled("EXTERNAL_due", at, entities={"city": "Ulm"}, name="soon", kill_on_user_message=False)]


class Due(Action):
    def name(self):
        return "action_due"

    def run(self, dispatcher, tracker, domain):
        city = next(tracker.get_latest_entity_values("city"), None)
        dispatcher.utter_message(text=f"It is time for {city}.")
        return []
