"""./bench multidevice: native channels on the simulated network's wire, gateway and network as processes
of their own; beside them Baileys, unmodified, against the same network in the same run.

Standard library only; Baileys needs Node 20 and is left out, by name, where that is missing.
"""
import concurrent.futures
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import threading
import time

FIRST_CHANNEL, FIRST_COMPANION = 15_570_000_000, 15_580_000_000
PEOPLE = 100  # who is written to and writes; bench_load numbers them from 15560000 on
TEXT = "Hello, this is a message of about the usual length."
HERE = pathlib.Path(__file__).resolve().parent
CLIENTS = HERE.parent / "tests" / "clients" / "multidevice"


class Sizes:
    """How much of everything."""

    def __init__(self, quick):
        self.channels = [100, 200] if quick else [1000, 5000]
        self.restarts = 1 if quick else 3
        self.rounds = 1 if quick else 3
        self.messages = 1000 if quick else 5000
        self.history = 50 if quick else 200  # messages, of each of so many channels:
        self.with_history = 50 if quick else 200
        self.companions = 20 if quick else 150
        self.settle = 6.0 if quick else 30.0  # a round of keep-alives


class Program:
    """`parley VERB` as a process of its own."""

    def __init__(self, bench, data, *arguments):
        data.mkdir(exist_ok=True)
        self.data = data
        self.log = open(data / "log", "wb")
        self.started_at = time.monotonic()
        self.process = subprocess.Popen([bench.binaries / "parley", *arguments, "--data", data],
                                        stdout=self.log, stderr=self.log)
        bench.processes.append(self.process)

    def check(self):
        if self.process.poll() is not None:
            raise SystemExit("parley ended:\n" + (self.data / "log").read_text()[-2000:])

    def cpu_seconds(self):
        return cpu_seconds(self.process.pid)

    def stop(self):
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_kb(pid):
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Rss:"):
            return int(line.split()[1])
    raise SystemExit("no resident memory is shown")


def wait_for(what, holds, seconds=600.0, pause=0.01):
    deadline = time.monotonic() + seconds
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > deadline:
            raise SystemExit(f"{what}: not within {seconds:.0f} s")
        time.sleep(pause)


class Network(Program):
    """The simulated network alone; nothing in it takes longer than it must."""

    def __init__(self, bench, data):
        delays = [f"--sim-{name}-delay=0ms" for name in ("ack", "delivery", "receipt")]
        super().__init__(bench, data, "simulate", "--sim-listen", "127.0.0.1:0", *delays)

        def url():
            self.check()
            said = [line for line in (data / "log").read_text().splitlines() if line.startswith("http://")]
            return said[0] if said else None
        self.bench, self.url = bench, wait_for("the simulated network", url)
        self.wire = self.ask("GET", "/wire")

    def ask(self, *asked):
        return self.bench.http(self.url).call(*asked)  # a connection that rests is closed after a while

    def logins(self):
        return self.ask("GET", "/wire")["logins"]

    def add_people(self, first, count):
        for i in range(count):
            self.ask("POST", "/people", {"number": f"+{first + i}", "name": f"P{i}"})


class Gateway(Program):
    def __init__(self, bench, data, network, url=None, options=()):
        self.bench = bench
        super().__init__(bench, data, "serve", "--listen", "127.0.0.1:0", "--log-level", "warning",
                         "--new-channels", "multidevice", "--multidevice-url", url or network.wire["url"],
                         "--multidevice-root", network.wire["root_key"], *options)

        def base():
            self.check()
            try:
                shown = json.loads((data / "server.json").read_text())
            except (OSError, ValueError):
                return None
            return shown["base_url"] if shown["pid"] == self.process.pid else None
        self.base = wait_for("the gateway", base, pause=0.002)
        self.token = (data / "admin.token").read_text().strip()

    def api(self):
        return self.bench.http(self.base, {"Authorization": "Bearer " + self.token})

    def figure(self, name):
        for line in self.bench.metrics(self.base).splitlines():
            if line.startswith(name + " "):
                return float(line.rsplit(" ", 1)[1])
        return 0.0

    def connected(self):
        return self.figure('parley_channels{state="connected"}')

    def received(self):
        return self.figure('parley_messages_total{status="received"}')

    def settled_kb(self, seconds):
        """The least of what was resident towards the end of a while of idleness."""
        time.sleep(seconds)
        seen = []
        for _ in range(5):
            seen.append(resident_kb(self.process.pid))
            time.sleep(0.5)
        return min(seen)


