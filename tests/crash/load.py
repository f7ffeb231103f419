"""The load of the crash test: senders in all three dialects, and people who write to the gateway.

Every request has a text of its own, numbered per chat, so that whatever turns up anywhere can be
traced to its request. A sender that loses its answer waits for the next run of the gateway; with an
idempotency key (Wapio) it then asks again under the same key, without one the outcome is unknown.
"""

import base64
import random
import threading
import time

from support.gateway import Lost
from support.pictures import png

# Texts are "<sender>/<person>/<number>"; the demo's own greetings hold no slash.
SEPARATOR = "/"
MEDIA_EVERY = 6


class Attempt:
    """One message that somebody wanted to send."""

    def __init__(self, channel, person, number, text, to_gateway):
        self.channel, self.person, self.number, self.text = channel, person, number, text
        self.to_gateway = to_gateway  # from a person; otherwise to one
        self.started = time.monotonic()
        self.state = "unknown"  # accepted, refused
        self.id = None          # 32 hex digits, of an accepted message of the gateway
        self.lost_answers = 0


class Gate:
    """Tells the senders when the gateway is there. Thread: any."""

    def __init__(self):
        self._changed = threading.Condition()
        self.run, self.last = 0, False
        self.gateway = None

    def open(self, gateway, last=False):
        with self._changed:
            self.run += 1
            self.gateway, self.last = gateway, last
            self._changed.notify_all()

    def wait(self, after):
        """The number of the first run after `after`."""
        with self._changed:
            self._changed.wait_for(lambda: self.run > after)
            return self.run


class Sender(threading.Thread):
    """Sends one message after the other. Subclasses say how."""

    channel = to_gateway = None

    def __init__(self, name, people, gate, seed, pace):
        super().__init__(name=name, daemon=True)
        self.people, self.attempts = people, []
        self.failure = None  # why this thread ended early
        self._gate, self._pace = gate, pace
        self._random = random.Random(f"{seed} {name}")
        self._numbers = dict.fromkeys(people, 0)
        self._open = None  # not yet answered, to be asked again

    def run(self):
        try:
            run, done = 0, False
            while not done:
                run = self._gate.wait(run)
                done = self._send_during(run)
        except BaseException as failure:  # the main thread reports it
            self.failure = failure

    def _send_during(self, run):
        """True after the last message of the last run."""
        gateway, last = self._gate.gateway, self._gate.last
        self.connect(gateway)
        try:
            while self._gate.run == run:
                for person in self.people if last else [self._random.choice(self.people)]:
                    self._send_one(person)
                if last and self._open is None:
                    return True
                time.sleep(self._random.uniform(0, 2 * self._pace))
        except Lost:
            pass
        return False

    def _send_one(self, person):
        attempt, self._open = self._open or self._next(person), None
        try:
            self.send(attempt)
        except Lost:
            attempt.lost_answers += 1
            if self.repeats:
                self._open = attempt
            raise

    def _next(self, person):
        self._numbers[person] += 1
        number = self._numbers[person]
        text = SEPARATOR.join([self.name, person, str(number)])
        attempt = Attempt(self.channel, person, number, text, self.to_gateway)
        self.attempts.append(attempt)
        return attempt

    def has_media(self, attempt):
        return attempt.number % MEDIA_EVERY == 0

    repeats = False

    def connect(self, gateway):
        raise NotImplementedError

    def send(self, attempt):
        raise NotImplementedError

    def settle(self, attempt, status, expected, message_id):
        """Notes the answer. 503 means: refused, without any effect."""
        if status == 503:
            attempt.state = "refused"
            raise Lost("the gateway is stopping")
        assert status == expected, f"{attempt.text} was answered {status}"
        known = message_id()
        assert attempt.id in (None, known), f"{attempt.text} is {attempt.id} and {known}"
        attempt.id, attempt.state = known, "accepted"


class WapioSender(Sender):
    channel, to_gateway, repeats = "phone", False, True

    def __init__(self, *arguments, files):
        super().__init__(*arguments)
        self._files = files
        self.replays = self.conflicts = 0

    def connect(self, gateway):
        self._client = gateway.client()
        self._key = gateway.demo["wapio"]["session_key"]

    def send(self, attempt):
        body = {"to": "+" + attempt.person}
        if self.has_media(attempt):
            body.update(imageUrl=self._files.add(attempt.text), caption=attempt.text)
        else:
            body.update(text=attempt.text)
        self._post(attempt, body)
        if self._random.random() < 0.1:
            self._post(attempt, body)
            self.replays += 1
        if self._random.random() < 0.02:
            status, _ = self._request(attempt, {"to": body["to"], "text": "something else"})
            assert status == 409, f"another body under the key of {attempt.text}: {status}"
            self.conflicts += 1

    def _post(self, attempt, body):
        status, answer = self._request(attempt, body)
        self.settle(attempt, status, 202, lambda: answer["msgId"].removeprefix("bps_msg_"))

    def _request(self, attempt, body):
        headers = {"Authorization": "Bearer " + self._key, "Idempotency-Key": attempt.text}
        return self._client.json("POST", "/api/send-message", body, headers)


class TwoChatSender(Sender):
    channel, to_gateway = "phone", False

    def __init__(self, *arguments, files):
        super().__init__(*arguments)
        self._files = files

    def connect(self, gateway):
        self._client = gateway.client()
        self._demo = gateway.demo["twochat"]

    def send(self, attempt):
        body = {"from_number": self._demo["number"], "to_number": "+" + attempt.person,
                "text": attempt.text}
        if self.has_media(attempt):
            body["url"] = self._files.add(attempt.text)
        headers = {"X-User-API-Key": self._demo["api_key"]}
        status, answer = self._client.json("POST", "/open/whatsapp/send-message", body, headers)
        self.settle(attempt, status, 200,
                    lambda: answer["message_uuid"].removeprefix("MSG").replace("-", ""))


class OneMsgSender(Sender):
    channel, to_gateway = "shop", False

    def connect(self, gateway):
        self._client = gateway.client()
        self._demo = gateway.demo["onemsg"]

    def send(self, attempt):
        body, method = {"phone": attempt.person, "body": attempt.text}, "sendMessage"
        if self.has_media(attempt):
            picture = base64.b64encode(png(attempt.text)).decode()
            body.update(body="data:image/png;base64," + picture, filename="picture.png",
                        caption=attempt.text)
            method = "sendFile"
        path = f"/{self._demo['channel_id']}/{method}?token={self._demo['token']}"
        status, answer = self._client.json("POST", path, body)
        self.settle(attempt, status, 200, lambda: id_of_wamid(answer["id"]))


class PersonSender(Sender):
    """People who write to the gateway's numbers, on their phones."""

    to_gateway = True

    def __init__(self, *arguments, channel, number):
        super().__init__(*arguments)
        self.channel, self._number = channel, number

    def connect(self, gateway):
        self._client = gateway.sim()

    def send(self, attempt):
        body = {"to": self._number, "kind": "text", "text": attempt.text}
        if self.has_media(attempt):
            picture = base64.b64encode(png(attempt.text)).decode()
            body.update(kind="image", media={"data": picture, "mime_type": "image/png"})
        path = f"/people/{attempt.person}/send"
        status, _ = self._client.json("POST", path, body)
        self.settle(attempt, status, 201, lambda: None)


def id_of_wamid(text):
    return base64.urlsafe_b64decode(text.removeprefix("wamid.") + "==").hex()


def wamid_of_id(message):
    return "wamid." + base64.urlsafe_b64encode(bytes.fromhex(message)).decode().rstrip("=")
