"""./bench: measures the release binary as a process, with the load generator and the webhook receiver
as processes of their own, on an empty store and on one with 1,000,000 messages over 10,000 chats.

Every figure stands beside its reference measured in the same run. Standard library only.
"""
import argparse
import atexit
import base64
import http.client
import json
import os
import pathlib
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
import uuid

from cloud import Cloud
from dashboard import Dashboard
from multidevice import Multidevice

PREFILLED_MESSAGES, PREFILLED_CHATS = 1_000_000, 10_000
CHATS = 10_000
SPEECH_MODEL = "/usr/share/pocketsphinx/model/en-us"
TEXT = "Hello, this is a message of about the usual length."
ROWS = []
PROCESSES = []


@atexit.register
def end_processes():
    """Whatever went wrong: nothing that was started here runs on."""
    for process in PROCESSES:
        if process.poll() is None:
            process.kill()


def row(name, store, figure, reference=""):
    ROWS.append((name, store, figure, reference))
    print(f"  {name:<44} {store:<6} {figure:<42} {reference}", flush=True)


class Http:
    """One keep-alive connection for JSON calls."""

    def __init__(self, base, headers=None):
        url = urllib.parse.urlsplit(base)
        self.connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
        self.headers = headers or {}

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body)
        headers = dict(self.headers)
        if data is not None:
            headers["Content-Type"] = "application/json"
        self.connection.request(method, path, data, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"{method} {path} answered {answer.status} {text[:300]!r}")
        return json.loads(text) if text else None


def processor_of_children():
    """Seconds of all programs that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


class Gateway:
    def __init__(self, binaries, data, options=()):
        self.started_at = time.monotonic()
        self.log = open(data / "server.log", "ab")
        self.process = subprocess.Popen(
            [binaries / "parley", "serve", "--demo", "--data", data, "--listen", "127.0.0.1:0",
             "--log-level", "warning", *options],
            stdout=self.log, stderr=self.log)
        PROCESSES.append(self.process)
        self.data = data
        self.startup_ms = self._wait()
        self.demo = json.loads((data / "demo.json").read_text())
        self.base, self.sim = self.demo["base_url"], self.demo["sim_url"]
        self.session = self.demo["wapio"]["session_id"]
        self.pat = Http(self.base, {"Authorization": "Bearer " + self.demo["wapio"]["pat"]})
        self.twochat = Http(self.base, {"X-User-API-Key": self.demo["twochat"]["api_key"]})
        self.admin = Http(self.base, {"Authorization": "Bearer " + self.demo["admin_token"]})
        self.network = Http(self.sim)

    def _wait(self):
        """The port is known from demo.json (made anew) and the server answers 200 on /healthz."""
        file = self.data / "demo.json"
        while time.monotonic() - self.started_at < 60:
            if self.process.poll() is not None:
                raise SystemExit("parley ended:\n" + (self.data / "server.log").read_text()[-2000:])
            try:
                if file.stat().st_mtime_ns >= self.log_time():
                    base = urllib.parse.urlsplit(json.loads(file.read_text())["base_url"])
                    connection = http.client.HTTPConnection(base.hostname, base.port, timeout=5)
                    connection.request("GET", "/healthz")
                    if connection.getresponse().status == 200:
                        return (time.monotonic() - self.started_at) * 1000
            except (OSError, ValueError, KeyError):
                pass
            time.sleep(0.001)
        raise SystemExit("parley did not become ready")

    def log_time(self):
        if not hasattr(self, "_log_time"):
            self._log_time = time.time_ns() - int((time.monotonic() - self.started_at) * 1e9) - 10**7
        return self._log_time

    def cpu_seconds(self, with_children=False):
        """With the programs that it has started and that have ended, if asked for."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return sum(int(field) for field in fields[11:15 if with_children else 13]) / os.sysconf("SC_CLK_TCK")

    def memory_kb(self):
        for line in pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
        return 0

    def connect_demo(self, connected):
        verb = "connect" if connected else "disconnect"
        self.pat.call("POST", f"/v1/whatsapp-sessions/{self.session}/{verb}", {})
        wanted = "connected" if connected else "disconnected"
        deadline = time.monotonic() + 30
        while self.pat.call("GET", f"/v1/whatsapp-sessions/{self.session}")["status"] != wanted:
            if time.monotonic() > deadline:
                raise SystemExit(f"the demo session did not become {wanted}")
            time.sleep(0.02)

    def metrics(self):
        return urllib.request.urlopen(self.base + "/metrics", timeout=10).read().decode()

    def come_to_rest(self):
        """Until what was left to do for the index of keys, after the store was filled, is done."""
        deadline = time.monotonic() + 30
        while "\nparley_store_upkeep_due 1" in self.metrics():
            if time.monotonic() > deadline:
                raise SystemExit("the store did not come to rest")
            time.sleep(0.1)

    def subscribe(self, url, events):
        self.pat.call("PUT", f"/v1/whatsapp-sessions/{self.session}/webhook",
                      {"target_url": url, "subscribed_events": events, "is_active": True,
                       "signing_secret": "a-secret-of-the-benchmark"})

    def wait_for_messages(self, status, count):
        wanted = f'parley_messages_total{{status="{status}"}} '
        deadline = time.monotonic() + 120
        while True:
            reached = [line for line in self.metrics().splitlines() if line.startswith(wanted)]
            if reached and float(reached[0].rsplit(" ", 1)[1]) >= count:
                return
            if time.monotonic() > deadline:
                raise SystemExit(f"{reached or 'no message'} after 120 s, wanted {count} {status}")
            time.sleep(0.1)

    def add_people(self, count):
        for i in range(count):
            self.network.call("POST", "/people", {"number": f"+{15560000 + i}", "name": f"P{i}"})

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise SystemExit("parley did not stop in 40 s")
        self.log.close()


