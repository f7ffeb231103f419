#!/usr/bin/env python3
"""Runs clients of the multi-device protocol by others against the simulated network's wire.

  multidevice_test.py BINARY WORK_FOLDER stock|strict|whatsmeow stories|engine|record [STORY]

With `stories` they talk with each other and with people's phones, with `engine` with numbers that
are paired natively with a gateway; `record` prints how their stanzas look. Baileys comes in the version of wire/package-lock.json,
unmodified: as it is, or with its checks of signatures made effective; whatsmeow in that of
whatsmeow/go.sum. Exit code 77 when a tool is missing, or 1 with CI=true.
"""

import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from clients.run import digest_of, install, run_tool, skip  # noqa: E402
from clients.wire_test import install_packages  # noqa: E402
from support.gateway import Client, Gateway  # noqa: E402

RUN_WITHIN = 400  # seconds; a run takes one or two minutes
GO = (1, 26)      # whatsmeow's newer versions build with no older one


class Network:
    """`parley simulate` as a process of its own, in its strict mode."""

    def __init__(self, binary, folder):
        self._log = folder + ".log"
        with open(self._log, "wb") as log:
            self._start(binary, folder, log)
        self.url = self._process.stdout.readline().strip()

    def _start(self, binary, folder, log):
        self._process = subprocess.Popen(
            [binary, "simulate", "--data", folder, "--sim-listen", "127.0.0.1:0", "--sim-strict"],
            stdout=subprocess.PIPE, stderr=log, text=True)

    def warnings(self):
        """What it had to say of stanzas that it did not take."""
        with open(self._log, encoding="utf-8", errors="replace") as log:
            return "".join(line for line in log if "stanza" in line)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()


def build_whatsmeow(work):
    """The program that drives whatsmeow, built with the system's SQLite."""
    if shutil.which("go") is None:
        skip("go is not installed")
    said = subprocess.run(["go", "env", "GOVERSION"], text=True, stdout=subprocess.PIPE, check=True,
                          env={**os.environ, "GOTOOLCHAIN": "local"}).stdout
    version = tuple(int(part) for part in said.strip().lstrip("go").split(".")[:2])
    if version < GO:
        skip(f"{said.strip()} is older than go{GO[0]}.{GO[1]}, which whatsmeow is built with")
    folder = os.path.join(work, "whatsmeow")
    names = ["whatsmeow/" + name for name in ("go.mod", "go.sum", "main.go", "doing.go")]

    def steps():
        for name in names:
            shutil.copy(os.path.join(HERE, name), folder)
        run_tool("go", "build", "-tags", "libsqlite3", "-o", "peer", ".", cwd=folder)
    install(folder, digest_of(*names), steps)
    return os.path.join(folder, "peer")


def run_stories(modules, script, environment):
    """The scripts run where they find the packages."""
    folder = os.path.join(os.path.dirname(modules), f"run-multidevice-{os.getpid()}")
    os.makedirs(folder)
    try:
        for source in glob.glob(os.path.join(HERE, "multidevice", "*.mjs")):
            shutil.copy(source, folder)
        shutil.copy(os.path.join(os.path.dirname(HERE), "vectors", "media", "photo.jpg"), folder)
        done = subprocess.run(
            ["node", os.path.join(folder, script + ".mjs")], timeout=RUN_WITHIN, text=True,
            check=False, env={**os.environ, **environment},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.returncode, done.stdout
    finally:
        shutil.rmtree(folder)


def main():
    binary, work, mode, script = sys.argv[1:5]
    os.makedirs(work, exist_ok=True)
    environment = {"PARLEY_MODE": mode, "PARLEY_STORY": "".join(sys.argv[5:6])}
    if mode == "whatsmeow":
        environment["PARLEY_WHATSMEOW"] = build_whatsmeow(work)
    modules = install_packages(work)
    folder = tempfile.mkdtemp(prefix="parley-multidevice-")
    try:
        with Network(binary, os.path.join(folder, "network")) as network:
            environment["PARLEY_SIM"] = network.url
            if script != "engine":
                code, output = run_stories(modules, script, environment)
            else:
                _, wire = Client(network.url).json("GET", "/wire")
                with Gateway(binary, os.path.join(folder, "gateway")) as gateway:
                    demo = gateway.start("--multidevice-url", wire["url"],
                                         "--multidevice-root", wire["root_key"])
                    environment["PARLEY_DEMO"] = json.dumps(demo)
                    code, output = run_stories(modules, script, environment)
            print(output + network.warnings())
        return code
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
