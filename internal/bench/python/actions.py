"""The measured actions for the Python SDK: what the Lua scripts of testdata/bench/scripts do, in the same steps."""

import asyncio
import re

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

SEATS = {"indoor": 40, "outdoor": 18, "bar": 6}
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")
BLANKS = re.compile(r"\s+")
OCCASION = re.compile(r"for our ([A-Za-z]+)")


class Book(Action):
    def name(self):
        return "action_bench_book"

    def run(self, dispatcher, tracker, domain):
        cuisine = tracker.get_slot("cuisine")
        number = tracker.get_slot("number")
        seating = tracker.get_slot("seating")
        city = next(tracker.get_latest_entity_values("city"), None)

        said = PUNCTUATION.sub(" ", tracker.latest_message["text"].lower())
        said = BLANKS.sub(" ", said).strip(" ")
        for word, value in NUMBERS.items():
            if f" {word} " in said:
                number = value
        found = OCCASION.search(said)
        occasion = found.group(1) if found else None

        free = seating in SEATS and number <= SEATS[seating]
        reference = "%s-%03d" % (cuisine[:2].upper(), len(said) * number)

        dispatcher.utter_message(
            text="A table for %d in %s, %s, %s: %s (ref. %s)."
            % (number, city, seating, cuisine, "there is one" if free else "none left", reference),
            buttons=[
                {"title": "Book it", "payload": '/book{"reference": "' + reference + '"}'},
                {"title": "Something else", "payload": "/ask_alternatives"},
            ],
        )
        return [SlotSet("city", city), SlotSet("number", number), SlotSet("feedback", occasion)]


class Loop(Action):
    def name(self):
        return "action_bench_loop"

    def run(self, dispatcher, tracker, domain):
        users, last = 0, None
        for event in tracker.events:
            if event["event"] == "user":
                users += 1
            elif event["event"] == "bot":
                last = event.get("text")
        return [SlotSet("number", users), SlotSet("feedback", last)]


def count(value):
    """Lua has no null: what is null is not there."""
    if isinstance(value, dict):
        return 1 + sum(count(inner) for inner in value.values() if inner is not None)
    if isinstance(value, list):
        return 1 + sum(count(inner) for inner in value if inner is not None)
    return 1


class Deep(Action):
    def name(self):
        return "action_bench_deep"

    def run(self, dispatcher, tracker, domain):
        n = count(tracker.slots) + count(tracker.latest_message) + count(tracker.events)
        return [SlotSet("number", n)]


class Noop(Action):
    def name(self):
        return "action_bench_noop"

    def run(self, dispatcher, tracker, domain):
        return []


class Wait(Action):
    def name(self):
        return "action_bench_wait"

    async def run(self, dispatcher, tracker, domain):
        await asyncio.sleep(0.1)
        return []
