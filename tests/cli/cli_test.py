#!/usr/bin/env python3
"""Runs the real program: every command against a real server, start-up failures, stopping.

Usage: cli_test.py PATH_OF_PARLEY [test name ...]
"""

import http.server
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error
import urllib.request

PARLEY = ""
DEADLINE = 30  # seconds for anything that is waited for
TIMEOUT = 60  # seconds for a command


def wait_for(what, condition):
    """The first true value of condition(); fails when it does not come."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"{what}: not within {DEADLINE} s")


def request(method, url, body=None, headers=None):
    """(status, parsed body)"""
    data = None if body is None else json.dumps(body).encode()
    asked = urllib.request.Request(url, data, headers or {}, method=method)
    if data is not None:
        asked.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(asked, timeout=TIMEOUT) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        text = error.read()
        try:
            return error.code, json.loads(text)
        except ValueError:
            return error.code, text


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}
    return {**kept, **more}


class Ran:
    def __init__(self, done):
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr
        self.all = self.out + self.err

    def json(self):
        return json.loads(self.out)


def run(*words, **more):
    return Ran(
        subprocess.run(
            [PARLEY, *map(str, words)],
            env=environment(**more),
            capture_output=True,
            text=True,
            timeout=TIMEOUT,
        )
    )


class Server:
    """A server on a data folder, with any free port."""

    def __init__(self, data, *options, demo=True):
        self.data = data
        words = [PARLEY, "serve", "--data", data, "--listen", "127.0.0.1:0", *options]
        if demo:
            words.append("--demo")
        self.log = tempfile.TemporaryFile(mode="w+")
        self.process = subprocess.Popen(
            words, env=environment(), stdout=subprocess.DEVNULL, stderr=self.log
        )
        place = os.path.join(data, "server.json")

        def told():
            if self.process.poll() is not None:
                raise AssertionError("the server ended: " + self.text())
            try:
                with open(place, encoding="utf-8") as file:
                    found = json.load(file)
            except (FileNotFoundError, ValueError):
                return None
            return found if found["pid"] == self.process.pid else None

        self.url = wait_for("server.json", told)["base_url"]
        wait_for("/healthz", lambda: self.is_healthy())

    def is_healthy(self):
        try:
            return request("GET", self.url + "/healthz")[0] == 200
        except OSError:
            return False

    def text(self):
        self.log.seek(0)
        return self.log.read()

    def demo(self):
        with open(os.path.join(self.data, "demo.json"), encoding="utf-8") as file:
            return json.load(file)

    def stop(self):
        """The exit code after SIGTERM."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(DEADLINE)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        self.log.close()


class CliTest(unittest.TestCase):
    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="parley-cli-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.home, *names)

    def serve(self, data, *options, **more):
        server = Server(data, *options, **more)
        self.addCleanup(server.kill)
        return server

    def good(self, *words, **more):
        ran = run(*words, **more)
        self.assertEqual(ran.code, 0, ran.all)
        return ran

    def refused(self, *words, code=1, says=(), **more):
        ran = run(*words, **more)
        self.assertEqual(ran.code, code, ran.all)
        for text in [says] if isinstance(says, str) else says:
            self.assertIn(text, ran.err)
        # A sentence for people; the server's log may stand before it.
        self.assertRegex(ran.err, "(?m)^parley: ")
        return ran