class Sink:
    def __init__(self, binaries, port=0):
        self.process = subprocess.Popen([binaries / "bench_sink", str(port)], stdout=subprocess.PIPE)
        PROCESSES.append(self.process)
        self.port = int(self.process.stdout.readline())
        self.http = Http(f"http://127.0.0.1:{self.port}")
        self.url = f"http://127.0.0.1:{self.port}/hook"

    def stats(self):
        return self.http.call("GET", "/stats")

    def wait(self, posts, seconds):
        deadline = time.monotonic() + seconds
        while True:
            stats = self.stats()
            if stats["posts"] >= posts:
                return stats
            if time.monotonic() > deadline:
                raise SystemExit(f"only {stats['posts']} of {posts} webhooks came in {seconds} s")
            time.sleep(0.02)

    def stop(self):
        self.process.kill()
        self.process.wait()


def load(binaries, base, request, connections, seconds=0.0, requests=0, chats=CHATS):
    url = urllib.parse.urlsplit(base)
    done = subprocess.run(
        [binaries / "bench_load", url.hostname, str(url.port), str(connections),
         str(seconds or 120), str(requests), str(chats)],
        input=request.encode(), stdout=subprocess.PIPE, timeout=300, check=True)
    return json.loads(done.stdout)


def send_request(key, idempotency=False):
    header = ["POST /api/send-message HTTP/1.1", "Host: bench", "Content-Type: application/json",
              f"Authorization: Bearer {key}"]
    if idempotency:
        header.append("Idempotency-Key: @RUN@-@N@")
    return "\n".join(header) + "\n\n" + json.dumps({"to": "+@TO@", "kind": "text", "text": TEXT})


def only(result, status):
    if set(result["statuses"]) != {str(status)}:
        raise SystemExit(f"answers other than {status}: {result['statuses']}")
    return result


class Tools:
    """What multidevice.py takes from here."""

    processes, http, row = PROCESSES, Http, staticmethod(row)
    load, only, send_request = staticmethod(load), staticmethod(only), staticmethod(send_request)

    def __init__(self, binaries):
        self.binaries = binaries

    @staticmethod
    def metrics(base):
        return urllib.request.urlopen(base + "/metrics", timeout=30).read().decode()

    def wire_modules(self):
        """The folder of Baileys' packages, in the versions that the tests use; None without Node 20."""
        if shutil.which("node") is None or shutil.which("npm") is None:
            return None
        version = subprocess.run(["node", "--version"], text=True, stdout=subprocess.PIPE, check=True).stdout
        if int(version.strip().lstrip("v").split(".")[0]) < 20:
            return None
        sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))
        from clients.wire_test import install_packages
        work = self.binaries / "clients"
        work.mkdir(exist_ok=True)
        return install_packages(str(work))


