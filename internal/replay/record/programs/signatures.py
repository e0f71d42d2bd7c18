"""Prints what rasa_sdk offers to actions: the event builders with their parameters and what they make, and the members of
the dispatcher, the tracker, the forms and the knowledge base."""

import datetime
import inspect
import json
import sys

from rasa_sdk import events
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import FormValidationAction, ValidationAction
from rasa_sdk.interfaces import Tracker
from rasa_sdk.knowledge_base.actions import ActionQueryKnowledgeBase
from rasa_sdk.knowledge_base.storage import InMemoryKnowledgeBase
from rasa_sdk.version import __version__

MOMENT = datetime.datetime(2030, 1, 2, 3, 4, 5)


def parameters(function):
    """Those without self. required: it has no default. rest: what takes all others."""
    found = []
    for p in inspect.signature(function).parameters.values():
        if p.name in ("self", "cls"):
            continue
        one = {"name": p.name}
        if p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
            one["rest"] = "named" if p.kind == p.VAR_KEYWORD else "positional"
        elif p.default is p.empty:
            one["required"] = True
        else:
            one["default"] = p.default
        found.append(one)
    return found


def builders():
    """Each with an event made of nothing but what is required, "given" for each."""
    found = {}
    for name, function in list(vars(events).items()):
        if inspect.isfunction(function) and function.__module__ == events.__name__ and name[0].isupper():
            described = parameters(function)
            given = {p["name"]: MOMENT if "date_time" in p["name"] else "given" for p in described if p.get("required")}
            found[name] = {"parameters": described, "event": function(**given)}
    return found


def members(kind, instance=None):
    """What has no underscore: functions with their parameters, properties, and what __init__ sets."""
    found = {}
    for name, member in inspect.getmembers(kind):
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            found[name] = {"property": True}
        elif callable(member):
            found[name] = {"parameters": parameters(member)}
    for name in vars(instance) if instance is not None else ():
        if not name.startswith("_"):
            found[name] = {"property": True}
    return found


def main():
    tracker = Tracker.from_dict({"sender_id": "me"})
    json.dump(
        {
            "rasa_sdk": __version__,
            "events": builders(),
            "dispatcher": members(CollectingDispatcher, CollectingDispatcher()),
            "tracker": members(Tracker, tracker),
            "current_state": list(tracker.current_state()),
            "form": members(FormValidationAction),
            "slots": members(ValidationAction),
            "knowledge_base": members(ActionQueryKnowledgeBase),
            "in_memory_knowledge_base": members(InMemoryKnowledgeBase),
        },
        sys.stdout,
        default=str,
    )


main()
