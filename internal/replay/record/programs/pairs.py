"""Runs Python that is written as on the page for people who come from the SDK: the body of an action's run, or whole classes.

In: a list of {"python": text, "call": request}. Out: for each {"status": …, "json": …}, as the SDK's server would answer.
"""

import asyncio
import datetime
import inspect
import json
import sys
import textwrap
import typing

import rasa_sdk
import rasa_sdk.events
import rasa_sdk.executor
import rasa_sdk.forms
import rasa_sdk.interfaces
import rasa_sdk.knowledge_base.actions
import rasa_sdk.knowledge_base.storage

# What an actions.py would import.
IMPORTS = [
    rasa_sdk, rasa_sdk.events, rasa_sdk.executor, rasa_sdk.forms, rasa_sdk.interfaces,
    rasa_sdk.knowledge_base.actions, rasa_sdk.knowledge_base.storage,
]


def namespace():
    names = {"__name__": "actions", "datetime": datetime, "json": json, "typing": typing}
    for module in IMPORTS:
        names.update((k, v) for k, v in vars(module).items() if not k.startswith("_") and not inspect.ismodule(v))
    return names


def action(python, name):
    """An instance of the last class that the text defines, or of one whose run is the text."""
    names = namespace()
    if "class " in python:
        before = set(map(id, names.values()))
        exec(compile(python, name, "exec"), names)
        kinds = [v for v in names.values() if inspect.isclass(v) and id(v) not in before and issubclass(v, rasa_sdk.Action)]
        return kinds[-1]()
    run = "async def run(self, dispatcher, tracker, domain):\n" + textwrap.indent(python, "    ")
    exec(compile(run, name, "exec"), names)
    return type("Example", (rasa_sdk.Action,), {"name": lambda self: name, "run": names["run"]})()


async def answer(python, call):
    executor = rasa_sdk.executor.ActionExecutor()
    executor.register_action(action(python, call["next_action"]))
    try:
        result = await executor.run(call)
    except rasa_sdk.interfaces.ActionExecutionRejection as e:
        return {"status": 400, "json": {"error": e.message, "action_name": e.action_name}}
    except Exception as e:  # the server answers 500
        return {"status": 500, "json": {"error": f"{type(e).__name__}: {e}"}}
    return {"status": 200, "json": result.model_dump()}


def main():
    answers = [asyncio.run(answer(p["python"], p["call"])) for p in json.load(sys.stdin)]
    json.dump(answers, sys.stdout)


main()