class Bench:
    def __init__(self, binaries, quick, folder):
        self.binaries, self.quick, self.folder = binaries, quick, folder
        self.seconds = 2.0 if quick else 4.0
        self.rounds = 1 if quick else 3
        self.stores = {}

    def fresh(self, store):
        """A data folder of this kind; copied, so that no benchmark sees another's traces."""
        if store not in self.stores:
            template = self.folder / f"template-{store}"
            template.mkdir()
            gateway = Gateway(self.binaries, template)
            number = gateway.demo["twochat"]["number"]
            if store == "1M":
                gateway.add_people(CHATS)
            gateway.stop()
            if store == "1M":
                began = time.monotonic()
                subprocess.run([self.binaries / "bench_prefill", template, number.lstrip("+"),
                                str(PREFILLED_MESSAGES), str(PREFILLED_CHATS)], check=True)
                print(f"  (filled a store with {PREFILLED_MESSAGES:,} messages in "
                      f"{time.monotonic() - began:.0f} s)", flush=True)
                gateway = Gateway(self.binaries, template)
                gateway.come_to_rest()
                gateway.stop()
            self.stores[store] = template
        data = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        shutil.copytree(self.stores[store], data, dirs_exist_ok=True)
        os.sync()
        return data

    def echo(self, connections, idempotency=False):
        process = subprocess.Popen([self.binaries / "bench_echo"], stdout=subprocess.PIPE)
        PROCESSES.append(process)
        base = f"http://127.0.0.1:{int(process.stdout.readline())}"
        result = only(load(self.binaries, base, send_request("none", idempotency), connections,
                           self.seconds / 2), 202)
        process.terminate()
        process.wait()
        return result

    def accept(self, store):
        """Accepts alone: the channel is switched off, so that messages stay queued."""
        for connections in (64, 1000):
            for idempotency in (False, True):
                shares, echoes, results = [], [], []
                data = self.fresh(store)
                gateway = Gateway(self.binaries, data)
                gateway.connect_demo(False)
                gateway.come_to_rest()
                request = send_request(gateway.demo["wapio"]["session_key"], idempotency)
                load(self.binaries, gateway.base, request, connections, 0.5)
                for _ in range(self.rounds):
                    echo = self.echo(connections, idempotency)
                    result = only(load(self.binaries, gateway.base, request, connections,
                                       self.seconds), 202)
                    shares.append(result["per_second"] / echo["per_second"])
                    echoes.append(echo["per_second"])
                    results.append(result)
                gateway.stop()
                shutil.rmtree(data)
                median = statistics.median(r["per_second"] for r in results)
                p99 = statistics.median(r["p99_ms"] for r in results)
                row(f"accepts, {connections} clients" + (", Idempotency-Key" if idempotency else ""),
                    store, f"{median:,.0f}/s  p99 {p99:.1f} ms",
                    f"{statistics.median(shares):.0%} of the echo's {statistics.median(echoes):,.0f}/s")

    def end_to_end(self, store):
        """Accept, send, delivery receipt, webhook received: from the first request to the last post."""
        count = 20_000 if self.quick else 60_000
        data = self.fresh(store)
        gateway = Gateway(self.binaries, data)
        if store == "empty":
            gateway.add_people(CHATS)
        sink = Sink(self.binaries)
        gateway.subscribe(sink.url, ["message-receipt.update"])
        request = send_request(gateway.demo["wapio"]["session_key"])
        only(load(self.binaries, gateway.base, request, 64, requests=2000), 202)
        sink.wait(2000, 60)
        sink.http.call("GET", "/reset")
        began = time.monotonic_ns()
        cpu = gateway.cpu_seconds()
        only(load(self.binaries, gateway.base, request, 64, requests=count), 202)
        accepted = time.monotonic_ns()
        stats = sink.wait(count, 120)
        seconds = (stats["last_ns"] - began) / 1e9
        cpu = gateway.cpu_seconds() - cpu
        row("end to end, 64 clients", store, f"{count / seconds:,.0f} messages/s",
            f"accepts meanwhile {count / ((accepted - began) / 1e9):,.0f}/s; "
            f"{cpu / count * 1e6:.0f} µs of processor a message")
        sink.stop()
        gateway.stop()
        shutil.rmtree(data)

    def deliveries(self, store):
        """A backlog of events, posted to one receiver that came back."""
        count = 10_000 if self.quick else 40_000
        data = self.fresh(store)
        gateway = Gateway(self.binaries, data)
        if store == "empty":
            gateway.add_people(CHATS)
        sink = Sink(self.binaries)
        port = sink.port
        gateway.subscribe(sink.url, ["message.sent"])
        sink.stop()  # from here on nobody listens: the events pile up
        request = send_request(gateway.demo["wapio"]["session_key"])
        only(load(self.binaries, gateway.base, request, 64, requests=count), 202)
        gateway.wait_for_messages("delivered", count)
        sink = Sink(self.binaries, port)
        cpu, began = gateway.cpu_seconds(), time.monotonic()
        gateway.subscribe(sink.url, ["message.sent"])  # looked after: tried again at once
        stats = sink.wait(count, 120)
        cpu = gateway.cpu_seconds() - cpu
        seconds = (stats["last_ns"] - stats["first_ns"]) / 1e9
        row("webhook deliveries, one receiver", store, f"{count / cpu:,.0f}/s per core",
            f"{count / seconds:,.0f}/s in {time.monotonic() - began:.1f} s")
        sink.stop()
        gateway.stop()
        shutil.rmtree(data)

    def startup(self, store):
        data = self.fresh(store)
        times = []
        for _ in range(3 if self.quick else 7):
            gateway = Gateway(self.binaries, data)
            times.append(gateway.startup_ms)
            gateway.stop()
        empty = []
        for _ in range(5):
            began = time.monotonic()
            subprocess.run([self.binaries / "parley", "--version"], stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=False)
            empty.append((time.monotonic() - began) * 1000)
        row("start-up to /healthz 200", store, f"{statistics.median(times):.0f} ms",
            f"`parley --version` {statistics.median(empty):.0f} ms")
        shutil.rmtree(data)

    def memory(self, store):
        data = self.fresh(store)
        gateway = Gateway(self.binaries, data)
        idle = gateway.memory_kb()
        row("memory, idle", store, f"{idle / 1024:.1f} MB")
        if store == "empty":
            self.memory_of_clients(gateway)
            self.memory_of_channels(gateway)
        gateway.stop()
        shutil.rmtree(data)

    def memory_of_clients(self, gateway):
        before, clients = gateway.memory_kb(), []
        for _ in range(2000):
            client = Http(gateway.base)
            client.call("GET", "/healthz")
            clients.append(client)
        each = (gateway.memory_kb() - before) * 1024 / len(clients)
        row("memory, per idle HTTP client", "empty", f"{each:,.0f} bytes", f"{len(clients)} clients")
        for client in clients:
            client.connection.close()

    def memory_of_channels(self, gateway):
        count = 200 if self.quick else 1000
        sessions = []
        for i in range(count):
            number = f"+{15700000 + i}"
            gateway.network.call("POST", "/people", {"number": number, "name": f"Channel {i}"})
            made = gateway.pat.call("POST", "/v1/whatsapp-sessions", {"label": f"c{i}"})
            sessions.append((made["session"]["session_id"], number))
        account = uuid.UUID(made["session"]["account_id"].rsplit("_", 1)[1])
        before = gateway.memory_kb()
        for session, number in sessions:
            channel = uuid.UUID(session.rsplit("_", 1)[1])
            qr = gateway.admin.call(
                "POST", f"/parley/v1/accounts/{account}/channels/{channel}/pair", {})["qr"]
            gateway.network.call("POST", f"/people/{number}/scan", {"qr": qr})
        for session, _ in sessions:
            deadline = time.monotonic() + 60
            while gateway.pat.call("GET", f"/v1/whatsapp-sessions/{session}")["status"] != "connected":
                if time.monotonic() > deadline:
                    raise SystemExit("a channel did not connect")
                time.sleep(0.01)
        each = (gateway.memory_kb() - before) * 1024 / count
        row("memory, per connected simulated channel", "empty", f"{each:,.0f} bytes",
            f"{count} channels, the network's side included")

    def pages(self, store):
        data = self.fresh(store)
        gateway = Gateway(self.binaries, data)
        number = urllib.parse.quote(gateway.demo["twochat"]["number"])
        if store == "empty":
            gateway.add_people(10)
            request = send_request(gateway.demo["wapio"]["session_key"])
            only(load(self.binaries, gateway.base, request, 16, requests=2000), 202)
        ping = self.timed(lambda: gateway.twochat.call("GET", "/ping"))
        reference = f"GET /ping {ping[0]:.2f} ms"
        for name, path in (("newest", f"/open/whatsapp/messages/{number}"),
                           ("20th", f"/open/whatsapp/messages/{number}?page_number=19"),
                           ("one chat's", f"/open/whatsapp/messages/{number}/%2B15560005")):
            median, worst = self.timed(lambda path=path: gateway.twochat.call("GET", path))
            row(f"page of 100 messages, {name}", store, f"{median:.2f} ms  p99 {worst:.2f} ms", reference)
        gateway.stop()
        shutil.rmtree(data)

    def families(self, store):
        """What one request of each family of endpoints costs: the processor time of gateway, simulated
        network and store together, per request, with 16 clients."""
        data = self.fresh(store)
        gateway = Gateway(self.binaries, data)
        if store == "empty":
            gateway.add_people(CHATS)
        # Who wrote may be written to through 1MSG.
        person = urllib.parse.quote(gateway.demo["people"][0]["number"])
        gateway.network.call("POST", f"/people/{person}/send",
                             {"to": gateway.demo["twochat"]["number"], "kind": "text", "text": TEXT})
        gateway.wait_for_messages("received", 1)
        echo = self.echo(64)["per_second"]
        for dialect, family, template, status in self.family_requests(gateway):
            result, cpu = None, 0.0
            for seconds in (0.2, self.seconds / 4):  # the first to warm up
                cpu = gateway.cpu_seconds()
                result = load(self.binaries, gateway.base, template, 16, seconds)
                cpu = gateway.cpu_seconds() - cpu
            only(result, status)
            each = cpu / max(1, result["per_second"] * self.seconds / 4)
            row(f"{dialect}: {family}", store,
                f"{each * 1e6:,.0f} µs of processor, {result['per_second']:,.0f}/s",
                f"{result['per_second'] / echo:.0%} of the echo's {echo:,.0f}/s")
        gateway.stop()
        shutil.rmtree(data)

    @staticmethod
    def family_requests(gateway):
        demo = gateway.demo
        number = urllib.parse.quote(demo["twochat"]["number"])
        channel = gateway.twochat.call("GET", "/open/whatsapp/get-numbers")["numbers"][0]["uuid"]
        keys = {"2Chat": f"X-User-API-Key: {demo['twochat']['api_key']}",
                "Wapio": f"Authorization: Bearer {demo['wapio']['session_key']}",
                "1MSG": "Accept: application/json"}
        onemsg, token = f"/{demo['onemsg']['channel_id']}", f"?token={demo['onemsg']['token']}"
        person = demo["people"][0]["number"]
        ana = urllib.parse.quote(person)
        of_session = f"/api/whatsapp-sessions/{demo['wapio']['session_id']}"
        text = json.dumps({"to": "+@TO@", "kind": "text", "text": TEXT})
        poll = json.dumps({"to": "+@TO@", "kind": "poll",
                           "poll": {"question": "Tea or coffee?", "options": ["Tea", "Coffee"]}})
        table = [
            ("2Chat", "account", "GET", "/open/info", None, 200),
            ("2Chat", "channels", "GET", f"/open/whatsapp/channel/{channel}/status", None, 200),
            ("2Chat", "send", "POST", "/open/whatsapp/send-message",
             json.dumps({"from_number": demo["twochat"]["number"], "to_number": "+@TO@", "text": TEXT}), 200),
            ("2Chat", "list messages", "GET", f"/open/whatsapp/messages/{number}", None, 200),
            ("2Chat", "conversations", "GET", f"/open/whatsapp/conversations/{channel}", None, 200),
            ("2Chat", "groups", "GET", f"/open/whatsapp/groups/{number}", None, 200),
            ("2Chat", "contacts", "GET", "/open/contacts", None, 200),
            ("2Chat", "check a number", "GET", f"/open/whatsapp/check-number/{number}/{ana}", None, 200),
            ("2Chat", "webhooks", "GET", "/open/webhooks", None, 200),
            ("Wapio", "status", "GET", "/api/status", None, 200),
            ("Wapio", "send text", "POST", "/api/send-message", text, 202),
            ("Wapio", "send a poll", "POST", "/api/send-message", poll, 202),
            ("Wapio", "on WhatsApp", "GET", f"/api/on-whatsapp/{ana}", None, 200),
            ("Wapio", "presence", "POST", "/api/send-presence-update",
             json.dumps({"jid": person.lstrip("+") + "@s.whatsapp.net", "type": "composing"}), 200),
            ("Wapio", "groups", "GET", "/api/groups", None, 200),
            ("Wapio", "contacts", "GET", "/api/contacts", None, 200),
            ("Wapio", "logs", "GET", f"{of_session}/message-logs", None, 200),
            ("1MSG", "status", "GET", f"{onemsg}/status{token}", None, 200),
            ("1MSG", "send", "POST", f"{onemsg}/sendMessage{token}",
             json.dumps({"phone": person.lstrip("+"), "body": TEXT}), 200),
            ("1MSG", "list messages", "GET", f"{onemsg}/messages{token}", None, 200),
            ("1MSG", "templates", "GET", f"{onemsg}/templates{token}", None, 200),
            ("1MSG", "profile", "GET", f"{onemsg}/me{token}", None, 200),
        ]
        for dialect, family, method, path, body, status in table:
            lines = [f"{method} {path} HTTP/1.1", "Host: bench", keys[dialect]]
            if body is not None:
                lines.append("Content-Type: application/json")
            yield dialect, family, "\n".join(lines) + "\n\n" + (body or ""), status

    def numbers(self, store):
        """What a phone number's digits tell, beside the library that parses and formats it."""
        if store != "empty":
            return  # no store is asked
        done = subprocess.run([self.binaries / "bench_numbers", str(self.rounds * 3)],
                              stdout=subprocess.PIPE, timeout=300, check=True)
        took = json.loads(done.stdout)
        reference = f"of the {took['format'] / 1000:.2f} µs to parse and format it"
        for name, key in (("region text by prefix", "region"), ("carrier by prefix", "carrier"),
                          ("time zones by prefix", "zones"), ("country, by the library", "country"),
                          ("all that a number tells", "all")):
            row(f"numbers: {name}", "", f"{took[key] / 1000:.2f} µs of processor",
                f"{took[key] / took['format']:.0%} {reference}")

    def speech(self, store):
        """Voice messages written down, beside the recogniser alone on the same sound."""
        if store != "empty":
            return  # the store has no part in it
        missing = [tool for tool in ("flite", "opusenc", "opusdec") if shutil.which(tool) is None]
        if missing:
            raise SystemExit(f"speech: {', '.join(missing)} is missing: apt-get install flite opus-tools")
        sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests"))
        from speech import speaking
        said = speaking.BENCH_SENTENCES[:4 if self.quick else None]
        voices = [speaking.ogg(speaking.speak(text)) for text in said]
        sounds = [subprocess.run(["opusdec", "--quiet", "--rate", str(speaking.RATE), "--force-wav", "-", "-"],
                                 input=voice, stdout=subprocess.PIPE, check=True, timeout=60).stdout[44:]
                  for voice in voices]
        seconds = sum(len(sound) for sound in sounds) / (2 * speaking.RATE)
        words = sum(len(speaking.words_of(text)) for text in said)

        def errors(heard):
            return sum(speaking.word_errors(a, b) for a, b in zip(said, heard)) / words

        began, alone, used_alone = time.perf_counter(), [], processor_of_children()
        for sound in sounds:
            done = subprocess.run([self.binaries / "parley-speech-worker", SPEECH_MODEL, "600"], input=sound,
                                  stdout=subprocess.PIPE, timeout=300, check=True)
            alone.append(json.loads(done.stdout)["text"])
        took_alone = time.perf_counter() - began
        used_alone = processor_of_children() - used_alone

        data = self.fresh(store)
        gateway = Gateway(self.binaries, data)
        person, number = gateway.demo["people"][0]["number"], gateway.demo["twochat"]["number"]
        sim = Http(gateway.sim)
        before = len(self.voices_of(gateway, number))
        began, used = time.perf_counter(), gateway.cpu_seconds(with_children=True)
        for voice in voices:
            sim.call("POST", f"/people/{person}/send", {
                "to": number, "kind": "audio", "voice": True,
                "media": {"data": base64.b64encode(voice).decode(), "mime_type": "audio/ogg"}})
        while True:
            found = self.voices_of(gateway, number)[before:]
            if len(found) == len(said) and all(one["status"] != "pending" for one in found):
                break
            if time.perf_counter() - began > 600:
                raise SystemExit("speech: not written down within ten minutes")
            time.sleep(0.05)
        took = time.perf_counter() - began
        used = gateway.cpu_seconds(with_children=True) - used
        heard = [one.get("text", "") for one in found]
        after = gateway.memory_kb()
        gateway.stop()
        shutil.rmtree(data)
        row(f"speech: {len(said)} sentences, {seconds:.0f} s of sound", "",
            f"{took / seconds:.2f} of real time", f"{took_alone / seconds:.2f}, the recogniser alone")
        row("speech: processor time for a second of sound", "", f"{used / seconds:.2f} s",
            f"{used_alone / seconds:.2f} s, the recogniser alone")
        row("speech: word error rate", "", f"{errors(heard):.0%} of {words} words",
            f"{errors(alone):.0%}, the recogniser alone")
        ready, idle = self.with_recogniser(store, ())
        ready_without, idle_without = self.with_recogniser(store, ("--speech-worker", "/nowhere"))
        row("speech: start-up to /healthz 200", "", f"{ready:.0f} ms", f"{ready_without:.0f} ms without a recogniser")
        row("speech: memory of the gateway, idle", "", f"{idle:.1f} MB", f"{idle_without:.1f} MB without a recogniser")
        row("speech: memory of the gateway, after these sentences", "", f"{after / 1024:.1f} MB")

    def with_recogniser(self, store, options):
        """Medians of start-up in ms and of idle memory in MB."""
        times, memory = [], []
        for _ in range(3 if self.quick else 7):
            data = self.fresh(store)
            gateway = Gateway(self.binaries, data, options)
            times.append(gateway.startup_ms)
            memory.append(gateway.memory_kb() / 1024)
            gateway.stop()
            shutil.rmtree(data)
        return statistics.median(times), statistics.median(memory)

    def multidevice(self, store):
        """Native channels, beside Baileys (multidevice.py)."""
        if store != "empty":
            return  # it has stores of its own
        Multidevice(Tools(self.binaries), self.quick, pathlib.Path(tempfile.mkdtemp(dir=self.folder))).run()

    def cloud(self, store):
        """Channels on the Cloud API (cloud.py)."""
        if store != "empty":
            return  # as above
        Cloud(Tools(self.binaries), self.quick, pathlib.Path(tempfile.mkdtemp(dir=self.folder)), self.echo).run()

    def dashboard(self, store):
        """The page in a browser (dashboard.py)."""
        if store != "empty":
            return  # what it shows is read in pages of the same length
        data = self.fresh(store)
        gateway = Gateway(self.binaries, data)
        gateway.add_people(CHATS)
        Dashboard(Tools(self.binaries), self.quick, gateway).run()
        gateway.stop()
        shutil.rmtree(data)

    @staticmethod
    def voices_of(gateway, number):
        """The transcriptions of a number's voice messages, oldest first."""
        page = gateway.twochat.call("GET", f"/open/whatsapp/messages/{number}")
        return [message["message"]["transcription"] for message in reversed(page["messages"])
                if "transcription" in message["message"]]

    def timed(self, call):
        times = []
        for _ in range(50 if self.quick else 300):
            began = time.perf_counter()
            call()
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        return statistics.median(times), times[int(len(times) * 0.99)]


