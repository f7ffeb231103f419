"""A proxy that passes everything on unchanged, except for one field of one kind of message: the proof
that a test really looks at that field. Standard library only.

A mutation is {"path": regular expression, "part": "answer", "request" or "asked" (a request, too),
"field": "a.0.b", "value": anything}, with "header:Name" as a field for a header. It applies to every JSON message whose path
matches and that has the field.
"""

import http.client
import json
import re
import threading
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "host"}


class BreakingProxy:
    def __init__(self, target, mutation):
        self.applied = 0
        proxy, url = self, urllib.parse.urlsplit(target)

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self):
                length = int(self.headers.get("Content-Length", "0"))
                body, headers = self.rfile.read(length), self._kept(self.headers.items())
                if mutation["part"] in ("request", "asked"):
                    body, headers = proxy._break(mutation, self.path, body, headers)
                connection = http.client.HTTPConnection(url.hostname, url.port, timeout=30)
                connection.request(self.command, self.path, body, dict(headers))
                response = connection.getresponse()
                answer, headers = response.read(), self._kept(response.getheaders())
                connection.close()
                if mutation["part"] == "answer":
                    answer, headers = proxy._break(mutation, self.path, answer, headers)
                self.send_response(response.status)
                for name, value in headers:
                    self.send_header(name, value)
                if response.status != 204:
                    self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

            @staticmethod
            def _kept(headers):
                return [(n, v) for n, v in headers if n.lower() not in HOP_BY_HOP]

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self):
        self._server.shutdown()
        self._server.server_close()

    def _break(self, mutation, path, body, headers):
        if not re.search(mutation["path"], path):
            return body, headers
        field, value = mutation["field"], mutation["value"]
        if field.startswith("header:"):
            name = field.removeprefix("header:").lower()
            changed = [(n, value if n.lower() == name else v) for n, v in headers]
            self.applied += changed != headers
            return body, changed
        try:
            document = json.loads(body)
            steps = [int(s) if s.isdigit() else s for s in field.split(".")]
            place = document
            for where in steps[:-1]:
                place = place[where]
            if place[steps[-1]] == value:
                return body, headers
            place[steps[-1]] = value
        except (ValueError, LookupError, TypeError):
            return body, headers
        self.applied += 1
        return json.dumps(document).encode(), headers
