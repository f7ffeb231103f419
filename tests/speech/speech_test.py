#!/usr/bin/env python3
"""Voice messages that a synthesiser speaks, from a phone of the simulated network to the webhook: most of
their words must arrive, and nothing of what is no speech.

  speech_test.py BINARY

Exit code 77 when the synthesiser is missing, or 1 with CI=true.
"""

import base64
import json
import os
import sys
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from speech import speaking  # noqa: E402
from support.gateway import Gateway, wait_until  # noqa: E402
from support.receiver import Receiver  # noqa: E402

BINARY = None
HEARD_WITHIN = 120  # seconds; a sentence takes some
EVENT = "whatsapp.audio.transcribed"

# None of them is in a test set of the model; said clearly, in words that telephones hear.
SENTENCES = (
    "please call me back tomorrow morning",
    "the meeting is at five in the afternoon",
    "i would like to order two large pizzas",
    "can you send me the address of the hotel",
    "we will be there in about twenty minutes",
)
MOST = 0.7  # of all words


class Endpoint:
    """A server with OpenAI's route, which hangs when it is told to."""

    def __init__(self):
        self.forms, self.hangs, self.release = [], False, threading.Event()
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                endpoint.forms.append((self.path, dict(self.headers), body))
                if endpoint.hangs:
                    endpoint.release.wait()
                    return
                answer = json.dumps({"text": "From the endpoint."}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1/audio/transcriptions"

    def close(self):
        self.release.set()
        self._server.shutdown()
        self._server.server_close()


class SpeechTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.gateway = Gateway(BINARY, os.path.join(cls.folder.name, "data"))
        cls.demo = cls.gateway.start()
        cls.receiver = Receiver()
        cls.client = cls.gateway.client()
        cls.key = {"X-User-API-Key": cls.demo["twochat"]["api_key"]}
        cls.admin = {"Authorization": "Bearer " + cls.demo["admin_token"]}
        cls.person = cls.demo["people"][0]["number"]
        status, _ = cls.client.json("POST", f"/open/webhooks/subscribe/{EVENT}", {
            "hook_url": cls.receiver.url + "/heard", "on_number": cls.demo["twochat"]["number"]}, cls.key)
        assert status in (200, 201), status
        _, accounts = cls.client.json("GET", "/parley/v1/accounts", None, cls.admin)
        cls.account = next(a for a in accounts["accounts"] if a["name"] == "Demo")["account_id"]

    @classmethod
    def tearDownClass(cls):
        cls.gateway.__exit__()
        cls.receiver.close()
        cls.folder.cleanup()

    def say(self, voice):
        """Sends it; the id of the message that came of it."""
        before = self.newest()
        sim = self.gateway.sim()
        status, answer = sim.json("POST", f"/people/{self.person}/send", {
            "to": self.demo["twochat"]["number"], "kind": "audio", "voice": True,
            "media": {"data": base64.b64encode(voice).decode(), "mime_type": "audio/ogg"}})
        self.assertIn(status, (200, 201), answer)
        return wait_until(lambda: self.newest() != before and self.newest(), 10, "the message")["uuid"]

    def newest(self):
        number = self.demo["twochat"]["number"]
        status, page = self.client.json("GET", f"/open/whatsapp/messages/{number}", None, self.key)
        self.assertEqual(status, 200)
        return page["messages"][0] if page["messages"] else None

    def outcome(self, message):
        """The transcription of the message when it is no longer pending, as the admin API has it."""
        path = f"/parley/v1/accounts/{self.account}/messages/{message.removeprefix('MSG')}"

        def ended():
            status, body = self.client.json("GET", path, None, self.admin)
            self.assertEqual(status, 200, body)
            found = body["transcription"]
            return found if found["status"] != "pending" else None
        return wait_until(ended, HEARD_WITHIN, "a transcription")

    def told(self, message):
        bodies = [json.loads(delivery.body) for delivery in self.receiver.deliveries]
        return [body for body in bodies if body["uuid"] == message]

    def set_account(self, change):
        status, body = self.client.json("PATCH", f"/parley/v1/accounts/{self.account}", change, self.admin)
        self.assertEqual(status, 200, body)

    def test_most_words_arrive(self):
        words = errors = 0
        for sentence in SENTENCES:
            message = self.say(speaking.ogg(speaking.speak(sentence)))
            found = self.outcome(message)
            self.assertEqual(found["status"], "done", (sentence, found))
            body = wait_until(lambda: self.told(message), 10, "the webhook")[0]
            self.assertEqual(body["event"], EVENT)
            self.assertEqual(body["message"]["text"], found["text"])
            self.assertEqual(body["message"]["media"]["type"], "audio")
            self.assertEqual(body["transcription"]["text"], found["text"])
            wrong = speaking.word_errors(sentence, found["text"])
            print(f"{sentence!r} was heard as {found['text']!r}: {wrong} wrong")
            words += len(speaking.words_of(sentence))
            errors += wrong
        self.assertLessEqual(errors, (1 - MOST) * words)

    def test_what_is_no_speech_has_a_state_and_no_words(self):
        spoken = speaking.ogg(speaking.speak(SENTENCES[0]))
        cases = {
            "silence": (speaking.ogg(speaking.silence(5)), ("no_speech",)),
            "a sweep": (speaking.ogg(speaking.sweep(6)), ("no_speech",)),
            "one byte": (b"O", ("undecodable",)),
            "no audio": (b"This is no audio at all. " * 100, ("undecodable",)),
            "only a head": (spoken[:60], ("undecodable", "no_speech")),
            "two hours": (speaking.long_ogg(7200), ("too_long",)),
            "two hours by its own account": (speaking.long_ogg(2, declared=7200), ("no_speech", "too_long")),
        }
        for name, (voice, faults) in cases.items():
            with self.subTest(name):
                message = self.say(voice)
                found = self.outcome(message)
                self.assertEqual(found["status"], "failed", found)
                self.assertIn(found["reason"], faults)
                self.assertIsNone(found["text"])
                self.assertEqual(self.told(message), [])
        # What breaks off is heard up to there, or not at all.
        cut = self.outcome(self.say(spoken[:len(spoken) * 2 // 3]))
        self.assertIn((cut["status"], cut["reason"]),
                      (("done", None), ("failed", "no_speech"), ("failed", "undecodable")))

    def test_an_endpoint_is_asked_and_one_that_hangs_holds_up_nothing(self):
        endpoint = Endpoint()
        self.addCleanup(endpoint.close)
        self.addCleanup(self.set_account, {"settings": {"transcription": "embedded"}})
        self.set_account({"transcription_key": "sk-test", "settings": {
            "transcription": "endpoint", "transcription_url": endpoint.url, "transcription_model": "tiny",
            "transcription_language": "en-US"}})
        voice = speaking.ogg(speaking.silence(1))
        message = self.say(voice)
        found = self.outcome(message)
        self.assertEqual((found["status"], found["text"]), ("done", "From the endpoint."), found)
        path, headers, body = endpoint.forms[0]
        self.assertEqual((path, headers["Authorization"]), ("/v1/audio/transcriptions", "Bearer sk-test"))
        self.assertIn(voice, body)

        endpoint.hangs = True
        waiting = self.say(voice)
        wait_until(lambda: len(endpoint.forms) > 1, 10, "the second form")
        status, answer = self.client.json("POST", "/open/whatsapp/send-message", {
            "from_number": self.demo["twochat"]["number"], "to_number": self.person, "text": "Still here"},
            self.key)
        self.assertEqual(status, 200, answer)
        self.assertEqual(self.newest_transcription(waiting)["status"], "pending")
        # A stop does not wait for it, and the next start finds it again.
        endpoint.hangs = False
        self.assertEqual(self.gateway.stop(), 0)
        endpoint.release.set()
        type(self).demo = self.gateway.start()
        type(self).client = self.gateway.client()
        self.assertEqual(self.outcome(waiting)["text"], "From the endpoint.")

    def newest_transcription(self, message):
        path = f"/parley/v1/accounts/{self.account}/messages/{message.removeprefix('MSG')}"
        return self.client.json("GET", path, None, self.admin)[1]["transcription"]


if __name__ == "__main__":
    BINARY = os.path.abspath(sys.argv.pop(1))
    missing = speaking.missing_tools()
    if missing:
        print(f"skipped: {' and '.join(missing)} is not there (apt-get install flite opus-tools)")
        sys.exit(1 if os.environ.get("CI") == "true" else 77)
    unittest.main()
