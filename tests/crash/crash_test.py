#!/usr/bin/env python3
"""Kills the server under load, again and again on one data folder, and checks afterwards that
nothing acknowledged is missing and nothing came twice without a kill that explains it.

  crash_test.py BINARY [--rounds N] [--seed N] [--parts setup,stops,kills] [--keep]

A round starts the server, lets senders in all three dialects and people on their phones write to it,
and kills it: every second time at a random moment, otherwise at a named point inside the server
(src/base/crash_point.h). The senders and the webhook receiver live on. A second part does the same
with SIGTERM instead, where nothing at all may come twice.

The points of Cloud API channels (after_attempt_before_send, after_inbox_before_answer, and the others on
their way) are hit in tests/cloud_test.py, where the network is a process of its own: what Meta does with
a webhook that was not answered is half of what is to be seen.
"""

import argparse
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from checks import Checks  # noqa: E402
from ledger import Ledger  # noqa: E402
from load import Gate, OneMsgSender, PersonSender, TwoChatSender, WapioSender  # noqa: E402
from support.gateway import Died, Gateway, wait_until  # noqa: E402
from support.pictures import png  # noqa: E402
from support.receiver import Receiver  # noqa: E402

# Each point, and the highest count at which a round may kill there.
POINTS = {
    "after_fetch_before_accept": 4,
    "before_commit": 60,
    "after_commit_before_resume": 60,
    "after_commit_before_reply": 20,
    "after_send_before_status": 20,
    "after_media_before_report": 3,
    "after_report_before_acknowledge": 20,
    "after_post_before_done": 40,
    "before_merge_step": 12,
}
HITS_WANTED = 3
POINT_WITHIN = 4.0   # seconds of load in which a named point is reached
DRAIN_WITHIN = 60.0
PACE = 0.025         # seconds between two requests of one sender, on average
GRACEFUL_RUNS = 4
SETUP_COMMITS = (1, 2, 3, 5, 8)


class Files:
    """Pictures that the gateway fetches."""

    def __init__(self, receiver):
        self._receiver = receiver

    def add(self, text):
        path = "/files/" + text + ".png"
        self._receiver.files[path] = ("image/png", png(text))
        return self._receiver.url + path


