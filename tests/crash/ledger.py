"""What the subscribers were told, in one vocabulary for the three dialects."""

import json
import uuid
from collections import defaultdict

from load import id_of_wamid


class Told:
    """One delivery: `what` is sent, received, or the status of a message."""

    def __init__(self, delivery, what, message, chat, text=None, media=None):
        self.delivery, self.what, self.message = delivery, what, message
        self.chat, self.text = chat, text
        self.media = media  # the URL of the gateway's copy


def read_wapio(delivery, body):
    event, data, media = body["event"], body["data"], None
    if event == "messages.update":
        key = data[0]["key"]
        what, text = "status " + data[0]["update"]["status"], None
    else:
        item = data if event == "message.sent" else data["messages"]
        key, text = item["key"], item["messageBody"]
        media = item["message"].get("imageMessage", {}).get("url")
        what = {"message.sent": "sent", "messages.received": "received"}[event]
    chat = key["remoteJid"].removesuffix("@s.whatsapp.net")
    return Told(delivery, what, key["id"].removeprefix("bps_msg_"), chat, text, media)


def read_twochat(delivery, body):
    what = {"whatsapp.message.sent": "sent", "whatsapp.message.received": "received"}[body["event"]]
    message = uuid.UUID(body["uuid"].removeprefix("MSG")).hex
    chat = body["remote_phone_number"].removeprefix("+")
    media = body["message"].get("media", {}).get("url")
    return Told(delivery, what, message, chat, body["message"].get("text"), media)


def read_onemsg(delivery, body):
    if "ack" in body:
        item = body["ack"][0]
        what, text, media = "status " + item["status"], None, None
    else:
        item = body["messages"][0]
        what = "sent" if item["fromMe"] else "received"
        is_text = item["type"] == "chat"
        text, media = (item["body"], None) if is_text else (item["caption"], item["body"])
    chat = item["chatId"].removesuffix("@c.us")
    return Told(delivery, what, id_of_wamid(item["id"]), chat, text, media)


READERS = {
    "/wapio": read_wapio,
    "/twochat/sent": read_twochat,
    "/twochat/received": read_twochat,
    "/onemsg": read_onemsg,
}

# What each subscriber must be told about a message; anything else in `MAY` is possible.
MUST = {
    ("phone", False): [("/twochat/sent", "sent"), ("/wapio", "sent"), ("/wapio", "status delivered")],
    ("shop", False): [("/onemsg", "sent"), ("/onemsg", "status delivered")],
    ("phone", True): [("/twochat/received", "received"), ("/wapio", "received")],
    ("shop", True): [("/onemsg", "received")],
}
# The receipt may overtake the network's answer to a send: then the first step told is "delivered".
MAY = {("/wapio", "status sent"), ("/onemsg", "status sent")}


class Ledger:
    """Follows the receiver's list. Thread: one."""

    def __init__(self, receiver):
        self._receiver, self._read = receiver, 0
        self.told = []
        self.by_message = defaultdict(lambda: defaultdict(list))  # id -> (path, what) -> [Told]
        self.by_text = defaultdict(set)  # text -> ids

    def update(self):
        deliveries = self._receiver.deliveries
        while self._read < len(deliveries):
            delivery = deliveries[self._read]
            self._read += 1
            told = READERS[delivery.path](delivery, json.loads(delivery.body))
            self.told.append(told)
            self.by_message[told.message][delivery.path, told.what].append(told)
            if told.text is not None:
                self.by_text[told.text].add(told.message)

    def ids_of(self, text):
        return self.by_text.get(text, set())

    def is_complete(self, attempt):
        """Whether every subscriber was told everything about the message."""
        ids = self.ids_of(attempt.text)
        if not ids:
            return False
        steps = self.by_message[next(iter(ids))]
        return all(step in steps for step in MUST[attempt.channel, attempt.to_gateway])
