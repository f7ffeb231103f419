#!/usr/bin/env python3
"""Runs our side of the wire against programs by others: first as it is, then once for each way in
which an answer of ours could be wrong, where the checks must fail.

  wire_test.py WIRE_PEER WORK_FOLDER TEST

The packages are installed into WORK_FOLDER, in the versions of wire/package-lock.json. Exit code 77
when a tool is missing, or 1 with CI=true.
"""

import glob
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from clients.run import NOTICED, digest_of, install, run_tool, skip  # noqa: E402

RUN_WITHIN = 240  # seconds
NODE = 20  # Baileys runs on no older one

# Each test, and what of our answers is broken for it: the command, and the part of its answer.
TESTS = {
    "keys": ["sign.public", "sign.signature", "verify.fine", "agree.secret", "hkdf.out"],
    "codec": ["encode.bytes", "decode.node"],
    "handshake": ["serve.said", "serve.client", "serve.payload", "serve.received", "connect.said",
                  "connect.received"],
    "sessions": ["seal.bytes", "open.plain", "open.sender"],
    "groups": ["groupHandOut.bytes", "groupSeal.bytes", "groupOpen.plain"],
}


def install_packages(work):
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    version = subprocess.run(["node", "--version"], text=True, stdout=subprocess.PIPE, check=True).stdout
    if int(version.strip().lstrip("v").split(".")[0]) < NODE:
        skip(f"Node {version.strip()} is older than {NODE}, which Baileys needs")
    folder = os.path.join(work, "wire")

    def steps():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(os.path.join(HERE, "wire", name), folder)
        run_tool("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    install(folder, digest_of("wire/package.json", "wire/package-lock.json"), steps)
    return os.path.join(folder, "node_modules")


def run_test(peer, modules, name, broken=None):
    """Exit code and output. The scripts run where they find the packages: modules are looked for
    beside a script, whatever the environment says."""
    folder = os.path.join(os.path.dirname(modules), f"run-{name}-{os.getpid()}")
    os.makedirs(folder)
    try:
        for script in glob.glob(os.path.join(HERE, "wire", "*.mjs")):
            shutil.copy(script, folder)
        done = subprocess.run(
            ["node", os.path.join(folder, name + ".mjs")], timeout=RUN_WITHIN, text=True, check=False,
            env={**os.environ, "PARLEY_WIRE_PEER": peer, "PARLEY_BREAK": broken or "."},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        return done.returncode, done.stdout
    finally:
        shutil.rmtree(folder)


def main():
    peer, work, name = sys.argv[1:]
    os.makedirs(work, exist_ok=True)
    modules = install_packages(work)
    code, output = run_test(peer, modules, name)
    if code != 0:
        sys.exit(f"{name} failed with {code}:\n{output[-4000:]}")
    print(f"{name}: {output.strip()}")
    blind = 0
    for broken in TESTS[name]:
        code, output = run_test(peer, modules, name, broken)
        if code == NOTICED:
            print(f"{name}: notices a broken {broken}: {output.strip()[:200]}")
        else:
            print(f"{name}: ended with {code} instead of noticing a broken {broken}\n{output[-2000:]}")
            blind += 1
    return 1 if blind else 0


if __name__ == "__main__":
    sys.exit(main())
