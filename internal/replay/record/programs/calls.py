"""Makes the gRPC calls of one case, in order, and prints what came back.

In: a list of {"grpc": …, "wait": seconds}; the argument is the server's address. Out: for each call {"code", "details",
"message"}, or "messages" for a stream. response_ids are named <id1>, <id2> in the order in which they come.
"""

import json
import sys
import time

import grpc
from google.protobuf import json_format
from grpc_health.v1 import health_pb2, health_pb2_grpc
from rasa_sdk.grpc_py import action_webhook_pb2 as messages
from rasa_sdk.grpc_py import action_webhook_pb2_grpc as services

PATIENCE = 30

REQUEST_OF = {
    "Webhook": messages.WebhookRequest,
    "WebhookStream": messages.WebhookRequest,
    "Actions": messages.ActionsRequest,
    "AckStreamChunks": messages.StreamChunkAck,
    "health": health_pb2.HealthCheckRequest,
}


class Names:
    """Gives response_ids short names, and takes them back."""

    def __init__(self):
        self.of_id = {}

    def hide(self, value):
        if not isinstance(value, dict):
            return value
        shown = {}
        for key, inner in value.items():
            if key == "response_id":
                shown[key] = self.of_id.setdefault(inner, f"<id{len(self.of_id) + 1}>")
            else:
                shown[key] = self.hide(inner)
        return shown

    def show(self, value):
        if isinstance(value, dict):
            return {key: self.show(inner) for key, inner in value.items()}
        for real, name in self.of_id.items():
            if name == value:
                return real
        return value


def repeat(request, expansions):
    """The list at each pointer, so and so many times over."""
    for expansion in expansions:
        *way, last = expansion["at"].strip("/").split("/")
        place = request
        for part in way:
            place = place[int(part)] if isinstance(place, list) else place[part]
        place[last] = place[last] * expansion["times"]
    return request


class Caller:
    def __init__(self, address):
        channel = grpc.insecure_channel(address, options=[("grpc.max_receive_message_length", 1 << 26)])
        grpc.channel_ready_future(channel).result(timeout=PATIENCE)
        self.actions = services.ActionServiceStub(channel)
        self.health = health_pb2_grpc.HealthStub(channel)

    def method(self, name):
        return self.health.Check if name == "health" else getattr(self.actions, name)

    def call(self, call):
        request = repeat(call.get("request", {}), call.get("expand", []))
        options = {"timeout": call.get("timeout", PATIENCE)}
        if call.get("metadata"):
            options["metadata"] = tuple(call["metadata"].items())
        if call.get("compress"):
            options["compression"] = grpc.Compression.Gzip
        message = json_format.ParseDict(request, REQUEST_OF[call["method"]]())
        if call["method"] == "WebhookStream":
            return self.stream(message, options, call.get("during", []))
        try:
            answer = self.method(call["method"])(message, **options)
        except grpc.RpcError as error:
            return {"code": error.code().name, "details": details(error)}
        return {"code": "OK", "message": as_dict(answer)}

    def stream(self, message, options, during):
        names, came, result, hung_up = Names(), [], {"code": "OK"}, False
        stream = self.actions.WebhookStream(message, **options)
        try:
            for part in stream:
                came.append(names.hide(as_dict(part)))
                for todo in [d for d in during if d["after"] == len(came)]:
                    time.sleep(todo.get("delay", 0))
                    if todo.get("cancel"):
                        hung_up = True
                        stream.cancel()
                        continue
                    inner = json_format.ParseDict(names.show(todo["request"]), REQUEST_OF[todo["method"]]())
                    self.method(todo["method"])(inner, timeout=PATIENCE)
        except grpc.RpcError as error:
            result["code"] = error.code().name
            if not hung_up:
                result["details"] = details(error)
        result["messages"] = came
        return result


def as_dict(message):
    return json_format.MessageToDict(message, preserving_proto_field_name=True)


def details(error):
    """What is a JSON object is shown as one."""
    try:
        value = json.loads(error.details())
    except (TypeError, ValueError):
        return error.details()
    return value if isinstance(value, dict) else error.details()


def main():
    caller = Caller(sys.argv[1])
    answers = []
    for step in json.load(sys.stdin):
        time.sleep(step.get("wait") or 0)
        answers.append(caller.call(step["grpc"]))
    json.dump(answers, sys.stdout)


main()
