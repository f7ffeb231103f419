#!/usr/bin/env python3
"""Runs clients of the multi-device protocol by others against the simulated network's wire.

  multidevice_test.py BINARY WORK_FOLDER stock|strict [STORY]

Baileys comes in the version of wire/package-lock.json, unmodified: as it is, or with its checks of
signatures made effective. Exit code 77 when a tool is missing, or 1 with CI=true.
"""

import glob
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from clients.wire_test import install_packages  # noqa: E402
from support.gateway import Gateway  # noqa: E402

RUN_WITHIN = 400  # seconds; a run takes one or two minutes


def run_stories(modules, sim_url, mode, story):
    """The scripts run where they find the packages."""
    folder = os.path.join(os.path.dirname(modules), f"run-multidevice-{mode}-{os.getpid()}")
    os.makedirs(folder)
    try:
        for script in glob.glob(os.path.join(HERE, "multidevice", "*.mjs")):
            shutil.copy(script, folder)
        done = subprocess.run(
            ["node", os.path.join(folder, "stories.mjs")], timeout=RUN_WITHIN, text=True, check=False,
            env={**os.environ, "PARLEY_SIM": sim_url, "PARLEY_MODE": mode, "PARLEY_STORY": story},
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        return done.returncode, done.stdout
    finally:
        shutil.rmtree(folder)


def main():
    binary, work, mode = sys.argv[1:4]
    story = sys.argv[4] if len(sys.argv) > 4 else ""
    os.makedirs(work, exist_ok=True)
    modules = install_packages(work)
    folder = tempfile.mkdtemp(prefix="parley-multidevice-")
    try:
        with Gateway(binary, folder) as gateway:
            gateway.start("--sim-strict")
            code, output = run_stories(modules, gateway.demo["sim_url"], mode, story)
            print(output)
            return code
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main())
