"""A webhook receiver: answers 200 to every POST at once and keeps what it got. It also serves what
was put into `files`, as a source of media. Standard library only."""

import asyncio
import threading
import time
import urllib.parse


class Delivery:
    """One POST as it came."""

    def __init__(self, path, headers, body):
        self.path, self.headers, self.body = path, headers, body
        self.at = time.monotonic()
        self.id = headers.get("webhook-id", "")


class Receiver:
    def __init__(self):
        self.deliveries = []  # in order of arrival; only ever appended to
        self.files = {}       # path -> (content type, bytes)
        self.answer = None    # a function from Delivery to the status, instead of 200
        self._loop = asyncio.new_event_loop()
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        self._thread.start()
        started.wait()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def settle(self):
        """Returns when everything that has reached this machine by now is noted."""
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0.02), self._loop).result()

    def close(self):
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, started):
        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(
            asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=256))
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        self._loop.run_forever()

    async def _serve(self, reader, writer):
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                method, target, _ = head[0].split(" ", 2)
                headers = {}
                for line in head[1:-2]:
                    name, value = line.split(":", 1)
                    headers[name.lower()] = value.strip()
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                path = urllib.parse.urlsplit(target).path
                if method == "POST":
                    delivery = Delivery(path, headers, body)
                    self.deliveries.append(delivery)
                    status = self.answer(delivery) if self.answer else 200
                    writer.write(b"HTTP/1.1 %d Noted\r\nContent-Length: 0\r\n\r\n" % status)
                elif path in self.files:
                    kind, content = self.files[path]
                    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                                 % (kind.encode(), len(content)) + content)
                else:
                    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
