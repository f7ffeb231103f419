"""./bench dashboard: the page in Chromium, against a gateway as a process of its own.

The browser is the system's, driven by Playwright in the version of tests/dashboard. Standard library
only.
"""
import gzip
import http.server
import json
import os
import re
import selectors
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request

EVENTS_OF_AN_HOUR = 200 * 3600
EMPTY = b"<!doctype html><html lang=en><title>Empty</title><h1>Empty</h1>"


class EmptyPage:
    """What a page costs that has nothing on it."""

    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(EMPTY)))
                self.end_headers()
                self.wfile.write(EMPTY)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Browser:
    def __init__(self, bench, modules, chromium, cookie):
        script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "dashboard.mjs")
        told = {"modules": modules, "executable": chromium, "cookie": cookie}
        self.process = subprocess.Popen(
            ["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, "BENCH_DASHBOARD": json.dumps(told)})
        bench.processes.append(self.process)

    def ask(self, do, **arguments):
        self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": "the browser ended"}
        if "error" in answer:
            raise SystemExit(f"dashboard: {do}: {answer['error']}")
        return answer

    def stop(self):
        self.process.stdin.close()
        self.process.wait(30)


class Streams:
    """Many open pages, as the gateway sees them: connections that read the stream of events."""

    def __init__(self, base, token, count):
        url = urllib.parse.urlsplit(base)
        self.read, self.ended = 0, False
        self.selector = selectors.DefaultSelector()
        self.sockets = []
        for _ in range(count):
            one = socket.create_connection((url.hostname, url.port), 10)
            one.sendall(f"GET /parley/v1/events/stream HTTP/1.1\r\nHost: {url.netloc}\r\n"
                        f"Authorization: Bearer {token}\r\n\r\n".encode())
            if not one.recv(4096).startswith(b"HTTP/1.1 200"):
                raise SystemExit("dashboard: a stream was refused")
            one.setblocking(False)
            self.selector.register(one, selectors.EVENT_READ)
            self.sockets.append(one)
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def _run(self):
        into = bytearray(1 << 18)
        while not self.ended:
            for key, _ in self.selector.select(0.2):
                try:
                    self.read += key.fileobj.recv_into(into)
                except BlockingIOError:
                    continue

    def come_to_rest(self):
        """Returns when nothing has come for a while."""
        before = -1
        while before != self.read:
            before = self.read
            time.sleep(1)

    def close(self):
        self.ended = True
        self.thread.join()
        for one in self.sockets:
            one.close()


class Dashboard:
    def __init__(self, bench, quick, gateway):
        self.bench, self.gateway = bench, gateway
        self.rounds = 3 if quick else 9
        self.events = EVENTS_OF_AN_HOUR // 20 if quick else EVENTS_OF_AN_HOUR
        self.streams = 50 if quick else 200
        self.messages = 1000 if quick else 5000
        self.sent = 0

    def run(self):
        here = os.path.dirname(os.path.abspath(__file__))
        sys.path.insert(0, os.path.join(here, "..", "tests", "dashboard"))
        import run as stories
        chromium = os.environ.get("DASHBOARD_CHROMIUM", "/usr/bin/chromium")
        if not os.path.exists(chromium):
            raise SystemExit(f"dashboard: {chromium} is missing: apt-get install chromium")
        modules = stories.install(str(self.bench.binaries / "dashboard-tests"))
        browser = Browser(self.bench, modules, chromium, self.cookie())
        self.load(browser)
        self.size()
        self.hour(browser)
        browser.stop()
        self.open_pages()

    def cookie(self):
        request = urllib.request.Request(
            self.gateway.base + "/parley/v1/session", method="POST",
            data=json.dumps({"token": self.gateway.demo["admin_token"]}).encode(),
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=10) as answer:
            name, value = answer.headers["Set-Cookie"].split(";")[0].split("=", 1)
        host = urllib.parse.urlsplit(self.gateway.base).hostname
        return {"name": name, "value": value, "domain": host, "path": "/parley", "httpOnly": True,
                "sameSite": "Strict"}

    def load(self, browser):
        """From the address to a page that can be used, with nothing in the browser's cache."""
        empty = EmptyPage()
        for name, path in (("overview", ""), ("events", "events")):
            times, empties, sizes = [], [], []
            for _ in range(self.rounds):
                empties.append(browser.ask("time", url=empty.url)["ms"])
                took = browser.ask("time", url=f"{self.gateway.base}/ui/{path}")
                times.append(took["ms"])
                sizes.append(took["bytes"])
            self.bench.row(f"dashboard: time to interactive, {name}", "", f"{statistics.median(times):.0f} ms",
                           f"{statistics.median(empties):.0f} ms, an empty page")
            self.bench.row(f"dashboard: bytes until then, {name}", "", f"{statistics.median(sizes) / 1000:.1f} kB",
                           f"{len(EMPTY)} bytes, an empty page; 150 kB is the aim")

    def size(self):
        """Every file that the page has, as it is sent."""
        found = {}
        wanted = ["index.html"]
        while wanted:
            name = wanted.pop()
            request = urllib.request.Request(f"{self.gateway.base}/ui/{name}", headers={"Accept-Encoding": "gzip"})
            with urllib.request.urlopen(request, timeout=10) as answer:
                body = answer.read()
                plain = gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
            found[name] = len(body), len(plain)
            for path in re.findall(rb"assets/[\w.-]+\.(?:js|css)", plain):
                if path.decode() not in found and path.decode() not in wanted:
                    wanted.append(path.decode())
        scripts = {name: sizes for name, sizes in found.items() if name.endswith(".js")}
        viewer = next(name for name in scripts if "swagger-ui" in name)
        of_viewer, _ = scripts.pop(viewer)
        sent, plain = (sum(column) for column in zip(*scripts.values()))
        self.bench.row("dashboard: JavaScript of all pages, gzip", "", f"{sent / 1000:.1f} kB",
                       f"{plain / 1000:.1f} kB uncompressed; a page loads its own part of it")
        self.bench.row("dashboard: JavaScript of the API reference's viewer, gzip", "", f"{of_viewer / 1000:.1f} kB",
                       "by others, loaded with its page alone")
        total = sum(size for size, _ in found.values())
        self.bench.row("dashboard: all files, gzip", "", f"{total / 1000:.1f} kB", f"{len(found)} files")

    def last_event(self):
        return self.gateway.admin.call("GET", "/parley/v1/node")["events"]["last"]

    def push(self, messages):
        """Returns when each has come to its receipt, and so told all its events."""
        request = self.bench.send_request(self.gateway.demo["wapio"]["session_key"])
        self.bench.only(self.bench.load(self.bench.binaries, self.gateway.base, request, 16, requests=messages), 202)
        self.sent += messages
        self.gateway.wait_for_messages("delivered", self.sent)

    def hour(self, browser):
        """As many events as an hour has at 200 a second, as fast as they come, into the page that shows
        each of them."""
        browser.ask("open", url=self.gateway.base + "/ui/events")
        self.push(50)
        browser.ask("position", reach=self.last_event())
        before, began, first = browser.ask("memory"), time.monotonic(), self.last_event()
        while self.last_event() < first + self.events:
            self.push(2000)
            # No more is on its way than the page takes.
            browser.ask("position", reach=self.last_event())
        seconds, after = time.monotonic() - began, browser.ask("memory")
        count = after["heard"] - before["heard"]
        shown = f"{before['heap'] / 1e6:.1f} MB of heap, {before['own_kb'] / 1024:.0f} MB, {before['nodes']:,.0f} nodes"
        self.bench.row(f"dashboard: a tab after {count:,} events", "",
                       f"{after['heap'] / 1e6:.1f} MB of heap, {after['own_kb'] / 1024:.0f} MB, "
                       f"{after['nodes']:,.0f} nodes", f"before them {shown}")
        self.bench.row("dashboard: events that the page takes", "", f"{count / seconds:,.0f}/s",
                       "200/s are asked for; sent, told and drawn on the same cores")
        browser.ask("close")

    def open_pages(self):
        """What the gateway has of each page that is open."""
        gateway = self.gateway
        alone = self.cost_of_messages()
        idle = gateway.memory_kb()
        streams = Streams(gateway.base, gateway.demo["admin_token"], self.streams)
        each = (gateway.memory_kb() - idle) * 1024 / self.streams
        events, used, read = self.last_event(), gateway.cpu_seconds(), streams.read
        self.push(self.messages)
        streams.come_to_rest()
        used = gateway.cpu_seconds() - used - alone * self.messages
        events = self.last_event() - events
        told = used / (events * self.streams)
        size = (streams.read - read) / (events * self.streams)
        peak = (gateway.memory_kb() - idle) * 1024 / self.streams
        streams.close()
        self.bench.row("dashboard: memory of the gateway, each open page", "", f"{each:,.0f} bytes",
                       f"{self.streams} pages; {peak:,.0f} bytes after {events:,} events; {idle / 1024:.1f} MB without")
        self.bench.row("dashboard: processor of the gateway, each event to each page", "", f"{told * 1e6:.1f} µs",
                       f"{size:,.0f} bytes each; 200 events/s are {told * 200:.2%} of a core a page; "
                       f"a message with its {events / self.messages:.0f} events takes {alone * 1e6:.0f} µs without pages")

    def cost_of_messages(self):
        self.push(self.messages)
        used = self.gateway.cpu_seconds()
        self.push(self.messages)
        return (self.gateway.cpu_seconds() - used) / self.messages