BENCHMARKS = {"accept": Bench.accept, "end-to-end": Bench.end_to_end, "deliveries": Bench.deliveries,
              "startup": Bench.startup, "memory": Bench.memory, "pages": Bench.pages,
              "families": Bench.families, "numbers": Bench.numbers, "speech": Bench.speech,
              "multidevice": Bench.multidevice, "cloud": Bench.cloud,
              "dashboard": Bench.dashboard}


def main():
    parser = argparse.ArgumentParser(prog="./bench")
    parser.add_argument("binaries", type=pathlib.Path, help=argparse.SUPPRESS)
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join(BENCHMARKS))
    parser.add_argument("--quick", action="store_true", help="fewer and shorter rounds")
    parser.add_argument("--store", choices=["empty", "1M", "both"], default="both")
    options = parser.parse_intermixed_args()
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    stores = ["empty", "1M"] if options.store == "both" else [options.store]
    with tempfile.TemporaryDirectory(prefix="parley-bench-") as folder:
        bench = Bench(options.binaries.resolve(), options.quick, pathlib.Path(folder))
        for name in options.names or BENCHMARKS:
            print(f"{name}", flush=True)
            for store in stores:
                BENCHMARKS[name](bench, store)
    print("\n| figure | store | measured | beside it |\n|---|---|---|---|")
    for cells in ROWS:
        print("| " + " | ".join(cells) + " |")


if __name__ == "__main__":
    sys.exit(main())
