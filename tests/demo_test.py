#!/usr/bin/env python3
"""What the outside can rely on in `parley serve --demo`: demo.json, readiness, stop and restart, the
accounts that are refused, and the fixed routes of the simulated network.

  demo_test.py BINARY [TEST...]
"""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer

from support.gateway import Gateway, Lost, wait_until
from support.pictures import png

BINARY = None


class SlowSource:
    """Serves one picture, but not before `release` is called."""

    def __init__(self):
        self.asked, self._released = threading.Event(), threading.Event()
        source = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                source.asked.set()
                source._released.wait(30)
                picture = png("slow")
                self.send_response(200)
                self.send_header("Content-Type", "image/png")
                self.send_header("Content-Length", str(len(picture)))
                self.end_headers()
                self.wfile.write(picture)

            def log_message(self, *_):
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/slow.png"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def release(self):
        self._released.set()

    def close(self):
        self._server.shutdown()
        self._server.server_close()


class DemoTest(unittest.TestCase):
    def setUp(self):
        self._folder = tempfile.TemporaryDirectory(prefix="parley-demo-")
        self.addCleanup(self._folder.cleanup)
        self.gateway = Gateway(BINARY, os.path.join(self._folder.name, "data"))
        self.addCleanup(self.gateway.__exit__)

    def start(self, *options):
        return self.gateway.start(*options)

    def send_wapio(self, demo, body, client=None):
        return (client or self.gateway.client()).json(
            "POST", "/api/send-message", body,
            {"Authorization": "Bearer " + demo["wapio"]["session_key"]})

    def inbox(self, number, after=0):
        status, inbox = self.gateway.sim().json("GET", f"/people/{number}/inbox?after={after}")
        self.assertEqual(status, 200)
        return inbox["messages"]

    def arrived(self, number, text):
        return wait_until(lambda: [m for m in self.inbox(number) if m["text"] == text], 10, text)

    # ------------------------------------------------------------------------------- demo.json

    def test_demo_json_holds_exactly_the_promised_fields(self):
        demo = self.start()
        self.assertEqual(set(demo), {"base_url", "admin_token", "twochat", "wapio", "onemsg",
                                     "native", "sim_url", "people", "accounts"})
        self.assertEqual(set(demo["twochat"]), {"api_key", "number"})
        self.assertEqual(set(demo["wapio"]), {"pat", "session_id", "session_key"})
        self.assertEqual(set(demo["onemsg"]), {"channel_id", "token"})
        self.assertEqual(set(demo["native"]), {"session_id", "number"})
        self.assertTrue(demo["native"]["session_id"].startswith("bps_sess_ws_"))
        self.assertRegex(demo["native"]["number"], r"^\+\d+$")
        self.assertEqual(set(demo["accounts"]), {"expired", "blocked", "rate_limited"})
        self.assertGreaterEqual(len(demo["people"]), 1)
        for person in demo["people"]:
            self.assertEqual(set(person), {"number", "name"})
            self.assertRegex(person["number"], r"^\+\d+$")
        for name in ("base_url", "sim_url"):
            self.assertRegex(demo[name], r"^http://127\.0\.0\.1:[1-9]\d*$")
        self.assertNotEqual(demo["base_url"], demo["sim_url"])
        self.assertRegex(demo["twochat"]["number"], r"^\+\d+$")
        self.assertTrue(demo["wapio"]["pat"].startswith("bps_pat_"))
        self.assertTrue(demo["wapio"]["session_id"].startswith("bps_sess_ws_"))
        self.assertTrue(demo["wapio"]["session_key"].startswith("bps_sk_"))
        self.assertRegex(demo["onemsg"]["channel_id"], r"\d")

    def test_secrets_are_readable_for_the_owner_only(self):
        self.start()
        folder = self.gateway.folder
        self.assertEqual(stat.S_IMODE(os.stat(folder).st_mode), 0o700)
        for name in ("demo.json", "key", "admin.token"):
            mode = stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode)
            self.assertEqual(mode, 0o600, name)

    def test_all_three_dialects_send_from_the_start(self):
        demo = self.start()
        client, number = self.gateway.client(), demo["people"][0]["number"]
        status, answer = client.json(
            "POST", "/open/whatsapp/send-message",
            {"from_number": demo["twochat"]["number"], "to_number": number, "text": "2Chat"},
            {"X-User-API-Key": demo["twochat"]["api_key"]})
        self.assertEqual((status, answer["success"]), (200, True))
        status, answer = self.send_wapio(demo, {"to": number, "text": "Wapio"})
        self.assertEqual((status, answer["status"]), (202, "queued"))
        onemsg = demo["onemsg"]

        def window_is_open():  # once the person's own first message has come
            path = f"/{onemsg['channel_id']}/sendMessage?token={onemsg['token']}"
            status, answer = client.json("POST", path, {"phone": number, "body": "1MSG"})
            return status == 200 and answer["sent"]
        wait_until(window_is_open, 5, "1MSG's window")
        for text in ("2Chat", "Wapio", "1MSG"):
            self.assertEqual(len(self.arrived(number, text)), 1)

    # ------------------------------------------------------------------------- the native number

    def send_native(self, demo, text):
        status, answer = self.gateway.client().json(
            "POST", "/open/whatsapp/send-message",
            {"from_number": demo["native"]["number"], "to_number": demo["people"][0]["number"],
             "text": text}, {"X-User-API-Key": demo["twochat"]["api_key"]})
        self.assertEqual((status, answer["success"]), (200, True))
        return answer["message_uuid"]

    def answers(self, demo):
        """What people wrote to the native number, newest first."""
        status, page = self.gateway.client().json(
            "GET", "/open/whatsapp/messages/" + demo["native"]["number"],
            headers={"X-User-API-Key": demo["twochat"]["api_key"]})
        self.assertEqual(status, 200)
        return [m["message"]["text"] for m in page["messages"] if m["sent_by"] == "user"]

    def wire(self):
        status, wire = self.gateway.sim().json("GET", "/wire")
        self.assertEqual(status, 200)
        return wire

    def test_one_number_is_paired_over_the_wire_and_stays_it(self):
        demo = self.start()
        person, native = demo["people"][0]["number"], demo["native"]["number"]
        self.assertEqual(self.wire()["paired"], 1)
        self.send_native(demo, "Over the wire")
        self.assertEqual(self.arrived(person, "Over the wire")[0]["from"], native)
        # In the second in which it was connected, and times on the wire are whole seconds.
        self.gateway.sim().json("POST", f"/people/{person}/send", {"to": native, "text": "Back"})
        wait_until(lambda: self.answers(demo) == ["Back"], 10, "the answer")
        # Killed and started anew: the same device logs in, and is written to.
        self.gateway.kill()
        demo = self.start()
        wait_until(lambda: self.wire()["logins"] >= 1, 10, "the login")
        self.assertEqual(self.wire()["paired"], 0)
        self.send_native(demo, "Still there")
        self.arrived(person, "Still there")
        self.gateway.sim().json("POST", f"/people/{person}/send", {"to": native, "text": "Good"})
        wait_until(lambda: self.answers(demo) == ["Good", "Back"], 10, "the second answer")
        # One whose acknowledgement was not stored before the end may have come twice.
        texts = [m["text"] for m in self.inbox(person) if m["from"] == native]
        self.assertEqual(list(dict.fromkeys(texts)), ["Over the wire", "Still there"])
        self.assertEqual(self.wire()["retries_asked"], 0)

    def test_with_another_network_there_is_no_native_number(self):
        demo = self.start("--multidevice-url", "ws://127.0.0.1:1/ws/chat")
        self.assertNotIn("native", demo)
        self.assertEqual(self.wire()["connections"], 0)

    def test_the_address_of_requests_is_the_one_that_is_given(self):
        for address in ("198.51.100.9", "2001:db8::9"):
            onemsg = self.start("--output-ip", address)["onemsg"]
            status, answer = self.gateway.client().json(
                "GET", f"/{onemsg['channel_id']}/outputIP?token={onemsg['token']}")
            self.assertEqual((status, answer), (200, {"result": address}))
            self.assertEqual(self.gateway.stop(), 0)

    # -------------------------------------------------------------------------- stop and restart

    def test_a_restart_keeps_ids_keys_and_messages(self):
        before = self.start()
        number = before["people"][0]["number"]
        status, sent = self.send_wapio(before, {"to": number, "text": "Before"})
        self.assertEqual(status, 202)
        self.arrived(number, "Before")
        self.assertEqual(self.gateway.stop(), 0)
        after = self.start()
        changing = {"base_url", "sim_url"}
        self.assertEqual({k: v for k, v in before.items() if k not in changing},
                         {k: v for k, v in after.items() if k not in changing})

        def delivered():  # the receipt may come after the restart only
            status, info = self.gateway.client().json(
                "GET", f"/api/messages/{sent['msgId']}/info",
                headers={"Authorization": "Bearer " + after["wapio"]["session_key"]})
            self.assertEqual((status, info["message_id"]), (200, sent["msgId"]))
            return info["status"] == "delivered"
        wait_until(delivered, 10, "the receipt")
        self.assertEqual(self.send_wapio(after, {"to": number, "text": "After"})[0], 202)
        self.arrived(number, "After")
        self.assertEqual([m["text"] for m in self.inbox(number)], ["Before", "After"])

    def test_sigterm_finishes_the_request_in_flight(self):
        demo = self.start()
        number, source = demo["people"][0]["number"], SlowSource()
        self.addCleanup(source.close)
        answers = []
        client = self.gateway.client(timeout=30)
        request = threading.Thread(target=lambda: answers.append(
            self.send_wapio(demo, {"to": number, "imageUrl": source.url, "caption": "Slow"},
                            client)))
        request.start()
        self.assertTrue(source.asked.wait(10))
        self.gateway.terminate()

        def refuses():  # it has begun to stop
            try:
                return self.gateway.client().request("GET", "/healthz")[0] != 200
            except Lost:
                return True
        wait_until(refuses, 10, "the end of accepting")
        self.assertTrue(self.gateway.running)
        source.release()
        request.join(20)
        self.assertEqual(answers[0][0], 202)
        self.assertEqual(self.gateway.wait(), 0)
        self.start()
        self.assertEqual(len(self.arrived(number, "Slow")), 1)

    def test_sigint_stops_as_well(self):
        self.start()
        self.gateway.terminate(signal.SIGINT)
        self.assertEqual(self.gateway.wait(), 0)

    def test_a_folder_in_use_is_refused_by_name(self):
        self.start()
        second = subprocess.run(
            [BINARY, "serve", "--demo", "--data", self.gateway.folder, "--listen", "127.0.0.1:0"],
            capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(second.returncode, 1)
        self.assertIn(self.gateway.folder, second.stderr)

    def test_a_port_in_use_is_refused_by_name(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            address = f"127.0.0.1:{taken.getsockname()[1]}"
            refused = subprocess.run(
                [BINARY, "serve", "--demo", "--data", self.gateway.folder, "--listen", address],
                capture_output=True, text=True, timeout=20, check=False)
        self.assertEqual(refused.returncode, 1)
        self.assertIn(str(address.rsplit(":", 1)[1]), refused.stderr)
        self.assertIn("--listen", refused.stderr)

    # ---------------------------------------------------------------------------------- refusals

    def refusals(self, name):
        """The three dialects' answers to a harmless read of that account."""
        demo = self.gateway.demo
        account, client = demo["accounts"][name], self.gateway.client()
        return {
            "2chat": client.request("GET", "/ping",
                                    headers={"X-User-API-Key": account["twochat_api_key"]}),
            "wapio": client.request("GET", "/v1/whatsapp-sessions",
                                    headers={"Authorization": "Bearer " + account["wapio_pat"]}),
            "1msg": client.request("GET", f"/{account['onemsg_channel_id']}/status"
                                          f"?token={account['onemsg_token']}"),
        }

    def assert_refused(self, name, statuses):
        for dialect, (status, headers, body) in self.refusals(name).items():
            with self.subTest(dialect):
                self.assertEqual(status, statuses[dialect], body)
                if dialect == "1msg":  # plain text, as the vendor does
                    self.assertTrue(headers["Content-Type"].startswith("text/plain"))
                    self.assertTrue(body.strip())
                    continue
                answer = json.loads(body)
                self.assertIs(answer["success"], False)
                self.assertTrue(answer["message"])
                if dialect == "wapio":
                    self.assertTrue(answer["reason_code"])
                else:
                    self.assertEqual(answer["error_message"], answer["message"])

    def test_an_expired_account(self):
        self.start()
        self.assert_refused("expired", {"2chat": 402, "wapio": 402, "1msg": 403})

    def test_a_blocked_account(self):
        self.start()
        self.assert_refused("blocked", {"2chat": 403, "wapio": 403, "1msg": 403})

    def test_a_limited_account(self):
        self.start()
        seen = {"2chat": [], "wapio": [], "1msg": []}
        for _ in range(13):
            for dialect, answer in self.refusals("rate_limited").items():
                seen[dialect].append(answer)
        for dialect, answers in seen.items():
            with self.subTest(dialect):
                statuses = [status for status, _, _ in answers]
                self.assertEqual(statuses[0], 200)
                self.assertIn(429, statuses)
                # Not more than the bucket holds, and what little flows back meanwhile.
                self.assertLessEqual(statuses.count(200), 11)
                status, headers, body = next(a for a in answers if a[0] == 429)
                self.assertGreaterEqual(int(headers["Retry-After"]), 1)
                self.assertLessEqual(int(headers["Retry-After"]), 60)
                text = json.loads(body)
                if dialect == "wapio":
                    self.assertEqual(text["reason_code"], "rate_limited")
                elif dialect == "1msg":
                    self.assertEqual(text["message"], "rate limit exceeded")
                else:
                    self.assertIs(text["success"], False)

    # --------------------------------------------------------------------- the simulated network

    def test_the_fixed_routes_of_the_simulated_network(self):
        demo = self.start()
        sim = self.gateway.sim()
        status, person = sim.json("POST", "/people", {"number": "+15550190", "name": "Dora"})
        self.assertEqual((status, person["number"], person["name"]), (201, "+15550190", "Dora"))

        for text in ("One", "Two", "Three"):
            self.assertEqual(self.send_wapio(demo, {"to": "+15550190", "text": text})[0], 202)
        rows = wait_until(lambda: len(self.inbox("+15550190")) == 3 and self.inbox("+15550190"),
                          10, "three messages")
        self.assertEqual([row["text"] for row in rows], ["One", "Two", "Three"])
        for row in rows:
            self.assertLessEqual({"seq", "id", "from", "kind", "text", "timestamp"}, set(row))
            self.assertEqual(row["from"], demo["twochat"]["number"])
            self.assertEqual(row["kind"], "text")
        self.assertEqual([r["text"] for r in self.inbox("+15550190", after=rows[1]["seq"])],
                         ["Three"])

        status, sent = sim.json("POST", "/people/+15550190/send",
                                {"to": demo["twochat"]["number"], "kind": "text", "text": "Hi"})
        self.assertEqual(status, 201)

        def received():
            path = f"/open/whatsapp/messages/{demo['twochat']['number']}/+15550190"
            _, page = self.gateway.client().json(
                "GET", path, headers={"X-User-API-Key": demo["twochat"]["api_key"]})
            return [m["message"]["text"] for m in page["messages"]] == ["Hi", "Three", "Two", "One"]
        wait_until(received, 10, "the person's message")

    def test_copies_at_the_phone_are_rows_of_their_own(self):
        demo = self.start()
        status, _ = self.gateway.sim().json("POST", "/faults", {"effect": "duplicate"})
        self.assertEqual(status, 201)
        number = demo["people"][0]["number"]
        self.assertEqual(self.send_wapio(demo, {"to": number, "text": "Twice"})[0], 202)
        rows = wait_until(lambda: len(self.inbox(number)) == 2 and self.inbox(number), 10, "a copy")
        self.assertEqual(rows[0]["id"], rows[1]["id"])
        self.assertLess(rows[0]["seq"], rows[1]["seq"])


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
