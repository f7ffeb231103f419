#!/usr/bin/env python3
"""A number on the Cloud API, the gateway and the simulated Graph as processes of their own: messages and
files both ways, statuses, what Meta refuses, what is usually set up wrongly, 1MSG's raw callbacks, and
kills at each point of the link (base/crash_point.h).

  cloud_test.py BINARY [TEST...]
"""

import base64
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import unittest

from support.gateway import Client, Gateway, wait_until
from support.pictures import png
from support.receiver import Receiver

BINARY = None
SHOP, ANA = "+15560300", "+15560001"


def free_port():
    """One that stays free while the gateway is down, as is the one after it, where the simulated network
    listens: no connection is given a port below those that the system hands out."""
    while True:
        port = random.randrange(20000, 30000, 2)
        try:
            with socket.socket() as one, socket.socket() as next_one:
                one.bind(("127.0.0.1", port))
                next_one.bind(("127.0.0.1", port + 1))
            return port
        except OSError:
            continue


class Network:
    """`parley simulate`."""

    def __init__(self, folder):
        self._log = open(folder + ".log", "wb")
        self._process = subprocess.Popen(
            [BINARY, "simulate", "--data", folder, "--sim-listen", "127.0.0.1:0"],
            stdout=subprocess.PIPE, stderr=self._log)
        self.url = self._process.stdout.readline().decode().strip()
        self.client = Client(self.url)

    def call(self, method, path, body=None):
        status, answer = self.client.json(method, path, body)
        assert status < 300, f"{method} {path}: {status} {answer}"
        return answer

    def inbox(self):
        return self.call("GET", f"/people/{ANA}/inbox")["messages"]

    def close(self):
        self._process.terminate()
        self._process.wait(20)
        self._process.stdout.close()
        self._log.close()


class CloudTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="parley-cloud-")
        self.addCleanup(self.folder.cleanup)
        self.receiver = Receiver()
        self.addCleanup(self.receiver.close)
        os.mkdir(self.folder.name + "/network")
        self.network = Network(self.folder.name + "/network")
        self.addCleanup(self.network.close)
        self.network.call("POST", "/people", {"number": ANA, "name": "Ana"})
        self.number = self.network.call("POST", "/cloud/numbers", {"number": SHOP, "name": "The shop"})
        self.options = ["--listen", f"127.0.0.1:{free_port()}", "--cloud-url", self.network.url + "/graph"]
        self.gateway = Gateway(BINARY, self.folder.name + "/gateway")
        self.addCleanup(self.gateway.__exit__)
        self.start()
        accounts = self.admin("GET", "/parley/v1/accounts")["accounts"]
        self.account = next(a["account_id"] for a in accounts if a["name"] == "Demo")
        credentials = {name: self.number[name] for name in
                       ("phone_number_id", "business_account_id", "access_token", "app_secret")}
        made = self.admin("POST", f"/parley/v1/accounts/{self.account}/channels",
                          {"label": "Shop", "link": "cloud", "cloud": credentials})
        self.channel = f"/parley/v1/accounts/{self.account}/channels/{made['channel_id']}"
        hook = self.admin("GET", self.channel + "/cloud")
        self.node = "/cloud/numbers/" + self.number["phone_number_id"]
        self.network.call("PATCH", self.node, {"webhook_url": hook["webhook_url"],
                                               "verify_token": hook["verify_token"]})
        self.wait_state("connected")

    def start(self, *options):
        self.gateway.start(*self.options, *options)
        self.api = self.gateway.client()

    def admin(self, method, path, body=None):
        status, answer = self.api.json(
            method, path, body, {"Authorization": "Bearer " + self.gateway.demo["admin_token"]})
        self.assertLess(status, 300, answer)
        return answer

    def wait_state(self, state):
        return wait_until(lambda: (c := self.admin("GET", self.channel))["state"] == state and c, 10, state)

    def twochat(self, method, path, body=None):
        return self.api.json(method, "/open/whatsapp" + path, body,
                             {"X-User-API-Key": self.gateway.demo["twochat"]["api_key"]})

    def send(self, text, **more):
        return self.twochat("POST", "/send-message",
                            {"from_number": SHOP, "to_number": ANA, "text": text, **more})

    def ana_writes(self, text):
        self.network.call("POST", f"/people/{ANA}/send", {"to": SHOP, "kind": "text", "text": text})

    def messages(self):
        """Oldest first."""
        status, page = self.twochat("GET", f"/messages/{SHOP}")
        self.assertEqual(status, 200, page)
        return page["messages"][::-1]

    def wait_message(self, text):
        return wait_until(lambda: next((m for m in self.messages() if m["message"].get("text") == text),
                                       None), 10, text)

    def wait_inbox(self, text):
        return wait_until(lambda: [m for m in self.network.inbox() if m.get("text") == text], 10, text)

    def statuses(self):
        """The statuses that messages took, by the text of the message, in order."""
        events = self.admin("GET", "/parley/v1/events?limit=500")["events"]
        taken = {}
        for event in events:
            if event["name"] == "message.status":
                message = event["body"]["message"]
                taken.setdefault(message["content"].get("body"), []).append(message["status"])
        return taken

    def onemsg(self):
        key = self.admin("POST", self.channel + "/keys", {"dialect": "1msg"})["key"]
        code = self.admin("GET", self.channel)["code"]
        return lambda method, path, body=None: self.api.json(
            method, f"/{code}/{path}?token={key}", body)

    def test_conversation(self):
        self.assertEqual(self.admin("GET", self.channel)["phone"], SHOP)
        self.assertEqual(self.send("too early")[0], 409)
        self.ana_writes("hello shop")
        self.wait_message("hello shop")
        self.assertEqual(self.send("hello Ana")[0], 200)
        self.assertEqual(len(self.wait_inbox("hello Ana")), 1)
        wait_until(lambda: self.statuses().get("hello Ana") == ["sent", "delivered"], 10, "delivered")
        self.network.call("POST", f"/people/{ANA}/read", {"id": self.network.inbox()[-1]["id"]})
        wait_until(lambda: "read" in self.statuses()["hello Ana"], 10, "read")

    def test_files(self):
        receiver = self.receiver
        picture = png("cloud")
        self.network.call("POST", f"/people/{ANA}/send", {
            "to": SHOP, "kind": "image", "text": "look",
            "media": {"mime_type": "image/png", "data": base64.b64encode(picture).decode()}})
        came = self.wait_message("look")
        status, _, kept = self.api.request(
            "GET", came["message"]["media"]["url"].removeprefix(self.gateway.demo["base_url"]))
        self.assertEqual((status, kept), (200, picture))
        receiver.files["/p.png"] = ("image/png", picture)
        self.assertEqual(self.send("back", url=receiver.url + "/p.png")[0], 200)
        self.assertEqual(self.wait_inbox("back")[0]["kind"], "image")

    def test_raw_hooks(self):
        receiver = self.receiver
        onemsg = self.onemsg()
        self.assertEqual(onemsg("POST", "settings", {"rawHooks": True})[0], 200)
        self.assertEqual(onemsg("POST", "webhook", {"webhookUrl": receiver.url + "/raw"})[0], 200)
        self.ana_writes("as Meta says it")
        wait_until(lambda: receiver.deliveries, 10, "a callback")
        self.assertEqual(onemsg("POST", "sendMessage", {"phone": ANA[1:], "body": "hi"})[0], 200)
        bodies = wait_until(lambda: (len(receiver.deliveries) >= 3
                                     and [json.loads(d.body) for d in receiver.deliveries]), 10, "statuses")
        code = self.admin("GET", self.channel)["code"]
        values = []
        for body in bodies:
            self.assertEqual(body["instanceId"], code)
            self.assertEqual(body["object"], "whatsapp_business_account")
            values.append(body["entry"][0]["changes"][0]["value"])
        self.assertEqual(values[0]["messages"][0]["text"]["body"], "as Meta says it")
        self.assertIn("statuses", values[1])

    def test_templates_and_statistics(self):
        onemsg = self.onemsg()
        status, made = onemsg("POST", "addTemplate", {
            "name": "order_update", "category": "UTILITY", "language": "en",
            "components": [{"type": "BODY", "text": "Hello {{1}}", "example": {"body_text": [["Ann"]]}}]})
        self.assertEqual((status, made["status"]), (200, "pending"), made)
        send = lambda: onemsg("POST", "sendTemplate", {
            "phone": ANA[1:], "template": "order_update", "language": {"code": "en", "policy": "deterministic"},
            "namespace": "", "params": [{"type": "body", "parameters": [{"type": "text", "text": "Ana"}]}]})
        self.network.call("POST", f"/people/{SHOP}/templates/order_update/review", {"status": "approved"})
        wait_until(lambda: onemsg("GET", "templates")[1]["templates"][0]["status"] == "approved", 10, "review")
        wait_until(lambda: "template.status" in [
            e["name"] for e in self.admin("GET", "/parley/v1/events?limit=500")["events"]], 10, "the event")
        self.assertEqual(send()[0], 200)  # no window is needed
        self.wait_inbox("Hello Ana")
        # Meta names the conversation with a status, after the message was taken.
        counted = wait_until(lambda: onemsg("GET", "extendedStatistics")[1], 10, "statistics")
        self.assertEqual([(row["business_initiated_quantity"], row["paid_quantity"]) for row in counted],
                         [(1, 1)], counted)
        self.assertEqual(onemsg("POST", "removeTemplate", {"name": "order_update"})[0], 200)
        self.assertEqual(send()[0], 400)

    def test_refused_token(self):
        self.network.call("DELETE", f"{self.node}/tokens/{self.number['access_token']}")
        self.ana_writes("still heard")
        self.wait_message("still heard")
        self.assertEqual(self.send("waits")[0], 200)
        refused = self.wait_state("disconnected")
        self.assertEqual(refused["state_reason"], "token_invalid")
        token = self.network.call("POST", self.node + "/tokens", {})["access_token"]
        self.put_credentials(access_token=token)
        self.wait_state("connected")
        self.assertEqual(len(self.wait_inbox("waits")), 1)

    def check(self):
        """The findings by name, of a channel that runs: with new credentials it starts anew."""
        def found():
            findings = self.admin("POST", self.channel + "/cloud/check")["findings"]
            by_name = {finding["check"]: finding for finding in findings}
            return "does not run" not in by_name["webhook"]["text"] and by_name
        return wait_until(found, 10, "a running channel")

    def problems(self):
        found = {name: finding for name, finding in self.check().items() if not finding["ok"]}
        for finding in found.values():
            self.assertTrue(finding["fix"], finding)
        return found

    def put_credentials(self, **changes):
        credentials = {name: self.number[name] for name in
                       ("phone_number_id", "business_account_id", "access_token", "app_secret")}
        self.admin("PUT", self.channel + "/cloud", {**credentials, **changes})

    def parley(self, *arguments):
        return subprocess.run([BINARY, *arguments, "--data", self.folder.name + "/gateway"],
                              capture_output=True, text=True, timeout=60, check=False)

    def test_check_of_what_is_well(self):
        found = self.check()
        self.assertEqual([name for name, finding in found.items() if not finding["ok"]], [], found)
        self.assertEqual(set(found), {
            "token", "permissions", "number", "registered", "callback_url", "account", "subscription",
            "app_secret", "fields", "public_url", "webhook", "verify_token"})
        text = json.dumps(found)
        self.assertNotIn(self.number["access_token"], text)
        self.assertNotIn(self.number["app_secret"], text)

    def test_check_of_the_token(self):
        token = lambda **body: self.network.call("POST", self.node + "/tokens", body)["access_token"]
        self.put_credentials(access_token=token(permissions=["whatsapp_business_management"]))
        problems = self.problems()
        self.assertEqual(set(problems), {"permissions"}, problems)
        self.assertIn("without whatsapp_business_messaging", problems["permissions"]["text"])
        self.put_credentials(access_token=token(permissions=["whatsapp_business_messaging"]))
        problems = self.problems()
        self.assertEqual(set(problems), {"permissions", "account", "subscription"}, problems)
        self.put_credentials(access_token=token(expires_in=3600))
        self.assertEqual(set(self.problems()), {"token"})
        self.put_credentials(access_token="EAAnothing")
        problems = self.problems()
        self.assertEqual(set(problems), {"token"}, problems)
        self.assertIn("never expires", problems["token"]["fix"])
        self.put_credentials()
        self.network.call("PATCH", self.node, {"needs_proof": True})
        self.assertIn("app_secret_proof to true", self.problems()["token"]["fix"])
        self.put_credentials(app_secret_proof=True)
        self.assertEqual(self.problems(), {})

    def test_check_of_ids_and_secret(self):
        self.put_credentials(phone_number_id=self.number["business_account_id"],
                             business_account_id=self.number["phone_number_id"])
        problems = self.problems()
        self.assertEqual(set(problems), {"number", "account", "subscription"}, problems)
        self.assertIn("Phone number ID", problems["number"]["fix"])
        other = self.network.call("POST", "/cloud/numbers", {
            "number": "+15560301", "name": "Next door"})
        self.put_credentials(business_account_id=other["business_account_id"],
                             access_token=self.number["access_token"])
        self.assertIn("account", self.problems())
        self.put_credentials(app_secret="of-another-app")
        problems = self.problems()
        self.assertEqual(set(problems), {"app_secret"}, problems)
        self.put_credentials()
        self.network.call("PATCH", self.node, {"registered": False})
        self.assertIn("/register", self.problems()["registered"]["fix"])

    def test_check_of_the_subscription(self):
        self.network.call("PATCH", self.node, {"subscribed": False})
        problems = self.problems()
        self.assertEqual(set(problems), {"subscription"}, problems)
        self.assertIn("/subscribed_apps", problems["subscription"]["fix"])
        self.network.call("PATCH", self.node, {"subscribed": True, "fields": ["account_update"]})
        problems = self.problems()
        self.assertEqual(set(problems), {"fields"}, problems)
        self.assertIn("messages", problems["fields"]["fix"])
        self.ana_writes("nobody hears it")
        wait_until(lambda: self.network.call("GET", "/cloud")["unheard"], 10, "a change for nobody")
        self.network.call("PATCH", self.node, {"fields": [
            "messages", "account_update", "message_template_status_update", "phone_number_quality_update"]})
        self.ana_writes("somebody does")
        self.wait_message("somebody does")
        self.assertEqual([m["message"]["text"] for m in self.messages()], ["somebody does"])
        self.assertEqual(self.problems(), {})

    def test_check_of_the_webhook(self):
        hook = self.admin("GET", self.channel + "/cloud")
        status, _ = self.network.client.json("PATCH", self.node, {"verify_token": "another"})
        self.assertGreaterEqual(status, 400)
        problems = self.problems()
        self.assertEqual(set(problems), {"verify_token"}, problems)
        self.assertIn(hook["verify_token"], problems["verify_token"]["fix"])
        self.network.call("PATCH", self.node, {"verify_token": hook["verify_token"]})
        self.assertEqual(self.problems(), {})

        self.network.call("PATCH", self.node, {"webhook_url": ""})
        self.assertIn(hook["webhook_url"], self.problems()["callback_url"]["fix"])

        self.gateway.stop()
        nowhere = f"http://127.0.0.1:{free_port()}"
        self.start("--public-url", nowhere)
        problems = self.problems()
        self.assertEqual(set(problems), {"callback_url", "fields", "webhook"}, problems)
        self.assertIn("cannot be reached", problems["webhook"]["text"])
        self.assertIn("--public-url", problems["webhook"]["fix"])

        self.gateway.stop()
        self.start("--public-url", self.receiver.url)
        self.assertIn("does not lead to this server", self.problems()["webhook"]["text"])

    def test_check_by_command_line(self):
        ran = self.parley("channel", "check", "Demo", "Shop")
        self.assertEqual((ran.returncode, ran.stderr), (0, ""), ran.stdout)
        self.assertIn("No problems found.", ran.stdout)
        self.network.call("PATCH", self.node, {"subscribed": False})
        ran = self.parley("channel", "check", "Demo", "Shop")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("curl -X POST", ran.stdout)
        ran = self.parley("channel", "check", "Demo", "Shop", "--json")
        self.assertEqual([f["check"] for f in json.loads(ran.stdout)["findings"] if not f["ok"]],
                         ["subscription"])
        ran = self.parley("check")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("problem  Cloud API channel Shop: The app is not subscribed", ran.stdout)

    def test_killed_before_the_request_leaves(self):
        self.ana_writes("hello shop")
        self.wait_message("hello shop")
        self.gateway.stop()
        self.start("--crash-at", "after_attempt_before_send:1")
        self.wait_state("connected")
        self.send("nobody knows")
        self.assertEqual(self.gateway.wait(), -9)
        self.start()
        # It may have left, as far as the gateway knows: it is told so and not sent again.
        wait_until(lambda: self.statuses().get("nobody knows") == ["unconfirmed"], 20, "unconfirmed")
        self.assertEqual(self.send("after it")[0], 200)
        self.wait_inbox("after it")
        self.assertEqual([m["text"] for m in self.network.inbox()], ["after it"])

    def test_killed_before_the_webhook_is_answered(self):
        self.gateway.stop()
        self.start("--crash-at", "after_inbox_before_answer:1")
        self.ana_writes("told twice")
        self.assertEqual(self.gateway.wait(), -9)
        self.start()
        self.wait_message("told twice")
        self.ana_writes("the next")  # Meta has told the first one again by then
        self.wait_message("the next")
        self.assertEqual([m["message"]["text"] for m in self.messages()], ["told twice", "the next"])

    def test_killed_before_the_answer_is_stored(self):
        self.ana_writes("hello shop")
        self.wait_message("hello shop")
        self.gateway.stop()
        self.start("--crash-at", "after_send_before_status:1")
        self.wait_state("connected")
        self.send("once")
        self.assertEqual(self.gateway.wait(), -9)
        self.start()
        # Meta tells its status again, by our id, and nobody sent a second one.
        wait_until(lambda: "delivered" in self.statuses().get("once", []), 20, "the status")
        self.assertEqual(len(self.wait_inbox("once")), 1)
        self.assertEqual(self.send("after it")[0], 200)
        self.wait_inbox("after it")
        self.assertEqual([m["text"] for m in self.network.inbox()].count("once"), 1)

    def test_killed_before_a_file_is_reported(self):
        self.gateway.stop()
        self.start("--crash-at", "after_media_before_report:1")
        self.network.call("POST", f"/people/{ANA}/send", {
            "to": SHOP, "kind": "image", "text": "look",
            "media": {"mime_type": "image/png", "data": base64.b64encode(png("killed")).decode()}})
        self.assertEqual(self.gateway.wait(), -9)
        self.start()
        self.wait_message("look")
        self.ana_writes("the next")
        self.wait_message("the next")
        self.assertEqual([m["message"].get("text") for m in self.messages()], ["look", "the next"])

    def test_killed_while_meta_tells(self):
        # One is told while nobody listens, one may be cut off at any step.
        for i in range(6):
            if i % 2 == 0:
                self.ana_writes(f"message {i}")
                self.gateway.kill()
            else:
                self.gateway.kill()
                self.ana_writes(f"message {i}")
            self.start()
        wait_until(lambda: len(self.messages()) >= 6, 60, "all messages")
        self.assertEqual([m["message"]["text"] for m in self.messages()],
                         [f"message {i}" for i in range(6)])


if __name__ == "__main__":
    BINARY = sys.argv[1]
    unittest.main(argv=[sys.argv[0], *sys.argv[2:]], verbosity=2)
