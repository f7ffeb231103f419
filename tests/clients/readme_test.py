#!/usr/bin/env python3
"""The shell lines that a newcomer pastes: what `parley serve --demo` prints, and the README's.

  readme_test.py BINARY README

Each fenced block of the README that is marked `sh` and holds a line beginning with `curl` runs as one
bash script, in a folder where ./data is the server's data folder, and with demo.json's values as
variables (BASE_URL, SIM_URL, TWOCHAT_API_KEY, WAPIO_PAT, ONEMSG_TOKEN, ...). Each of its curl calls
must be answered with a 2xx, and every text that it sends must arrive: on a phone, or from a phone at
the gateway.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from support.gateway import Gateway, wait_until  # noqa: E402

BINARY = README = None
SCRIPT_WITHIN = 30  # seconds
USUAL_ADDRESS = "127.0.0.1:8080"

# Stands in for curl: runs it as it is, and says on a descriptor of its own what the status was.
CURL = r"""
curl() {
  local answer status
  answer=$(mktemp)
  status=$(command curl --max-time 10 -o "$answer" -w '%{http_code}' "$@") || status=none
  cat "$answer"
  rm -f "$answer"
  echo "$status" >&3
}
"""


def run_script(script, folder, variables):
    """Runs with bash. Returns (statuses of its curl calls, output)."""
    read, write = os.pipe()
    with os.fdopen(read, encoding="ascii") as statuses:
        try:
            done = subprocess.run(
                ["bash", "-euo", "pipefail", "-c", f"exec 3>&{write}\n{CURL}\n{script}"],
                cwd=folder, env={**os.environ, **variables}, pass_fds=[write], text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=SCRIPT_WITHIN,
                check=False)
        finally:
            os.close(write)
        if done.returncode != 0:
            raise AssertionError(f"ended with {done.returncode}:\n{script}\n{done.stdout}")
        return statuses.read().split(), done.stdout


def variables_of(demo):
    """{"wapio": {"pat": x}} as WAPIO_PAT=x."""
    found = {}
    for name, value in demo.items():
        if isinstance(value, dict):
            found.update({f"{name}_{inner}".upper(): v for inner, v in value.items()
                          if isinstance(v, str)})
        elif isinstance(value, str):
            found[name.upper()] = value
    found["PERSON"] = demo["people"][0]["number"]
    return found


def blocks_with_curl(markdown):
    fenced = re.findall(r"^```sh\n(.*?)^```$", markdown, re.MULTILINE | re.DOTALL)
    return [block for block in fenced if re.search(r"^curl ", block, re.MULTILINE)]


def texts_sent(block):
    """Those of messages to people, and those that people send."""
    to_people, from_people = [], []
    for line in block.splitlines():
        if line.startswith("curl "):
            texts = re.findall(r'"text": "([^"]+)"', line) + re.findall(r"body=([^'\"&]+)", line)
            (from_people if "SIM" in line else to_people).extend(texts)
    return to_people, from_people


class PastedLines(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="parley-readme-")
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.gateway = Gateway(BINARY, os.path.join(self.folder, "data"))
        self.addCleanup(self.gateway.__exit__)

    def texts_at(self, number):
        _, inbox = self.gateway.sim().json("GET", f"/people/{number}/inbox?limit=1000")
        return [message["text"] for message in inbox["messages"]]

    def texts_at_gateway(self):
        demo = self.gateway.demo["twochat"]
        _, page = self.gateway.client().json("GET", f"/open/whatsapp/messages/{demo['number']}",
                                             headers={"X-User-API-Key": demo["api_key"]})
        return [m["message"].get("text") for m in page["messages"] if m["sent_by"] == "user"]

    def run_block(self, block):
        statuses, output = run_script(block, self.folder, variables_of(self.gateway.demo))
        self.assertTrue(statuses, f"no curl ran in:\n{block}")
        for status in statuses:
            self.assertRegex(status, r"^2\d\d$", f"{block}\n{output}")
        return output

    def test_what_the_server_prints(self):
        demo = self.gateway.start()
        with open(self.gateway.log, encoding="utf-8") as log:
            lines = [line for line in log if line.startswith("curl ")]
        self.assertEqual(len(lines), 4)
        number = demo["people"][0]["number"]
        for line in lines[:3]:
            self.run_block(line)
        texts = {"Hello from Wapio", "Hello from 2Chat", "Hello from 1MSG"}
        wait_until(lambda: set(self.texts_at(number)) == texts, 10, "the three messages")
        shown = json.loads(self.run_block(lines[3]))
        self.assertEqual({m["text"] for m in shown["messages"]}, texts)

    def test_the_readme(self):
        with open(README, encoding="utf-8") as file:
            blocks = blocks_with_curl(file.read())
        self.assertTrue(blocks, "README.md shows no curl line")
        usual = any(USUAL_ADDRESS in block or "localhost:8080" in block for block in blocks)
        demo = self.gateway.start("--listen", USUAL_ADDRESS if usual else "127.0.0.1:0")
        people = [person["number"] for person in demo["people"]]
        for block in blocks:
            with self.subTest(block):
                self.run_block(block)
                to_people, from_people = texts_sent(block)
                self.assertTrue(to_people)
                for text in to_people:
                    wait_until(lambda: any(text in self.texts_at(n) for n in people), 10, text)
                for text in from_people:
                    wait_until(lambda: text in self.texts_at_gateway(), 10, text)


if __name__ == "__main__":
    README = os.path.abspath(sys.argv.pop(2))
    BINARY = os.path.abspath(sys.argv.pop(1))
    unittest.main()