class WithoutServer(CliTest):
    def test_help_version_and_wrong_use(self):
        self.assertRegex(self.good("version").out, r"^Parley \d+\.\d+\.\d+\n$")
        self.assertRegex(self.good("version", "--json").json()["version"], r"^\d+\.\d+\.\d+$")
        shown = self.good("--help").out
        for command in ("serve", "check", "account", "channel", "events", "backup", "restore"):
            self.assertIn(command, shown)
        self.assertNotIn("docs", shown)
        self.assertIn("--requests", self.good("account", "create", "--help").out.replace(
            "--per-minute", "--requests"))
        self.refused(code=2)
        self.refused("explode", code=2)
        self.refused("account", "show", code=2, says="parley account show --help")
        self.refused("serve", "--max-conections", "5", code=2)
        self.refused("serve", "--max-connections", "five", code=2,
                     says="--max-connections is 'five': give a whole number")

    def test_no_server(self):
        self.refused("account", "list", "--data", self.path("data"),
                     says=["No server runs on the data folder", self.path("data"), "--url"])
        with socket.socket() as taken:  # bound, not listening: refuses connections
            taken.bind(("127.0.0.1", 0))
            url = f"http://127.0.0.1:{taken.getsockname()[1]}"
            self.refused("account", "list", "--url", url, says=url, PARLEY_ADMIN_TOKEN="x")

    def test_check(self):
        data = self.path("data")
        ran = self.good("check", "--data", data, "--listen", "127.0.0.1:0")
        self.assertIn("to be made at the first start", ran.out)
        self.assertFalse(os.path.exists(data))

        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            config = self.path("parley.conf")
            with open(config, "w", encoding="utf-8") as file:
                file.write(f"listen = 127.0.0.1:{port}\nspeed = 9\n")
            ran = run("check", "--data", data, "--config", config, "--ca-files", self.path("no.pem"),
                      "--key-file", self.path("no.key"), "--json")
            self.assertEqual(ran.code, 1, ran.all)
            problems = {problem["option"]: problem["text"] for problem in ran.json()["problems"]}
            self.assertIn(f"{config}:2: there is no option 'speed'", problems[""])
            self.assertIn(str(port), problems["listen"])
            self.assertIn(self.path("no.pem"), problems["ca-files"])
            self.assertIn(self.path("no.key"), problems["key-file"])

    def test_check_of_a_data_folder(self):
        data = self.path("data")
        server = self.serve(data)
        running = self.good("check", "--data", data)
        self.assertIn(f"in use by process {server.process.pid}", running.out)
        self.assertEqual(server.stop(), 0)
        self.assertIn("sound", self.good("check", "--data", data, "--listen", "127.0.0.1:0").out)

        key = self.path("data", "key")
        with open(key, encoding="utf-8") as file:
            secret = file.read().strip()
        os.chmod(data, 0o755)
        os.chmod(key, 0o644)
        ran = run("check", "--data", data, "--listen", "127.0.0.1:0")
        self.assertEqual(ran.code, 1)
        self.assertIn(f"chmod 700 {data}", ran.out)
        self.assertIn(f"chmod 600 {key}", ran.out)
        for hidden in (secret, server.demo()["admin_token"]):
            self.assertNotIn(hidden, ran.all + running.all + server.text())
        os.chmod(data, 0o700)

        os.remove(key)
        ran = run("check", "--data", data, "--listen", "127.0.0.1:0")
        self.assertEqual(ran.code, 1)
        self.assertIn("--key-file", ran.out)
        with open(key, "w", encoding="utf-8") as file:
            file.write(secret)
        os.chmod(key, 0o600)

        with open(self.path("data", "parley.db"), "r+b") as file:
            file.seek(4096)
            file.write(b"\xff" * 4096)
        ran = run("check", "--data", data, "--listen", "127.0.0.1:0")
        self.assertEqual(ran.code, 1)
        self.assertIn("Restore a backup", ran.out)

    def test_migrate(self):
        data = self.path("data")
        self.refused("migrate", "--data", data, says=["no database", "--data"])
        self.assertFalse(os.path.exists(data))
        os.mkdir(data, 0o700)
        open(self.path("data", "parley.db"), "w", encoding="utf-8").close()
        first = self.good("migrate", "--data", data, "--json").json()
        self.assertEqual(first["from"], 0)
        self.assertGreaterEqual(first["to"], 1)
        self.assertIn(f"schema {first['to']} already", self.good("migrate", "--data", data).out)

        # SQLite keeps the schema's number at byte 60 of the file.
        with open(self.path("data", "parley.db"), "r+b") as file:
            file.seek(60)
            file.write((999).to_bytes(4, "big"))
        with open(self.path("data", "key"), "w", encoding="utf-8") as file:
            file.write("ab" * 32)
        for command in (["migrate"], ["serve", "--listen", "127.0.0.1:0"]):
            self.refused(*command, "--data", data, says=["schema 999", str(first["to"])])
        ran = run("check", "--data", data, "--listen", "127.0.0.1:0")
        self.assertIn("schema 999", ran.out)
        self.assertEqual(ran.code, 1)


