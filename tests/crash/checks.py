"""What must hold after everything has drained. Each check adds sentences to `faults`."""

import urllib.parse
import uuid
from collections import Counter, defaultdict

from ledger import MAY, MUST
from load import SEPARATOR, id_of_wamid, wamid_of_id
from support.pictures import png

MOST_FAULTS_SHOWN = 20


class Checks:
    """`starts`: when each process was started; `kills`: when each was dead (monotonic seconds)."""

    def __init__(self, gateway, ledger, attempts, starts, kills):
        self._gateway, self._ledger, self._attempts = gateway, ledger, attempts
        self._starts, self._kills = starts, kills
        self.faults = []
        self.numbers = Counter()

    def run(self):
        self._ledger.update()
        self._check_attempts()
        self._check_inboxes()
        self._check_deliveries()
        self._check_order()
        self._check_media()
        self._check_wapio_reads()
        self._check_twochat_reads()
        self._check_onemsg_reads()

    def _fault(self, text):
        self.faults.append(text)

    # ------------------------------------------------------------------------ every message, once

    def _check_attempts(self):
        outboxes = {}
        for attempt in self._attempts:
            self.numbers[attempt.state] += 1
            self.numbers["lost answers"] += attempt.lost_answers
            if attempt.to_gateway:
                self._check_incoming(attempt, outboxes)
            elif attempt.state == "accepted":
                self._check_accepted(attempt)
            elif attempt.state == "refused" and self._ledger.ids_of(attempt.text):
                self._fault(f"{attempt.text} was refused with 503 and is there")
            ids = self._ledger.ids_of(attempt.text)
            if len(ids) > 1:
                self._fault(f"{attempt.text} has several ids: {sorted(ids)}")
            if ids and not self._ledger.is_complete(attempt):
                self._fault(f"{attempt.text}: subscribers were not told everything")
            self.numbers["unknown, sent"] += attempt.state == "unknown" and bool(ids)

    def _check_accepted(self, attempt):
        ids = self._ledger.ids_of(attempt.text)
        if ids != {attempt.id}:
            self._fault(f"{attempt.text} was accepted as {attempt.id}, told as {sorted(ids)}")

    # What the phone shows as sent, the gateway must have.
    def _check_incoming(self, attempt, outboxes):
        if attempt.person not in outboxes:
            rows = all_rows(self._gateway, attempt.person, "outbox")
            outboxes[attempt.person] = Counter(row["text"] for row in rows)
        sent = outboxes[attempt.person][attempt.text]
        told = len(self._ledger.ids_of(attempt.text))
        if attempt.state == "accepted" and sent != 1:
            self._fault(f"{attempt.text} was accepted by the phone, which shows it {sent} times")
        if sent != told:
            self._fault(f"{attempt.text}: the phone sent {sent}, the gateway received {told}")

    def _check_inboxes(self):
        outgoing = [a for a in self._attempts if not a.to_gateway]
        copies = defaultdict(list)
        order = defaultdict(list)
        for person in sorted({a.person for a in outgoing}):
            for row in all_rows(self._gateway, person, "inbox"):
                copies[row["text"]].append(row["id"].lower())
                order[row["from"], person].append(row["text"])
        for attempt in outgoing:
            ids = copies.pop(attempt.text, [])
            self.numbers["delivered"] += bool(ids)
            if attempt.state == "accepted" and not ids:
                self._fault(f"{attempt.text} was accepted and did not arrive")
            if len(set(ids)) > 1 or (attempt.id and ids and ids[0] != attempt.id):
                self._fault(f"{attempt.text} ({attempt.id}) arrived as {sorted(set(ids))}")
            extra = max(0, len(ids) - 1)
            self.numbers["extra copies at phones"] += extra
            if extra > self._kills_in_flight(attempt):
                self._fault(f"{attempt.text} arrived {len(ids)} times, and no kill explains it")
        for text in copies:
            self._fault(f"{text!r} arrived and was never sent")
        for chat, texts in order.items():
            self._check_ascending(f"the phone's chat {chat}", list(dict.fromkeys(texts)))

    # Once a subscriber was told that a message is sent, that is durable, and it is not sent again.
    def _kills_in_flight(self, attempt):
        told = [t.delivery.at for message in self._ledger.ids_of(attempt.text)
                for t in self._ledger.by_message[message][MUST[attempt.channel, False][0]]]
        until = min(told, default=float("inf"))
        return sum(attempt.started <= kill <= until for kill in self._kills)

    # ------------------------------------------------------------------------------- subscribers

    def _check_deliveries(self):
        expected = set(MAY).union(*MUST.values())
        for message, steps in self._ledger.by_message.items():
            for step, told in steps.items():
                if step not in expected:
                    self._fault(f"{message}: unexpected {step}")
                if len({t.delivery.id for t in told}) != 1:
                    self._fault(f"{message}: {step} has several delivery ids")
                if len({t.delivery.body for t in told}) != 1:
                    self._fault(f"{message}: the copies of {step} differ")
                self.numbers["deliveries"] += 1
                self.numbers["extra copies at subscribers"] += len(told) - 1
                for first, again in zip(told, told[1:]):
                    if not self._started_between(first.delivery.at, again.delivery.at):
                        self._fault(f"{message}: {step} came twice from one process")

    def _started_between(self, earlier, later):
        return any(earlier < start < later for start in self._starts)

    # Of one chat, only the delivery that was in flight can come again: its copies are neighbours.
    def _check_order(self):
        lanes = defaultdict(list)
        for told in self._ledger.told:
            lanes[told.delivery.path, told.chat].append(told)
        for lane, story in lanes.items():
            ids = [told.delivery.id for told in story]
            distinct = [i for n, i in enumerate(ids) if n == 0 or ids[n - 1] != i]
            if len(distinct) != len(set(distinct)):
                self._fault(f"{lane}: a delivery came again after a later one")
            for what in ("sent", "received"):
                texts = [told.text for told in story if told.what == what]
                self._check_ascending(f"{lane} {what}", list(dict.fromkeys(texts)))
        self.numbers["ordered lanes"] = len(lanes)

    def _check_ascending(self, where, texts):
        numbers = [int(text.split(SEPARATOR)[2]) for text in texts if SEPARATOR in text]
        if numbers != sorted(numbers):
            at = next(i for i in range(1, len(numbers)) if numbers[i] < numbers[i - 1])
            self._fault(f"{where} is out of order: {numbers[at - 1]}, {numbers[at]}")

    # ------------------------------------------------------------------------------------- media

    # Pictures that people sent are at the gateway, those that the gateway sent are at the phones.
    def _check_media(self):
        client = self._gateway.client()
        for told in self._ledger.told:
            if told.media and told.what == "received":
                path = urllib.parse.urlsplit(told.media).path
                self._check_picture(told.text, client.request("GET", path))
        sim = self._gateway.sim()
        for person in sorted({a.person for a in self._attempts if not a.to_gateway}):
            for row in all_rows(self._gateway, person, "inbox"):
                if "media" in row:
                    path = urllib.parse.urlsplit(row["media"]["url"]).path
                    self._check_picture(row["text"], sim.request("GET", path))
        if not self.numbers["pictures"]:
            self._fault("no picture came through")

    def _check_picture(self, text, answer):
        self.numbers["pictures"] += 1
        status, _, content = answer
        if status != 200 or content != png(text):
            self._fault(f"the picture of {text} is {status} and {len(content)} bytes of its own")

    # ------------------------------------------------------------------------------------- reads

    def _accepted(self, name):
        return [a for a in self._attempts if a.state == "accepted" and a.text.startswith(name)]

    def _check_wapio_reads(self):
        client = self._gateway.client()
        headers = {"Authorization": "Bearer " + self._gateway.demo["wapio"]["session_key"]}
        for attempt in self._accepted("wapio"):
            path = f"/api/messages/bps_msg_{attempt.id}/info"
            status, info = client.json("GET", path, headers=headers)
            if status != 200 or info["status"] != "delivered":
                self._fault(f"{attempt.text}: message info is {status} {info}")

    def _check_twochat_reads(self):
        client, demo = self._gateway.client(), self._gateway.demo["twochat"]
        headers = {"X-User-API-Key": demo["api_key"]}
        accepted = self._accepted("twochat")
        for person in {a.person for a in accepted}:
            listed, page, more = [], 0, True
            while more:
                path = f"/open/whatsapp/messages/{demo['number']}/+{person}?page_number={page}"
                status, answer = client.json("GET", path, headers=headers)
                assert status == 200, f"{path}: {status}"
                more = len(answer["messages"]) > 0
                listed += answer["messages"]
                page += 1
            ids = [uuid.UUID(m["uuid"].removeprefix("MSG")).hex for m in listed]
            wanted = [a.id for a in accepted if a.person == person]
            self._check_listed("2Chat's messages", wanted, ids)
            texts = [m["message"].get("text") for m in reversed(listed)]
            self._check_ascending(f"2Chat's messages with {person}", texts)

    def _check_onemsg_reads(self):
        client, demo = self._gateway.client(), self._gateway.demo["onemsg"]
        token, base = f"token={demo['token']}", f"/{demo['channel_id']}"
        accepted = self._accepted("onemsg")
        ids, number, more = [], 0, True
        while more:
            path = f"{base}/messages?{token}&limit=100&lastMessageNumber={number}"
            status, answer = client.json("GET", path)
            assert status == 200, f"{path}: {status}"
            numbers = [m["messageNumber"] for m in answer["messages"]]
            if numbers != sorted(set(numbers)) or any(n <= number for n in numbers):
                self._fault(f"1MSG's message numbers do not grow after {number}: {numbers}")
            more = len(numbers) > 0
            number = numbers[-1] if more else number
            ids += [id_of_wamid(m["id"]) for m in answer["messages"]]
        self._check_listed("1MSG's messages", [a.id for a in accepted], ids)
        for attempt in accepted:
            query = f"messageId={wamid_of_id(attempt.id)}&{token}"
            status, answer = client.json("GET", f"{base}/hookInfo?{query}")
            reached = [hook["status"] for hook in answer.get("hooks", [])]
            if status != 200 or reached.count("delivered") != 1:
                self._fault(f"{attempt.text}: hookInfo is {status} {answer}")

    def _check_listed(self, where, wanted, listed):
        counts = Counter(listed)
        for message in wanted:
            if counts[message] != 1:
                self._fault(f"{where} list {message} {counts[message]} times")

    def report(self):
        for fault in self.faults[:MOST_FAULTS_SHOWN]:
            print("FAULT", fault)
        if len(self.faults) > MOST_FAULTS_SHOWN:
            print(f"... and {len(self.faults) - MOST_FAULTS_SHOWN} more faults")


def all_rows(gateway, person, box):
    """Every row of a person's inbox or outbox."""
    client, after, rows = gateway.sim(), 0, []
    while True:
        status, answer = client.json("GET", f"/people/{person}/{box}?after={after}&limit=1000")
        assert status == 200, f"{box} of {person}: {status}"
        if not answer["messages"]:
            return rows
        rows += answer["messages"]
        after = rows[-1]["seq"]