class World:
    """A gateway with its subscribers and senders."""

    def __init__(self, binary, folder, seed):
        self.gateway = Gateway(binary, folder)
        self.receiver = Receiver()
        self.ledger = Ledger(self.receiver)
        self.gate = Gate()
        self.starts, self.kills, self.start_times = [], [], []
        self._make_senders(seed)

    def _make_senders(self, seed):
        people = iter(f"1555{number:05}" for number in range(30000, 30100))
        two = lambda: [next(people), next(people)]  # noqa: E731
        files = Files(self.receiver)
        rest = self.gate, seed, PACE
        self.senders = [WapioSender(f"wapio{i}", two(), *rest, files=files) for i in range(3)]
        self.senders += [TwoChatSender(f"twochat{i}", two(), *rest, files=files) for i in range(2)]
        self.senders += [OneMsgSender(f"onemsg{i}", two(), *rest) for i in range(2)]
        self.senders += [
            PersonSender("person0", two(), *rest, channel="phone", number="15550200"),
            PersonSender("person1", two(), *rest, channel="shop", number="15550201")]

    @property
    def attempts(self):
        return [attempt for sender in self.senders for attempt in sender.attempts]

    def set_up(self):
        """People, their open dialog windows, and the webhooks."""
        self.start()
        demo, client, sim = self.gateway.demo, self.gateway.client(), self.gateway.sim()
        for sender in self.senders:
            for person in sender.people:
                status, _ = sim.json("POST", "/people", {"number": person, "name": sender.name})
                assert status == 201, status
                if sender.channel == "shop" and not sender.to_gateway:
                    status, _ = sim.json("POST", f"/people/{person}/send",
                                         {"to": "15550201", "kind": "text", "text": "Hello"})
                    assert status == 201, status
        self._subscribe(demo, client)
        token = f"/{demo['onemsg']['channel_id']}/messages?token={demo['onemsg']['token']}"
        customers = {p for s in self.senders if s.channel == "shop" and not s.to_gateway
                     for p in s.people}
        wait_until(lambda: customers <= {m["author"].split("@")[0]
                                         for m in client.json("GET", token)[1]["messages"]},
                   10, "the customers' first messages")
        for sender in self.senders:
            sender.start()

    def _subscribe(self, demo, client):
        url = self.receiver.url
        for event in ("sent", "received"):
            status, _ = client.json(
                "POST", "/open/webhooks/subscribe/whatsapp.message." + event,
                {"hook_url": f"{url}/twochat/{event}", "on_number": demo["twochat"]["number"]},
                {"X-User-API-Key": demo["twochat"]["api_key"]})
            assert status == 200, status
        status, _ = client.json(
            "PUT", f"/v1/whatsapp-sessions/{demo['wapio']['session_id']}/webhook",
            {"target_url": url + "/wapio",
             "subscribed_events": ["message.sent", "messages.update", "messages.received"]},
            {"Authorization": "Bearer " + demo["wapio"]["pat"]})
        assert status == 200, status
        token = f"token={demo['onemsg']['token']}"
        base = f"/{demo['onemsg']['channel_id']}"
        status, _ = client.json("POST", f"{base}/webhook?{token}", {"webhookUrl": url + "/onemsg"})
        assert status == 200, status
        status, _ = client.json("POST", f"{base}/settings?{token}", {"ackNotificationsOn": True})
        assert status == 200, status

    def start(self, *options):
        self.receiver.settle()  # what the process before has sent is noted before this one starts
        self.starts.append(time.monotonic())
        # The address changes with each start; links to media in deliveries must not.
        # And the key index is written and merged all the time, as it is after millions of rows.
        self.gateway.start("--public-url", "http://parley.test", "--small-key-runs", *options)
        self.start_times.append(self.gateway.start_took)

    def check_senders(self):
        for sender in self.senders:
            if sender.failure is not None:
                raise sender.failure

    def drain(self):
        """A last message in every chat; returns when all is sent, delivered and told."""
        self.gate.open(self.gateway, last=True)
        for sender in self.senders:
            sender.join(DRAIN_WITHIN)
            assert not sender.is_alive(), f"{sender.name} has not finished"
        self.check_senders()
        accepted = [a for a in self.attempts if a.state == "accepted"]

        def drained():
            self.ledger.update()
            return all(self.ledger.is_complete(attempt) for attempt in accepted)
        try:
            wait_until(drained, DRAIN_WITHIN, "everything told")
        except AssertionError as late:
            print("FAULT", late)  # the checks name what is missing

    def finish(self):
        """Checks and stops. Returns the checks."""
        checks = Checks(self.gateway, self.ledger, self.attempts, self.starts, self.kills)
        checks.run()
        code = self.gateway.stop()
        if code != 0:
            checks.faults.append(f"the last stop ended with {code}")
        self.receiver.close()
        return checks