class StartUp(CliTest):
    """Each failure names the option and the way out, and comes with exit code 1."""

    def fails(self, *options, says, data=None):
        return self.refused("serve", "--data", data or self.path("data"), "--listen", "127.0.0.1:0",
                            *options, says=says)

    def test_port_in_use(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            place = f"127.0.0.1:{taken.getsockname()[1]}"
            self.refused("serve", "--data", self.path("data"), "--listen", place,
                         says=[place.split(":")[1], "in use", "--listen"])
            self.fails("--demo", "--sim-listen", place, says=["in use", "--sim-listen"])

    def test_folder_not_writable(self):
        with open(self.path("file"), "w", encoding="utf-8"):
            pass
        self.fails(data=self.path("file"), says=[self.path("file"), "--data"])
        self.fails(data=self.path("file", "data"), says=["--data"])
        if os.geteuid() != 0:  # to root everything is writable
            os.mkdir(self.path("closed"), 0o500)
            self.fails(data=self.path("closed"), says=["Permission denied", "--data"])

    def test_folder_in_use(self):
        server = self.serve(self.path("data"), demo=False)
        self.fails(says=[f"(process {server.process.pid})", "--data"])
        self.refused("migrate", "--data", self.path("data"),
                     says=f"(process {server.process.pid})")
        self.assertEqual(server.stop(), 0)

    def test_key(self):
        os.mkdir(self.path("data"), 0o700)
        for name in (["data", "key"], ["elsewhere"]):
            with open(self.path(*name), "w", encoding="utf-8") as file:
                file.write("abcdef0123456789")
        ran = self.fails(says=["64 hex digits", "--key-file"])
        self.assertNotIn("abcdef", ran.err)
        self.fails("--key-file", self.path("elsewhere"), says=["64 hex digits", "--key-file"])
        self.fails("--key-file", self.path("nowhere"), says=[self.path("nowhere"), "--key-file"])

    def test_disk_full(self):
        full = self.path("full")
        os.mkdir(full)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", full], capture_output=True)
        if mounted.returncode != 0:
            self.skipTest("needs to mount a small file system: run as root")
        self.addCleanup(subprocess.run, ["umount", full], capture_output=True)
        ran = self.refused("serve", "--data", full, "--listen", "127.0.0.1:0")
        self.assertRegex(ran.err, "No space left|full")

    def test_modes(self):
        old = os.umask(0)
        try:
            server = self.serve(self.path("data"))
        finally:
            os.umask(old)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("data")).st_mode), 0o700)
        for name in ("key", "admin.token", "demo.json", "server.json", "lock"):
            mode = stat.S_IMODE(os.stat(self.path("data", name)).st_mode)
            self.assertEqual(mode, 0o600, name)
        self.assertEqual(server.stop(), 0)