class TlsFront:
    """TLS in front of the network, a process of its own (tls_front.py)."""

    def __init__(self, bench, folder, network):
        self.certificate = folder / "front.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
             "-keyout", folder / "front.key", "-out", self.certificate],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.process = subprocess.Popen(
            [sys.executable, HERE / "tls_front.py", self.certificate, folder / "front.key",
             network.url.rsplit(":", 1)[1]], stdout=subprocess.PIPE)
        bench.processes.append(self.process)
        self.url = f"wss://127.0.0.1:{int(self.process.stdout.readline())}/ws/chat"

    def stop(self):
        self.process.kill()
        self.process.wait()


class Baileys:
    """Companions by Baileys in one process of Node, steered by lines (baileys.mjs)."""

    def __init__(self, bench, folder, network):
        self.folder = folder / f"bench-baileys-{os.getpid()}"
        self.folder.mkdir()
        for source in (HERE / "baileys.mjs", CLIENTS / "quiet_baileys.mjs"):
            shutil.copy(source, self.folder)
        self.process = subprocess.Popen(
            ["node", "--expose-gc", self.folder / "baileys.mjs", network.url], text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        bench.processes.append(self.process)

    def ask(self, **command):
        self.tell(**command)
        return self.answer()

    def tell(self, **command):
        self.process.stdin.write(json.dumps(command) + "\n")
        self.process.stdin.flush()

    def answer(self):
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("Baileys ended")
        answer = json.loads(line)
        if "error" in answer:
            raise SystemExit("Baileys: " + answer["error"])
        return answer

    def stop(self):
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder)


