#!/usr/bin/env python3
"""Runs one foreign client against a real server: first as it is, then once for each way in which an
answer of the server could be wrong, where the client's checks must fail.

  run.py BINARY WORK_FOLDER CLIENT

The client's packages are installed into WORK_FOLDER, in the versions of requirements.txt and
package-lock.json. Exit code 77 when a tool is missing, or 1 with CI=true.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from clients.breaking_proxy import BreakingProxy  # noqa: E402
from support.gateway import Gateway  # noqa: E402

RUN_WITHIN = 180      # seconds; a run takes some
INSTALL_WITHIN = 300
NOTICED, SKIPPED = 3, 77


def answer(path, field, value):
    return {"part": "answer", "path": path, "field": field, "value": value}


def request(path, field, value):
    """Of what the gateway posts: for clients that receive."""
    return {"part": "request", "path": path, "field": field, "value": value}


def asked(path, field, value):
    """Of what the client asks: something else than it wanted is done."""
    return {"part": "asked", "path": path, "field": field, "value": value}


# Each client: its program, and what it must notice.
CLIENTS = {
    "onemsg": ("onemsg_client.py", [
        answer("/status", "status", "connecting"),
        answer("/settings", "update", {}),
        answer("/webhook", "set", False),
        answer("/sendMessage", "sent", False),
        answer("/sendMessage", "id", "wamid.AAAAAAAAAAAAAAAAAAAAAA=="),
        answer("/sendFile", "message", "Sent"),
        answer("/messages", "messages.4.type", "document"),
        answer("/messages", "messages.5.caption", None),
        answer("/hookInfo", "hooks.0.recipient_id", "1"),
        answer("/sendMessage", "error", "no"),
        answer("/sendProduct", "sent", False),
        answer("/retrieveMedia", "fileSize", "66"),
        answer("/extendedStatistics", "0.user_initiated_quantity", 2),
        answer("/blockedUsers", "error", "No"),
    ]),
    "wasender": ("wasender_client.cjs", [
        answer("/api/send-message", "success", False),
        answer("/api/send-message", "data.msgId", "wamid.example"),
        answer("/api/send-message", "data.jid", "1@s.whatsapp.net"),
        answer("/api/send-message", "errors", {}),
        answer("/v1/whatsapp-sessions$", "data.data.2.status", "connecting"),
        answer("/v1/whatsapp-sessions$", "data.session_api_key.raw", "key"),
        answer("/api/groups$", "data.0.name", "another"),
        answer("/participants/add$", "data.0.status", 403),
        answer("/api/groups/[^/]*/participants$", "data.1.admin", None),
        answer("/invite/accept$", "data.group_jid", "1@g.us"),
        answer("/qrcode", "data.qr", "text"),
        answer("/regenerate-key", "data.session_api_key.previous_fingerprint", None),
        answer("/v1/whatsapp-sessions$", "header:X-RateLimit-Remaining", "10"),
        answer("/api/status$", "status", "connecting"),
        answer("/connect$", "data.qrCode", "another"),
        answer("/v1/whatsapp-sessions/[^/]*$", "data.label", "Second"),
        answer("/api/upload$", "data.publicUrl", None),
        answer("/api/decrypt-media$", "data.publicUrl", None),
        answer("/api/on-whatsapp/", "data.exists", False),
        answer("/api/contacts$", "data.0.name", "Another"),
        answer("/picture$", "data.imgUrl", None),
        answer("/block$", "data.message", "Contact unblocked"),
        answer("/api/messages/[^/]*/info$", "data.message_id", "bps_msg_0"),
        asked("/api/messages/bps_msg_[^/]*$", "text", "Another"),
    ]),
    "newman_twochat": ("newman_twochat.cjs", [
        answer("/open/info/", "account.on_trial", "false"),
        answer("/open/info/", "account.uuid", None),
        answer("/open/webhooks$", "webhooks.0.hook_params", {}),
        answer("/subscribe/whatsapp.message.sent", "data.uuid", "WHK0"),
        answer("/get-numbers", "numbers.0.connection_status", None),
        answer("/groups/[^/]*$", "data.0.size", "3"),
        answer("/group/[^/]*$", "data.owner_data.formatted_phone_number", None),
        answer("/group/[^/]*$", "data.participants.0.contact", None),
        answer("/check-number/", "whatsapp_info.verified_level", "2"),
        answer("/messages/", "messages.1.message.media", None),
        answer("/send-message", "batched", None),
    ]),
    "newman_wapio": ("newman_wapio.cjs", [
        answer("/v1/whatsapp-sessions$", "reason_code", ""),
        answer("/v1/whatsapp-sessions$", "session.status", "connected"),
        answer("/v1/whatsapp-sessions/[^/]*$", "label", None),
        answer("/settings$", "session_settings", {}),
        answer("/qrcode$", "success", True),
        answer("/regenerate-key$", "session_api_key", {"raw": "bps_sk_x"}),
        answer("/api/send-message$", "msgId", "wamid.example"),
        answer("/api/send-message$", "errors.to", ["Expected"]),
        answer("/info$", "events", []),
        answer("/api/on-whatsapp/", "jid", "1@s.whatsapp.net"),
        answer("/participants$", "data.0.status", 403),
        answer("/message-logs$", "messages.1.content", "{\"text\":\"Unheard\"}"),
    ]),
    "graph": ("graph_client.cjs", [
        answer("/messages$", "messages.0.id", "wamid.AAAAAAAAAAAAAAAAAAAAAAAA"),
        answer("/messages$", "contacts.0.wa_id", "1"),
        answer("/messages$", "error.code", 1),
        answer("/media[?]", "id", "1"),
        answer("/graph/v22.0/[0-9]*[?]", "mime_type", "image/jpeg"),
        answer("/graph/v22.0/[0-9]*[?]", "success", False),
        answer("/block_users$", "block_users.added_users", []),
        asked("/messages$", "biz_opaque_callback_data", "another"),
        asked("/messages$", "text.body", "Another"),
        asked("/messages$", "interactive.action.buttons.0.reply.title", "Maybe"),
        # Of what it reads in webhooks.
        request("", "entry.0.changes.0.value.messages.0.text.body", "Forged"),
        request("", "entry.0.changes.0.value.contacts.0.profile.name", "Another"),
        request("", "entry.0.changes.0.value.metadata.phone_number_id", "1"),
        request("", "entry.0.changes.0.value.statuses.0.biz_opaque_callback_data", "another"),
        request("", "entry.0.changes.0.value.statuses.0.recipient_id", "1"),
        request("", "entry.0.changes.0.value.statuses.0.timestamp", "1"),
        request("", "entry.0.changes.0.value.messages.0.interactive.button_reply.id", "no"),
        request("", "entry.0.changes.0.value.messages.0.image.id", "1"),
    ]),
    "webhook": ("webhook_client.py", [
        request("/hook", "data.messageBody", "Forged"),
        request("/hook", "header:webhook-id", "another"),
        request("/hook", "header:webhook-signature", "v1,AAAA"),
        request("/hook", "header:X-Webhook-Signature", "t=1,v1=00"),
        answer("/api/send-message", "msgId", "bps_msg_0"),
    ]),
}


# Which address of the server the client talks to, when it is not the gateway's.
FRONTS = {"graph": "sim_url"}


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(1 if os.environ.get("CI") == "true" else SKIPPED)


def run_tool(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, timeout=INSTALL_WITHIN, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}")


def digest_of(*names):
    content = b""
    for name in names:
        with open(os.path.join(HERE, name), "rb") as file:
            content += file.read()
    return hashlib.sha256(content).hexdigest()


def install(folder, wanted, steps):
    """Runs `steps` unless the folder holds what is wanted. Other runs wait meanwhile."""
    os.makedirs(folder, exist_ok=True)
    mark = os.path.join(folder, "installed")
    with open(folder + ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(mark):
            with open(mark, encoding="utf-8") as file:
                if file.read() == wanted:
                    return
        steps()
        with open(mark, "w", encoding="utf-8") as file:
            file.write(wanted)


def install_python(work):
    folder = os.path.join(work, "python")
    python = os.path.join(folder, "bin", "python")

    def steps():
        run_tool(sys.executable, "-m", "venv", "--clear", folder)
        run_tool(python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                 "--no-deps", "-r", os.path.join(HERE, "requirements.txt"))
    install(folder, digest_of("requirements.txt"), steps)
    return [python], {"PYTHONPATH": os.path.dirname(HERE)}


def install_node(work):
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            skip(f"{tool} is not installed")
    folder = os.path.join(work, "node")

    def steps():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(os.path.join(HERE, name), folder)
        run_tool("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
    install(folder, digest_of("package.json", "package-lock.json"), steps)
    return ["node"], {"NODE_PATH": os.path.join(folder, "node_modules")}


def switch_envelope_on(gateway):
    """Wapio's answers in the form of its sister product, for the accounts that the client uses."""
    client, demo = gateway.client(), gateway.demo
    for key in demo["twochat"]["api_key"], demo["accounts"]["rate_limited"]["twochat_api_key"]:
        status, info = client.json("GET", "/open/info", headers={"X-User-API-Key": key})
        assert status == 200, info
        account = info["account"]["uuid"].removeprefix("ACC")
        status, changed = client.json("PATCH", f"/parley/v1/accounts/{account}",
                                      {"settings": {"wapio_envelope": True}},
                                      {"Authorization": "Bearer " + demo["admin_token"]})
        assert status == 200, changed


