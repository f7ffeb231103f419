#!/usr/bin/env python3
"""Runs the dashboard's stories in Chromium against a real server.

  run.py BINARY WORK_FOLDER SCREENSHOTS_FOLDER [ARGUMENT OF PLAYWRIGHT...]

Playwright is installed into WORK_FOLDER, in the version of package-lock.json; the browser is the
system's (DASHBOARD_CHROMIUM, or /usr/bin/chromium). One story: run.py ... -g "QR code"; ten times in a
row: --repeat-each 10. Without such arguments the stories' types are checked first. Exit code 77 when a
tool is missing, or 1 with CI=true.
"""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
INSTALL_WITHIN = 300  # seconds
TYPES_WITHIN = 240
RUN_WITHIN = int(os.environ.get("DASHBOARD_RUN_WITHIN", "1680"))  # below the time that ctest gives
END_WITHIN = 30
SKIPPED = 77
FILES = "package.json", "package-lock.json"


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(1 if os.environ.get("CI") == "true" else SKIPPED)


def digest_of_files():
    content = b""
    for name in FILES:
        with open(os.path.join(HERE, name), "rb") as file:
            content += file.read()
    return hashlib.sha256(content).hexdigest()


def install(work):
    """The modules' folder, with what the lock file names. Other runs wait meanwhile."""
    os.makedirs(work, exist_ok=True)
    modules = os.path.join(work, "node_modules")
    mark = os.path.join(work, "installed")
    with open(os.path.join(work, "lock"), "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        wanted = digest_of_files()
        if os.path.exists(mark):
            with open(mark, encoding="utf-8") as file:
                if file.read() == wanted:
                    return modules
        for name in FILES:
            shutil.copy(os.path.join(HERE, name), work)
        done = subprocess.run(
            ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, check=False,
            timeout=INSTALL_WITHIN, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env={**os.environ, "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD": "1"})
        if done.returncode != 0:
            sys.exit(f"npm ci failed:\n{done.stdout}")
        with open(mark, "w", encoding="utf-8") as file:
            file.write(wanted)
    return modules


def lay_out(work):
    """A folder in which the stories find their modules: imports are looked up from where a file lies,
    and nothing is written among the sources."""
    stage = os.path.join(work, "stage")
    shutil.rmtree(stage, ignore_errors=True)
    tests = os.path.join(stage, "tests", "dashboard")
    shutil.copytree(HERE, tests, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    os.symlink(os.path.join(work, "node_modules"), os.path.join(tests, "node_modules"))
    os.symlink(os.path.join(HERE, "..", "..", "dashboard"), os.path.join(stage, "dashboard"))
    return tests


def check_types(tests, modules):
    compiler = os.path.join(modules, "typescript", "bin", "tsc")
    done = subprocess.run(["node", compiler, "-p", tests], check=False, timeout=TYPES_WITHIN)
    if done.returncode != 0:
        sys.exit("the stories' types are wrong")


def run(command, cwd, environment):
    process = subprocess.Popen(command, cwd=cwd, env=environment, start_new_session=True)
    try:
        return process.wait(RUN_WITHIN)
    except subprocess.TimeoutExpired:
        print(f"not done within {RUN_WITHIN} s")
        return 1
    finally:
        end(process)


def end(process):
    """Playwright ends its browser and the servers when it is asked to."""
    for number in (signal.SIGINT, signal.SIGKILL):
        if process.poll() is not None:
            return
        os.killpg(process.pid, number)
        try:
            process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            continue


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    binary, work, pictures = (os.path.abspath(path) for path in sys.argv[1:4])
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    chromium = os.environ.get("DASHBOARD_CHROMIUM", "/usr/bin/chromium")
    if not os.path.exists(chromium):
        skip(f"{chromium} is not there: apt-get install chromium")
    modules = install(work)
    tests = lay_out(work)
    if not sys.argv[4:]:
        check_types(tests, modules)
    playwright = os.path.join(modules, "@playwright", "test", "cli.js")
    return run(["node", playwright, "test", *sys.argv[4:]], tests, {
        **os.environ, "DASHBOARD_BINARY": binary, "DASHBOARD_WORK": work,
        "DASHBOARD_CHROMIUM": chromium, "DASHBOARD_SCREENSHOTS": pictures})


if __name__ == "__main__":
    sys.exit(main())