class Multidevice:
    def __init__(self, bench, quick, folder):
        self.bench, self.sizes, self.folder = bench, Sizes(quick), folder
        self.account = None
        self.channels = []  # (id, number)
        self.accounts = "/parley/v1/accounts"

    def run(self):
        self.network = Network(self.bench, self.folder / "network")
        self.network.add_people(15_560_000, PEOPLE)
        self.data = self.folder / "gateway"
        gateway = self.start()
        account = gateway.api().call("POST", self.accounts, {"name": "bench"})
        self.accounts += f"/{account['account_id']}/channels"
        gateway.stop()
        gateway = self.start()
        empty_kb = gateway.settled_kb(self.sizes.settle)
        self.row("native, memory without channels", f"{empty_kb / 1024:.1f} MB")
        idle_kb = empty_kb
        for count in self.sizes.channels:
            gateway = self.pair(gateway, count)
            gateway, idle_kb = self.restart(gateway, count)
            self.memory(f"native, memory, each of {count:,} idle channels", idle_kb - empty_kb, count, 48)
            if count == self.sizes.channels[0]:
                gateway = self.over_tls(gateway, count, empty_kb)
        ours = self.throughput(gateway)
        gateway = self.history(gateway)
        gateway.stop()
        self.beside(ours)
        self.network.stop()

    def row(self, name, figure, reference=""):
        self.bench.row(name, "", figure, reference)

    def memory(self, name, kb, count, target):
        self.row(name, f"{kb / count:.1f} KiB", f"aim: under {target}")

    def start(self, **how):
        return Gateway(self.bench, self.data, self.network, **how)

    # ------------------------------------------------------------------------------- channels

    def pair(self, gateway, count):
        """Until there are so many: made through the admin API, scanned by people who are made for it."""
        own = threading.local()
        began, cpu = time.monotonic(), gateway.cpu_seconds()
        there = len(self.channels)

        def one(i):
            if not hasattr(own, "admin"):
                own.admin, own.network = gateway.api(), self.bench.http(self.network.url)
            number = f"+{FIRST_CHANNEL + i}"
            own.network.call("POST", "/people", {"number": number, "name": f"C{i}"})
            made = own.admin.call("POST", self.accounts, {"label": str(i), "link": "multidevice"})
            shown = own.admin.call("POST", f"{self.accounts}/{made['channel_id']}/pair", {})
            own.network.call("POST", f"/people/{number}/scan", {"qr": shown["qr"]})
            return made["channel_id"], number
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            self.channels += pool.map(one, range(there, count))
        wait_for("all channels being connected", lambda: gateway.connected() == count, pause=0.2)
        took = time.monotonic() - began
        self.row(f"native, pairing of {count - there:,} more channels", f"{(count - there) / took:.1f}/s",
                 f"{(gateway.cpu_seconds() - cpu) / (count - there) * 1000:.0f} ms of processor each, keys included")
        return gateway

    def restart(self, gateway, count, **how):
        """Stopped and started until all are live; the last one stays and comes to rest."""
        times, cpu = [], 0.0
        for _ in range(self.sizes.restarts):
            gateway.stop()
            before = self.network.logins()
            gateway = self.start(**how)
            # Asking costs both sides something: not too often.
            wait_for("all channels being logged in", lambda: self.network.logins() - before >= count, pause=0.05)
            wait_for("all channels being connected", lambda: gateway.connected() == count, pause=0.05)
            times.append(time.monotonic() - gateway.started_at)
            cpu = gateway.cpu_seconds()
        aim = "through a front in Python" if how else f"aim: under {count / 100:.0f}"
        self.row(f"native, restart to {count:,} live channels" + (" over TLS" if how else ""),
                 f"{statistics.median(times):.1f} s", f"{aim}; {cpu:.1f} s of processor")
        return gateway, gateway.settled_kb(self.sizes.settle)

    def over_tls(self, gateway, count, empty_kb):
        front = TlsFront(self.bench, self.folder, self.network)
        gateway, idle_kb = self.restart(gateway, count, url=front.url,
                                        options=("--ca-files", front.certificate))
        self.memory(f"native, memory, each of {count:,} idle channels over TLS", idle_kb - empty_kb, count, 96)
        gateway.stop()
        front.stop()
        gateway = self.start()
        wait_for("all channels being connected", lambda: gateway.connected() == count)
        return gateway

    # ------------------------------------------------------------------------------- messages

    def key_of(self, gateway, channel):
        made = gateway.api().call("POST", f"{self.accounts}/{channel}/keys", {"dialect": "wapio"})
        return made["key"]

    def throughput(self, gateway):
        """One channel and a hundred people. The first round begins the sessions and is not counted."""
        channel, number = self.channels[0]
        request = self.bench.send_request(self.key_of(gateway, channel))
        count, each = self.sizes.messages, {}
        sent, received = [], []

        def delivered():
            return gateway.figure('parley_messages_total{status="delivered"}')
        for number_of_round in range(self.sizes.rounds + 1):
            before, cpu, began = delivered(), gateway.cpu_seconds(), time.monotonic()
            wanted = PEOPLE * 2 if number_of_round == 0 else count
            self.bench.load(self.bench.binaries, gateway.base, request, 32, requests=wanted, chats=PEOPLE)
            # Rarely: /metrics counts all channels, which is work of the process that is measured.
            wait_for("all messages being delivered", lambda: delivered() - before >= wanted, pause=0.2)
            sent.append((wanted / (time.monotonic() - began), (gateway.cpu_seconds() - cpu) / wanted))

            before, cpu, began = gateway.received(), gateway.cpu_seconds(), time.monotonic()
            self.write_to(number, wanted)
            wait_for("all messages being received", lambda: gateway.received() - before >= wanted, pause=0.2)
            received.append((wanted / (time.monotonic() - began), (gateway.cpu_seconds() - cpu) / wanted))
        for name, rounds in (("sent", sent[1:]), ("received", received[1:])):
            each[name] = tuple(statistics.median(one[i] for one in rounds) for i in (0, 1))
            self.row(f"native, messages {name}, one channel", f"{each[name][0]:,.0f}/s",
                     f"{each[name][1] * 1e6:.0f} µs of processor each")
        return each

    def write_to(self, number, count, connections=8):
        template = ("POST /people/+@TO@/send HTTP/1.1\nHost: bench\nContent-Type: application/json\n\n" +
                    json.dumps({"to": number, "kind": "text", "text": TEXT}))
        self.bench.only(self.bench.load(self.bench.binaries, self.network.url, template, connections,
                                        requests=count, chats=PEOPLE), 201)

    def history(self, gateway):
        """What stored messages cost an idle channel: before and after a restart."""
        first, count = self.sizes.with_history, len(self.channels)
        gateway, before_kb = self.restart_quietly(gateway)
        file_kb = self.file_kb()
        expected = 0
        for _, number in self.channels[:first]:
            self.write_to(number, self.sizes.history)
            expected += self.sizes.history
        wait_for("the history being received", lambda: gateway.received() >= expected)
        live_kb = gateway.settled_kb(self.sizes.settle)
        gateway, after_kb = self.restart_quietly(gateway)
        what = f"{self.sizes.history} messages received in each of {first:,} of {count:,} channels"
        self.row(f"native, {what}", f"{(live_kb - before_kb) / first:+.1f} KiB each", "before a restart")
        self.row("", f"{(after_kb - before_kb) / first:+.1f} KiB each", "after a restart")
        self.row("", f"{(self.file_kb() - file_kb) / first:.0f} KiB each", "in the store's file")
        return gateway

    def restart_quietly(self, gateway):
        gateway.stop()
        gateway = self.start()
        wait_for("all channels being connected", lambda: gateway.connected() == len(self.channels))
        return gateway, gateway.settled_kb(self.sizes.settle)

    def file_kb(self):
        return (self.data / "parley.db").stat().st_size / 1024

    # -------------------------------------------------------------------------------- Baileys

    def beside(self, ours):
        modules = self.bench.wire_modules()
        if modules is None:
            self.row("Baileys", "not measured", "Node 20 with npm is missing")
            return
        baileys = Baileys(self.bench, pathlib.Path(modules).parent, self.network)
        count = self.sizes.companions
        self.network.add_people(FIRST_COMPANION, count)
        memory = baileys.ask(do="pair", first=FIRST_COMPANION, count=count, settle=self.sizes.settle)
        self.row(f"Baileys, memory, each of {count} idle clients", f"{memory['each_kb']:.0f} KiB",
                 "of one process, keys in memory, after a collection")
        theirs = {"sent": [], "received": []}
        number = f"+{FIRST_COMPANION}"
        for number_of_round in range(self.sizes.rounds + 1):
            wanted = PEOPLE * 2 if number_of_round == 0 else max(500, self.sizes.messages // 5)
            theirs["sent"].append(baileys.ask(do="send", first=15_560_000, people=PEOPLE, count=wanted, text=TEXT))
            baileys.tell(do="receive", count=wanted)
            self.write_to(number, wanted)
            theirs["received"].append(baileys.answer())
        for name, rounds in theirs.items():
            rate = statistics.median(one["per_second"] for one in rounds[1:])
            cpu = statistics.median(one["cpu_us"] for one in rounds[1:])
            self.row(f"Baileys, messages {name}, one client", f"{rate:,.0f}/s",
                     f"{cpu:.0f} µs of processor each: {cpu / (ours[name][1] * 1e6):.1f} times ours, at "
                     f"{rate / ours[name][0]:.0%} of our rate")
        baileys.stop()