def run_client(binary, name, program, mutation=None):
    """A fresh server, and the client against it. Returns (exit code, output, mutations applied)."""
    runtime, environment, script = program
    folder = tempfile.mkdtemp(prefix="parley-client-")
    proxy = None
    try:
        with Gateway(binary, folder) as gateway:
            gateway.start()
            if name == "wasender":
                switch_envelope_on(gateway)
            told = dict(gateway.demo)
            front = FRONTS.get(name, "base_url")
            if mutation and mutation["part"] in ("answer", "asked"):
                proxy = BreakingProxy(gateway.demo[front], mutation)
                told[front] = proxy.url
            elif mutation:
                told["request_mutation"] = mutation
            done = subprocess.run(
                [*runtime, os.path.join(HERE, script)], timeout=RUN_WITHIN, text=True, check=False,
                env={**os.environ, **environment, "PARLEY_CLIENT": json.dumps(told)},
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            applied = proxy.applied if proxy else 1
            return done.returncode, done.stdout, applied
    finally:
        if proxy:
            proxy.close()
        shutil.rmtree(folder)


def main():
    binary, work, name = sys.argv[1:]
    script, mutations = CLIENTS[name]
    os.makedirs(work, exist_ok=True)
    runtime, environment = (install_python if script.endswith(".py") else install_node)(work)
    program = runtime, environment, script

    code, output, _ = run_client(binary, name, program)
    if code != 0:
        sys.exit(f"{name} failed with {code}:\n{output}")
    print(f"{name}: passes")
    blind = 0
    for mutation in mutations:
        what = f"{mutation['path']} {mutation['field']} = {mutation['value']!r}"
        code, output, applied = run_client(binary, name, program, mutation)
        if applied == 0:
            print(f"{name}: the field is not there: {what}")
        elif code != NOTICED:
            print(f"{name}: ended with {code} instead of noticing {what}\n{output}")
        else:
            print(f"{name}: notices {what}: {output.strip().removeprefix('CHECK FAILED: ')}")
            continue
        blind += 1
    return 1 if blind else 0


if __name__ == "__main__":
    sys.exit(main())