class Killing:
    """The rounds."""

    def __init__(self, world, seed):
        self._world, self._random = world, random.Random(seed)
        self.hits, self.missed = Counter(), Counter()
        self.rounds = 0

    def run(self, rounds):
        points = list(POINTS)
        for number in range(rounds):
            self._round(points[number // 2 % len(points)] if number % 2 else None)
        for point in points:
            tries = 0
            while self.hits[point] < HITS_WANTED and tries < 4 * HITS_WANTED:
                self._round(point)
                tries += 1

    def _round(self, point):
        world, options = self._world, []
        self.rounds += 1
        if point:
            options += ["--crash-at", f"{point}:{self._random.randint(1, POINTS[point])}"]
        try:
            world.start(*options)
            world.gate.open(world.gateway)
            self._load(point)
            reached = not world.gateway.kill()
        except Died:
            if not point:
                raise
            reached = True  # while it was starting
        world.kills.append(time.monotonic())
        world.check_senders()
        if point and not reached:
            self.missed[point] += 1
        elif point:
            self.hits[point] += 1
        else:
            assert not reached, f"the process ended by itself\n{world.gateway.log_tail()}"
            self.hits["at random"] += 1

    def _load(self, point):
        most = POINT_WITHIN if point else self._random.uniform(0.05, 0.4)
        until = time.monotonic() + most
        while self._world.gateway.running and time.monotonic() < until:
            time.sleep(0.002)


def test_kills(binary, folder, arguments):
    seed, rounds = arguments.seed, arguments.rounds
    world = World(binary, folder, seed)
    print(f"Kill rounds, seed {seed}")
    world.set_up()
    world.gateway.kill()
    world.kills.append(time.monotonic())
    killing = Killing(world, seed)
    killing.run(rounds)
    world.start()
    world.drain()
    checks = world.finish()
    for point in POINTS:
        if killing.hits[point] < HITS_WANTED:
            checks.faults.append(f"{point} was hit {killing.hits[point]} times, "
                                 f"{HITS_WANTED} wanted")
    print(f"  rounds {killing.rounds}, start-up "
          f"{statistics.median(world.start_times) * 1000:.0f} ms (median)")
    for name in ["at random", *POINTS]:
        missed = f", {killing.missed[name]} rounds without" if killing.missed[name] else ""
        print(f"  killed {name.replace('_', ' ')}: {killing.hits[name]}{missed}")
    print_numbers(world, checks)
    return checks


def test_terminations(binary, folder, arguments):
    """SIGTERM loses nothing, and doubles nothing either."""
    seed = arguments.seed
    world = World(binary, folder, seed)
    print(f"Graceful stops, seed {seed}")
    world.set_up()
    chance = random.Random(seed)
    for run in range(GRACEFUL_RUNS):
        world.gate.open(world.gateway)
        time.sleep(chance.uniform(0.3, 0.6))  # of load
        code = world.gateway.stop()
        assert code == 0, f"SIGTERM ended with {code}\n{world.gateway.log_tail()}"
        world.check_senders()
        world.start()
    world.drain()
    checks = world.finish()
    # A request that gets no answer was not carried out.
    for name in ("extra copies at phones", "extra copies at subscribers", "unknown, sent"):
        if checks.numbers[name]:
            checks.faults.append(f"{checks.numbers[name]} {name} without a kill")
    print_numbers(world, checks)
    return checks


def test_interrupted_setup(binary, folder, _):
    """A first start that is killed leaves a folder that the next one makes good."""
    print("First start killed")
    for commit in SETUP_COMMITS:
        gateway = Gateway(binary, os.path.join(folder, str(commit)))
        try:
            gateway.start("--crash-at", f"before_commit:{commit}")
            raise AssertionError(f"the demo was made in fewer than {commit} commits")
        except Died:
            pass
        gateway.start()
        client, demo = gateway.client(), gateway.demo
        status, answer = client.json(
            "POST", "/api/send-message", {"to": demo["people"][0]["number"], "text": "Hello"},
            {"Authorization": "Bearer " + demo["wapio"]["session_key"]})
        assert status == 202, answer
        path = f"/people/{demo['people'][0]['number']}/inbox"
        wait_until(lambda: gateway.sim().json("GET", path)[1]["messages"], 10, "the message")
        assert gateway.stop() == 0
    print(f"  killed at commits {', '.join(map(str, SETUP_COMMITS))}: the next start is ready")


def print_numbers(world, checks):
    wapio = [s for s in world.senders if isinstance(s, WapioSender)]
    n = checks.numbers
    print(f"  requests accepted {n['accepted']}, unknown {n['unknown']} "
          f"(of them carried out {n['unknown, sent']}), refused {n['refused']}")
    print(f"  answers lost {n['lost answers']}; repeated under the same key "
          f"{sum(s.replays for s in wapio) + sum(a.lost_answers for s in wapio for a in s.attempts)}, "
          f"with another body {sum(s.conflicts for s in wapio)}")
    print(f"  messages at phones {n['delivered']}, extra copies {n['extra copies at phones']}")
    print(f"  deliveries to subscribers {n['deliveries']} in {n['ordered lanes']} lanes, "
          f"extra copies {n['extra copies at subscribers']}")
    print(f"  pictures fetched and compared {n['pictures']}")


PARTS = {"setup": test_interrupted_setup, "stops": test_terminations, "kills": test_kills}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 31))
    parser.add_argument("--parts", default="setup,stops,kills")
    parser.add_argument("--keep", action="store_true", help="leave the data folders behind")
    arguments = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="parley-crash-")
    began = time.monotonic()
    faults, complete = [], False
    try:
        for part in arguments.parts.split(","):
            checks = PARTS[part](arguments.binary, os.path.join(folder, part), arguments)
            if checks is not None:
                checks.report()
                faults += checks.faults
        complete = True
    finally:
        if faults or not complete or arguments.keep:
            print("The data folders are in", folder)
        else:
            shutil.rmtree(folder)
    print(f"{'FAILED' if faults else 'OK'} after {time.monotonic() - began:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
