"""Runs `parley serve --demo` as a process of its own and talks to it. Standard library only."""

import http.client
import json
import os
import signal
import socket
import subprocess
import time
import urllib.parse

READY_WITHIN = 30.0  # seconds; a start takes a fraction of one


class Died(Exception):
    """The process ended although nobody asked it to."""


class Lost(Exception):
    """A request got no answer: whether it had its effect is unknown."""


class Client:
    """One keep-alive connection. Thread: one at a time."""

    def __init__(self, base_url, timeout=10.0):
        url = urllib.parse.urlsplit(base_url)
        self._connection = http.client.HTTPConnection(url.hostname, url.port, timeout=timeout)

    def request(self, method, path, body=None, headers=None):
        """Returns (status, headers, bytes). `body` may be bytes, or an object to be sent as JSON."""
        headers = dict(headers or {})
        if body is not None and not isinstance(body, (bytes, bytearray)):
            body = json.dumps(body).encode()
            headers.setdefault("Content-Type", "application/json")
        try:
            if self._connection.sock is None:
                self._connection.connect()
                self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            return response.status, response.headers, response.read()
        except socket.timeout:
            self.close()
            raise AssertionError(f"{method} {path} was not answered in time") from None
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise Lost(f"{method} {path}: {error!r}") from None

    def json(self, method, path, body=None, headers=None):
        """As request, but returns (status, decoded JSON)."""
        status, _, text = self.request(method, path, body, headers)
        return status, json.loads(text) if text else None

    def close(self):
        self._connection.close()

    __del__ = close


def wait_until(condition, within, what):
    """Polls until `condition` gives something true, and returns that."""
    deadline = time.monotonic() + within
    while True:
        found = condition()
        if found:
            return found
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {within:g} s")
        time.sleep(0.01)


class Gateway:
    """One data folder, and the process that serves it, which may be started again and again."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.demo = None
        self.log = folder.rstrip("/") + ".log"
        self._process = None
        os.makedirs(os.path.dirname(os.path.abspath(folder)), exist_ok=True)

    def start(self, *options):
        """Starts the process and waits until /healthz says that it is ready."""
        self.launch(*options)
        return self.wait_ready()

    def launch(self, *options):
        assert self._process is None
        self._demo_file = self._inode()
        command = [self.binary, "serve", "--data", self.folder, "--demo", *options]
        if "--listen" not in options:
            command += ["--listen", "127.0.0.1:0"]
        with open(self.log, "ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log)
        self._launched = time.monotonic()

    def wait_ready(self):
        """Returns demo.json, read anew: its addresses are those of this run."""
        deadline = self._launched + READY_WITHIN
        while True:
            if self._process.poll() is not None:
                code = self.wait()
                raise Died(f"parley ended with {code} before it was ready\n{self.log_tail()}")
            if self._inode() != self._demo_file:
                with open(self._demo_path(), encoding="utf-8") as file:
                    self.demo = json.load(file)
                try:
                    status = self.client(timeout=5.0).request("GET", "/healthz")[0]
                    assert status == 200, f"demo.json is there and /healthz answers {status}"
                    self.start_took = time.monotonic() - self._launched
                    return self.demo
                except Lost:
                    pass  # ended again, as is told above
            if time.monotonic() > deadline:
                raise AssertionError(f"parley was not ready in time\n{self.log_tail()}")
            time.sleep(0.003)

    def client(self, timeout=10.0):
        return Client(self.demo["base_url"], timeout)

    def sim(self, timeout=10.0):
        return Client(self.demo["sim_url"], timeout)

    @property
    def running(self):
        return self._process is not None and self._process.poll() is None

    def kill(self):
        """SIGKILL. False when it had ended before."""
        killed = self.running
        if killed:
            self._process.send_signal(signal.SIGKILL)
        self.wait()
        return killed

    def terminate(self, number=signal.SIGTERM):
        self._process.send_signal(number)

    def stop(self):
        """SIGTERM; the exit code."""
        self.terminate()
        return self.wait()

    def wait(self, within=40.0):
        """Waits for the end; the exit code, -9 after SIGKILL. None when it takes too long."""
        try:
            code = self._process.wait(within)
        except subprocess.TimeoutExpired:
            return None
        self._process = None
        return code

    def log_tail(self, lines=15):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return "".join(log.readlines()[-lines:])

    def _demo_path(self):
        return os.path.join(self.folder, "demo.json")

    # demo.json is replaced as a whole at each start, so that the file of this run is a new one.
    def _inode(self):
        try:
            status = os.stat(self._demo_path())
        except FileNotFoundError:
            return None
        return status.st_ino, status.st_mtime_ns

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process is not None:
            self.kill()