class Stopping(CliTest):
    def test_sigterm_finishes_what_is_in_flight(self):
        """Of many clients that send while the server stops, each gets its 202 or no connection."""
        data = self.path("data")
        server = self.serve(data)
        demo = server.demo()
        accepted, strange = [], []
        go_on = threading.Event()
        go_on.set()

        def send(number):
            headers = {"Authorization": "Bearer " + demo["wapio"]["session_key"]}
            while go_on.is_set():
                try:
                    status, body = request(
                        "POST", server.url + "/api/send-message",
                        {"to": demo["people"][0]["number"], "text": f"from {number}"}, headers)
                except (OSError, urllib.error.URLError) as error:
                    # Refused, or a new connection that the closing listener still held.
                    if not isinstance(error, (urllib.error.URLError, ConnectionError)):
                        strange.append(repr(error))
                    return
                if status not in (200, 201, 202):
                    strange.append((status, body))
                    return
                accepted.append(body)

        threads = [threading.Thread(target=send, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        wait_for("messages under way", lambda: len(accepted) > 50)
        self.assertEqual(server.stop(), 0, server.text())
        go_on.clear()
        for thread in threads:
            thread.join(DEADLINE)
        self.assertEqual(strange, [])
        self.assertFalse(os.path.exists(self.path("data", "server.json")))

        # Clean restart: everything that was accepted is there.
        again = self.serve(data)
        sent = [event for event in events_of(data) if event["name"] == "message.accepted"]
        self.assertGreaterEqual(len(sent), len(accepted))
        self.assertEqual(again.stop(), 0)

    def test_sigint_too(self):
        server = self.serve(self.path("data"), demo=False)
        server.process.send_signal(signal.SIGINT)
        self.assertEqual(server.process.wait(DEADLINE), 0)

    def test_a_killed_server_starts_again(self):
        data = self.path("data")
        server = self.serve(data)
        server.process.kill()
        server.process.wait()
        self.refused("account", "list", "--data", data, says=["Is the server running", server.url])
        self.assertEqual(self.serve(data).stop(), 0)


def events_of(data):
    ran = run("events", "--json", "--data", data)
    if ran.code != 0:
        raise AssertionError(ran.all)
    return [json.loads(line) for line in ran.out.splitlines()]


class Commands(CliTest):
    """Every command that asks a running server."""

    def setUp(self):
        super().setUp()
        self.data = self.path("data")
        self.server = self.serve(self.data)
        self.demo = self.server.demo()

    def ask(self, *words):
        return self.good(*words, "--data", self.data, "--json").json()

    def show(self, *words):
        return self.good(*words, "--data", self.data).out

    def test_accounts_and_keys(self):
        account = self.ask("account", "create", "Shop", "--plan", "gold", "--per-minute", "600")
        self.assertEqual((account["name"], account["plan"]), ("Shop", "gold"))
        listed = self.show("account", "list")
        self.assertRegex(listed, r"^ID +NAME +PLAN")
        self.assertRegex(listed, rf"(?m)^{account['account_id']} +Shop +gold +no +- +no +600$")
        self.assertIn("Demo", listed)
        self.refused("account", "create", "x" * 201, "--data", self.data, says="name: ")
        self.refused("account", "show", "Nobody", "--data", self.data,
                     says="parley account list")

        key = self.ask("key", "create", "Shop", "wapio", "--label", "ci")
        fingerprint = key["details"]["fingerprint"]
        self.assertIn("shown this once", self.show("key", "create", "Shop", "2chat"))
        self.assertIn(fingerprint, self.show("key", "list", "Shop"))
        sessions = self.server.url + "/v1/whatsapp-sessions"

        def status_with(raw):
            return request("GET", sessions, headers={"Authorization": "Bearer " + raw})[0]

        self.assertEqual(status_with(key["key"]), 200)
        renewed = self.ask("key", "renew", "Shop", fingerprint)
        self.assertEqual(status_with(key["key"]), 401)
        self.assertEqual(status_with(renewed["key"]), 200)

        changed = self.ask("account", "set", "Shop", "--block", "unpaid", "--expires", "2030-01-01")
        self.assertTrue(changed["blocked"])
        self.assertEqual(changed["expires_at"], "2030-01-01T00:00:00.000Z")
        self.assertEqual(status_with(renewed["key"]), 403)
        self.assertFalse(self.ask("account", "set", "Shop", "--unblock")["blocked"])
        self.assertEqual(status_with(renewed["key"]), 200)
        self.good("key", "revoke", "Shop", renewed["details"]["fingerprint"], "--data", self.data)
        self.assertEqual(status_with(renewed["key"]), 401)

    def test_channels(self):
        channel = self.ask("channel", "create", "Demo", "Desk", "--profile", "phone")
        self.assertEqual(channel["state"], "pending")
        request("POST", self.demo["sim_url"] + "/people", {"number": "+15550177", "name": "Dora"})

        pair = subprocess.Popen(
            [PARLEY, "channel", "pair", "Demo", "Desk", "--data", self.data, "--timeout", "60s"],
            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.addCleanup(pair.stdout.close)
        self.addCleanup(pair.kill)
        shown = b""
        while b"\n2@" not in shown and (piece := pair.stdout.readline()):
            shown += piece
        self.assertIn("█".encode(), shown)
        code = [line for line in shown.decode().splitlines() if line.startswith("2@")][-1]
        status, body = request("POST", self.demo["sim_url"] + "/people/+15550177/scan",
                               {"qr": code})
        self.assertLess(status, 300, body)
        rest = pair.communicate(timeout=TIMEOUT)[0].decode()
        self.assertEqual(pair.returncode, 0, rest)
        self.assertIn("Connected as +15550177.", rest)

        self.refused("channel", "pair", "Demo", "Desk", "--data", self.data)
        self.assertRegex(self.show("channel", "list", "Demo"), r"Desk +\+15550177 .*connected")
        shown = self.show("channel", "show", "Demo", "+15550177")
        self.assertRegex(shown, r"(?m)^settings\.typing +no$")
        self.good("channel", "disconnect", "Demo", "Desk", "--data", self.data)
        wait_for("disconnected", lambda: self.ask("channel", "show", "Demo", "Desk")["state"]
                 == "disconnected")
        self.good("channel", "connect", "Demo", "Desk", "--data", self.data)
        wait_for("connected", lambda: self.ask("channel", "show", "Demo", "Desk")["state"]
                 == "connected")
        self.assertTrue(self.ask("channel", "key", "Demo", "Desk", "1msg")["key"])

        self.refused("channel", "delete", "Demo", "Desk", "--data", self.data, code=2, says="--yes")
        self.ask("channel", "delete", "Demo", "Desk", "--yes")
        wait_for("deleted", lambda: run("channel", "show", "Demo", "Desk", "--data",
                                        self.data).code == 1)

    def test_pairing_that_nobody_answers(self):
        self.ask("channel", "create", "Demo", "Lonely")
        ran = self.refused("channel", "pair", "Demo", "Lonely", "--data", self.data, "--timeout",
                           "1s", says="not connected in time")
        self.assertIn("█", ran.out)
        by_code = self.good("channel", "pair", "Demo", "Lonely", "--phone", "+15550100", "--no-wait",
                            "--data", self.data)
        self.assertRegex(by_code.out, r"(?m)^    [A-Z0-9-]{8,9}$")

    def test_events(self):
        all_events = events_of(self.data)
        positions = [event["position"] for event in all_events]
        self.assertEqual(positions, sorted(positions))
        self.assertGreater(len(positions), 5)
        some = self.good("events", "--after", positions[2], "--limit", "2", "--data", self.data)
        self.assertEqual(len(some.out.splitlines()), 2)
        self.assertEqual(int(some.out.split()[0]), positions[3])
        mine = self.good("events", "--account", "Demo", "--json", "--data", self.data).out
        names = {json.loads(line)["account_id"] for line in mine.splitlines()}
        self.assertEqual(len(names), 1)

        follower = subprocess.Popen(
            [PARLEY, "events", "--new", "--follow", "--limit", "1", "--json", "--data", self.data],
            env=environment(), stdout=subprocess.PIPE, text=True)
        self.addCleanup(follower.kill)
        wait_for("the follower to wait", lambda: self.waiting() == 1)
        self.send("hello")
        line = follower.communicate(timeout=TIMEOUT)[0]
        self.assertEqual(follower.returncode, 0)
        self.assertGreater(json.loads(line)["position"], positions[-1])

    def waiting(self):
        token = {"Authorization": "Bearer " + self.demo["admin_token"]}
        return request("GET", self.server.url + "/parley/v1/node", headers=token)[1]["followers"][
            "waiting"]

    def send(self, text):
        status, body = request(
            "POST", self.server.url + "/api/send-message",
            {"to": self.demo["people"][0]["number"], "text": text},
            {"Authorization": "Bearer " + self.demo["wapio"]["session_key"]})
        self.assertEqual(status, 202, body)
        return body

    def test_webhooks_and_deliveries(self):
        with socket.socket() as receiver:
            receiver.bind(("127.0.0.1", 0))
            receiver.listen()
            url = f"http://127.0.0.1:{receiver.getsockname()[1]}/hook"
            got = []

            def answer():
                while True:
                    try:
                        connection, _ = receiver.accept()
                    except OSError:
                        return
                    with connection:
                        got.append(connection.recv(65536))
                        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
                                           b"Connection: close\r\n\r\n")

            threading.Thread(target=answer, daemon=True).start()
            session = self.demo["wapio"]["session_id"]
            status, body = request(
                "PUT", f"{self.server.url}/v1/whatsapp-sessions/{session}/webhook",
                {"target_url": url},
                {"Authorization": "Bearer " + self.demo["wapio"]["pat"]})
            self.assertEqual(status, 200, body)
            webhook = self.ask("webhook", "list", "Demo")[0]
            self.assertIn(webhook["subscription_id"], self.show("webhook", "list", "Demo"))
            drawn = self.ask("webhook", "secret", "Demo", webhook["subscription_id"])["secret"]
            self.assertRegex(drawn, r"^whsec_[A-Za-z0-9+/]{43}=$")
            self.assertIn("a-secret-of-mine", self.show("webhook", "secret", "Demo",
                          webhook["subscription_id"], "--secret", "a-secret-of-mine"))
            self.send("to the webhook")
            wait_for("a delivery", lambda: got)
            done = wait_for("a settled delivery", lambda: self.ask(
                "deliveries", "list", "Demo", "--state", "done"))
            self.assertIn("POSITION", self.show("deliveries", "list", "Demo"))
            before = len(got)
            replayed = self.ask("deliveries", "replay", "Demo", webhook["subscription_id"],
                                done[0]["position"], "--also-done")
            self.assertGreaterEqual(replayed["replayed"], 1)  # an event may have several
            wait_for("the same again", lambda: len(got) > before)
            self.refused("webhook", "enable", "Demo", "not-an-id", "--data", self.data)
            receiver.shutdown(socket.SHUT_RDWR)

    def test_finding_the_server(self):
        token = self.demo["admin_token"]
        self.good("account", "list", "--url", self.server.url + "/", PARLEY_ADMIN_TOKEN=token)
        self.good("account", "list", PARLEY_URL=self.server.url, PARLEY_DATA=self.data)
        self.good("account", "list", PARLEY_DATA=self.data)
        wrong = self.refused("account", "list", "--url", self.server.url,
                             PARLEY_ADMIN_TOKEN="wrong-token-wrong-token",
                             says=["refuses the admin token", "PARLEY_ADMIN_TOKEN"])
        self.assertNotIn("wrong-token", wrong.all)

        class Other(http.server.BaseHTTPRequestHandler):
            def do_GET(self):  # pylint: disable=invalid-name
                self.send_error(404)

            def log_message(self, *_):  # pylint: disable=arguments-differ
                pass

        with http.server.HTTPServer(("127.0.0.1", 0), Other) as other:
            threading.Thread(target=other.serve_forever, daemon=True).start()
            self.refused("account", "list", "--url", f"http://127.0.0.1:{other.server_port}",
                         PARLEY_ADMIN_TOKEN="x", says="Is it the address of a Parley server?")
            other.shutdown()


class BackupAndRestore(CliTest):
    def inbox(self, demo):
        number = demo["people"][0]["number"]
        return request("GET", f"{demo['sim_url']}/people/{number}/inbox?after=0")[1]["messages"]

    def send(self, server, demo, text):
        status, body = request(
            "POST", server.url + "/api/send-message",
            {"to": demo["people"][0]["number"], "text": text},
            {"Authorization": "Bearer " + demo["wapio"]["session_key"]})
        self.assertEqual(status, 202, body)
        return body["msgId"]

    def info(self, server, demo, message):
        return request("GET", f"{server.url}/api/messages/{message}/info",
                       headers={"Authorization": "Bearer " + demo["wapio"]["session_key"]})

    def test_a_running_server(self):
        server = self.serve(self.path("data"))
        demo = server.demo()
        message = self.send(server, demo, "keep me")

        def delivered():
            told = self.info(server, demo, message)[1]
            return told if told["status"] == "delivered" else None

        before = wait_for("delivery", delivered)
        report = self.good("backup", self.path("backup"), "--data", self.path("data"), "--json").json()
        self.assertEqual(report["folder"], self.path("backup"))
        self.assertTrue(report["key_included"])
        sums = subprocess.run(["sha256sum", "-c", "--quiet", "MANIFEST"], cwd=self.path("backup"),
                              capture_output=True, text=True)
        self.assertEqual(sums.returncode, 0, sums.stdout + sums.stderr)
        self.assertEqual(stat.S_IMODE(os.stat(self.path("backup")).st_mode), 0o700)

        self.send(server, demo, "too late")
        self.refused("restore", self.path("backup"), "--data", self.path("data"),
                     says=f"(process {server.process.pid})")
        self.assertEqual(server.stop(), 0)

        self.refused("restore", self.path("backup"), "--data", self.path("data"), says="not empty")
        self.good("restore", self.path("backup"), "--data", self.path("fresh"))
        self.assertIn("sound", self.good("check", "--data", self.path("fresh"), "--listen",
                                         "127.0.0.1:0").out)
        again = self.serve(self.path("fresh"))
        restored = again.demo()
        self.assertEqual(restored["wapio"], demo["wapio"])
        self.assertNotEqual(restored["admin_token"], demo["admin_token"])
        # The same account, message and channel; what came after the backup is not there.
        status, after = self.info(again, restored, message)
        self.assertEqual(status, 200, after)
        self.assertEqual(after, before)
        texts = [one["text"] for one in self.inbox(restored)]
        self.assertIn("keep me", texts)
        self.assertNotIn("too late", texts)
        self.send(again, restored, "after the restore")
        wait_for("arrival", lambda: [one for one in self.inbox(restored)
                                     if one["text"] == "after the restore"])
        self.assertEqual(again.stop(), 0)

    def test_without_server_and_without_key(self):
        data = self.path("data")
        self.refused("backup", self.path("backup"), "--data", data, says=["no database", "--data"])
        server = self.serve(data)
        demo = server.demo()
        message = self.send(server, demo, "keep me")
        self.assertEqual(server.stop(), 0)
        self.refused("backup", os.path.join(data, "backup"), "--data", data, says="inside")
        ran = self.good("backup", self.path("backup"), "--without-key", "--data", data)
        self.assertIn("NOT included", ran.out)
        fingerprint = re.search(r"fingerprint ([0-9a-f]{12})", ran.out).group(1)
        with open(self.path("data", "key"), encoding="utf-8") as file:
            key = file.read().strip()
        for folder, _, names in os.walk(self.path("backup")):
            for name in names:
                with open(os.path.join(folder, name), "rb") as file:
                    self.assertNotIn(key.encode(), file.read(), name)

        fresh = self.path("fresh")
        ran = self.good("restore", self.path("backup"), "--data", fresh)
        self.assertIn(fingerprint, ran.out)
        # Not with a key of its own making: that could not open what is sealed.
        self.refused("serve", "--data", fresh, "--listen", "127.0.0.1:0",
                     says=[f"{fresh}/key", "--key-file"])
        shutil.copy(self.path("data", "key"), self.path("elsewhere.key"))
        again = self.serve(fresh, "--key-file", self.path("elsewhere.key"), "--simulated-network",
                           demo=False)
        self.assertEqual(self.info(again, demo, message)[0], 200)
        self.assertEqual(again.stop(), 0)

    def test_damaged_and_half(self):
        server = self.serve(self.path("data"))
        self.assertEqual(server.stop(), 0)
        self.good("backup", self.path("backup"), "--data", self.path("data"))
        database = [name for name in os.listdir(self.path("backup"))
                    if name.startswith("parley.db.")][0]
        with open(self.path("backup", database), "r+b") as file:
            file.seek(5000)
            file.write(b"!")
        self.refused("restore", self.path("backup"), "--data", self.path("fresh"),
                     says=[database, "damaged"])
        self.assertEqual(os.listdir(self.path("fresh")), ["lock"])
        with open(self.path("fresh", "restoring"), "w", encoding="utf-8"):
            pass
        self.refused("serve", "--data", self.path("fresh"), "--listen", "127.0.0.1:0",
                     says="parley restore")
        self.refused("restore", self.path("data"), "--data", self.path("other"),
                     says="holds no complete backup")


if __name__ == "__main__":
    PARLEY = os.path.abspath(sys.argv.pop(1))
    unittest.main(verbosity=1)
