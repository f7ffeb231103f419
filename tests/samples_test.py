"""The golden transcripts against the vendors' documents: every sample answer, member by member and
type by type, and the lists of values that the documents give.

    samples_test.py SEEDS

The documents are not ours to ship; this runs where they are. A sample's members must stand in the
answers to that request in the golden file named beside it: each of them somewhere with the type
that it has in the sample, and nowhere with another one. null may stand for any type. The head of
the scenario must say that it was read against the document, by the mark [S].
"""

import json
import pathlib
import re
import sys

TESTS = pathlib.Path(__file__).resolve().parent
DOCS = TESTS.parent / "docs/api"

# Sample of the collection, golden file, request.
TWOCHAT = [
    ("Get account information", "account_limits", r"GET /open/info/?"),
    ("List all webhooks", "webhooks", r"GET /open/webhooks/?"),
    ("Subscribe to webhook", "webhooks", r"POST /open/webhooks/subscribe/\S+"),
    ("Delete webhook subscription", "webhooks", r"DELETE /open/webhooks/\S+"),
    ("List numbers", "numbers_and_messages", r"GET /open/whatsapp/get-numbers"),
    ("List groups", "group_people", r"GET /open/whatsapp/groups/\S+"),
    ("List group participants", "group_people", r"GET /open/whatsapp/group/\S+"),
    ("Check number", "check_number", r"GET /open/whatsapp/check-number/\S+"),
    ("Get messages", "numbers_and_messages", r"GET /open/whatsapp/messages/\S+"),
    ("Send message", "first_message", r"POST /open/whatsapp/send-message"),
]
GET_MESSAGES = ("numbers_and_messages", r"GET /open/whatsapp/messages/\S+")

# Sample, golden file, request, status.
WAPIO = [
    ("List sessions", "sessions", r"GET /v1/whatsapp-sessions", 200),
    ("List sessions", "errors", r"GET /v1/whatsapp-sessions", 401),
    ("List sessions", "account_limits", r"POST /api/send-message", 429),
    ("Create a session (PAT only)", "sessions", r"POST /v1/whatsapp-sessions", 201),
    ("Create a session (PAT only)", "errors", r"POST /v1/whatsapp-sessions", 401),
    ("Create a session (PAT only)", "errors", r"POST /v1/whatsapp-sessions", 403),
    ("Create a session (PAT only)", "session_extras", r"POST /v1/whatsapp-sessions", 422),
    ("Get a session", "sessions", r"GET /v1/whatsapp-sessions/\w+", 200),
    ("Get a session", "sessions", r"GET /v1/whatsapp-sessions/\w+", 404),
    ("Update session metadata + settings", "sessions", r"PATCH /v1/whatsapp-sessions/\w+", 200),
    ("Update session metadata + settings", "sessions", r"PATCH /v1/whatsapp-sessions/\w+", 403),
    ("Update session metadata + settings", "errors", r"PATCH /v1/whatsapp-sessions/\w+", 404),
    ("Delete a session (PAT only)", "sessions", r"DELETE /v1/whatsapp-sessions/\w+", 202),
    ("Delete a session (PAT only)", "errors", r"DELETE /v1/whatsapp-sessions/\w+", 403),
    ("Delete a session (PAT only)", "errors", r"DELETE /v1/whatsapp-sessions/\w+", 404),
    ("Connect a paired session", "errors", r"POST /v1/whatsapp-sessions/\w+/connect", 404),
    ("Connect a paired session", "sessions", r"POST /v1/whatsapp-sessions/\w+/connect", 409),
    ("Get the pairing QR code", "sessions", r"GET /v1/whatsapp-sessions/\w+/qrcode", 200),
    ("Get the pairing QR code", "sessions", r"GET /v1/whatsapp-sessions/\w+/qrcode", 409),
    ("Rotate the session-scoped key (PAT only)", "sessions",
     r"POST /v1/whatsapp-sessions/\w+/regenerate-key", 200),
    ("Rotate the session-scoped key (PAT only)", "errors",
     r"POST /v1/whatsapp-sessions/\w+/regenerate-key", 403),
    ("Get session operational settings", "session_settings",
     r"GET /v1/whatsapp-sessions/\w+/settings", 200),
    ("Update session operational settings", "session_settings",
     r"PATCH /v1/whatsapp-sessions/\w+/settings", 200),
    ("Send Text Message", "first_message", r"POST /api/send-message", 202),
    ("Send Image Message", "media", r"POST /api/send-message", 202),
    ("Send Video Message", "media", r"POST /api/send-message", 202),
    ("Send Document Message", "media", r"POST /api/send-message", 202),
    ("Send Audio Message", "media", r"POST /api/send-message", 202),
    ("Send Sticker Message", "media", r"POST /api/send-message", 202),
    ("Send View Once Message", "kinds", r"POST /api/send-message", 202),
    ("Send Location Message", "kinds", r"POST /api/send-message", 202),
    ("Send Contact Message", "kinds", r"POST /api/send-message", 202),
    ("Send Poll Message", "kinds", r"POST /api/send-message", 202),
    ("Send Channel Message", "group_messages", r"POST /api/send-message", 202),
    ("Get delivery info for a message", "first_message", r"GET /api/messages/\w+/info", 200),
    ("Get delivery info for a message", "errors", r"GET /api/messages/\w+/info", 404),
    ("Delete (revoke) a previously-sent message", "edit_delete_resend",
     r"DELETE /api/messages/\w+", 404),
    ("Resolve a phone's WhatsApp registration status", "contacts",
     r"GET /api/on-whatsapp/\S+", 200),
]
# Every kind of message is sent by one request, and is refused alike.
WAPIO += [(title, golden, request, status) for title, _, request, code in WAPIO
          if request == r"POST /api/send-message" and code == 202
          for golden, status in (("errors", 422), ("account_limits", 429))]

# Title in the documentation, golden file, request.
ONEMSG = [
    ("Get Profile Info", "profile", r"GET /me"),
    ("Change user info", "profile", r"POST /me"),
    ("Get Channel statistics", "statistics", r"GET /statistics"),
    ("Get Extended Channel statistics", "statistics", r"GET /extendedStatistics"),
    ("Get Status", "first_message", r"GET /status"),
    ("Set settings", "settings", r"POST /settings"),
    ("Get Commerce Settings", "profile", r"GET /commerce"),
    ("Get channel server IP", "output_ip", r"GET /outputIP"),
    ("Set webhook", "settings", r"POST /webhook"),
    ("Check ACKs", "hook_info", r"GET /hookInfo"),
    ("Send List Message", "kinds", r"POST /sendList"),
    ("Send Reply Buttons Message", "kinds", r"POST /sendButton"),
    ("Send Location Request Message", "kinds", r"POST /sendLocationRequest"),
    ("Send Reaction", "reactions", r"POST /sendReaction"),
    ("Send a File", "send_file", r"POST /sendFile"),
    ("Send a Message", "first_message", r"POST /sendMessage"),
    ("Send a Location", "kinds", r"POST /sendLocation"),
    ("Send a Contact", "kinds", r"POST /sendContact"),
    ("Get messages list", "history", r"GET /messages"),
    ("Mark message as read", "read", r"POST /readMessage"),
    ("Send Template Message", "template_examples", r"POST /sendTemplate"),
    ("Create template", "templates", r"POST /addTemplate"),
    ("Remove template", "templates", r"POST /removeTemplate"),
    ("Get templates list", "templates", r"GET /templates"),
    ("Set Commerce Settings", "profile", r"POST /commerce"),
    ("Send a Product", "kinds", r"POST /sendProduct"),
    ("Upload media & get mediaId", "uploaded_media", r"POST /uploadMedia"),
]

# What is null or empty throughout, as docs/migrating says.
NOT_HERE = {
    "List groups": {"data.*.profile_pic_url", "data.*.owner_contact.profile_pic_url"},
    "List group participants": {
        "data.owner_contact.profile_pic_url", "data.participants.*.profile_pic_url"},
    "Create a session (PAT only)": {"warnings.*"},
}

DATE = re.compile(r"\d{4}-\d\d-\d\d([ T])\d\d:\d\d:\d\d(\.\d+)?(Z?)")


def kind_of(value):
    """The type of a value; dates by their spelling."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    if isinstance(value, str):
        date = DATE.fullmatch(value)
        return f"a date like 2022-04-21{date[1]}21:55:37{date[3]}" if date else "string"
    return {dict: "object", list: "list", type(None): "null"}[type(value)]


def spread(value, found, path=""):
    """The kinds of value at every path below `value`."""
    found.setdefault(path, set()).add(kind_of(value))
    inside = f"{path}." if path else ""
    if isinstance(value, dict):
        for name, member in value.items():
            spread(member, found, inside + name)
    if isinstance(value, list):
        for item in value:
            spread(item, found, inside + "*")
    return found


def faults_of(sample, answers, not_here=(), placeholders=False):
    if not answers:
        return ["no such answer in the golden file"]
    there = {}
    for answer in answers:
        spread(answer, there)
    faults = []
    for path, kinds in spread(sample, {}).items():
        found = there.get(path, set())
        if path in not_here:
            continue
        if not found:
            faults.append(f"{path} is missing")
        wanted = kinds - {"null"}
        if placeholders:  # "" says that there is a member, and no more
            wanted -= {"string"}
        if not wanted or not found:
            continue
        if not wanted & found or found - wanted - {"null"}:
            faults.append(f"{path} is {sorted(found)}, the sample has {sorted(wanted)}")
    return faults


def answers_in(golden, request, status=None):
    """The JSON bodies of a golden file's answers to `request`; 2xx when no status is given."""
    answers, is_asked, code, body = [], False, 0, []

    def take():
        fits = code == status if status else 200 <= code < 300
        if is_asked and fits and body:
            try:
                answers.append(json.loads("".join(body)))
            except json.JSONDecodeError:
                pass

    for line in golden.read_text(errors="replace").splitlines():
        if line.startswith(("> ", "~ ", "! ")):
            take()
            is_asked, code, body = False, 0, []
        if asked := re.match(r"> (?:\w+'s )?\w+ (\w+) (?:/PLY\d+)?(/[^\s?]*)", line):
            is_asked = re.fullmatch(request, f"{asked[1]} {asked[2]}") is not None
        elif line.startswith("< ") and line[2:].isdigit():
            code, body = int(line[2:]), []
        elif code and not line.startswith("< "):
            body.append(line)
    take()
    return answers


def callbacks_in(golden):
    """The JSON bodies of a golden file's callbacks, each of which is one line below its head."""
    bodies, is_due = [], False
    for line in golden.read_text(errors="replace").splitlines():
        if line.startswith("~ "):
            is_due = True
        elif is_due:
            bodies.append(json.loads(line))
            is_due = False
    return bodies


def head_of(dialect, name):
    lines = (TESTS / f"scenarios/{dialect}/{name}.scenario").read_text().splitlines()
    head = []
    for line in lines:
        if not line.startswith("#"):
            break
        head.append(line)
    return " ".join(head)


def items_of(folder):
    for item in folder["item"]:
        if "item" in item:
            yield from items_of(item)
        else:
            yield item


def lenient(text):
    """JSON as the documents print it: bullets, a comma too many, a brace too many."""
    text = re.sub(r",(\s*[}\]])", r"\1", text.replace("•", "")).strip()
    for cut in (text, text[:-1], text[1:-1]):
        try:
            return json.loads(cut)
        except json.JSONDecodeError:
            pass
    raise ValueError(f"A sample is no JSON: {text[:200]}")


def onemsg_samples(text):
    """Title → the last sample answer before the next title."""
    titles = [title for title, _, _ in ONEMSG] + ["Get Settings"]
    at = {title: text.index(f"\n\n{title}\n\n") for title in titles}
    ends = sorted(at.values()) + [len(text)]
    samples = {}
    for title, start in at.items():
        part = text[start:ends[ends.index(start) + 1]]
        part = part.split("Callback payload samples")[0]
        if "Response samples" not in part:
            continue
        block = re.search(r"^(?:\{ ?\}|\[.*?^\]|\{.*?^\})$", part.split("Response samples")[-1],
                          re.S | re.M)
        if block:
            samples[title] = lenient(block[0])
    return samples


def check(dialect, title, golden, request, sample, status=None, **how):
    path = TESTS / f"golden/{dialect}/{golden}.txt"
    if not path.exists():
        return [f"{path} is not there"]
    faults = faults_of(sample, answers_in(path, request, status), NOT_HERE.get(title, ()), **how)
    if "[S]" not in head_of(dialect, golden):
        faults.append("the scenario's head does not say [S]")
    return [f"{dialect}/{golden}: {title}: {fault}" for fault in faults]


def check_twochat(seeds):
    collection = json.loads((seeds / "2chat-postman-collection.json").read_text())
    samples = {item["name"]: lenient(item["response"][0]["body"]) for item in items_of(collection)}
    faults = [f"2Chat's collection has another request: {name}"
              for name in samples.keys() ^ {title for title, _, _ in TWOCHAT}]
    for title, golden, request in TWOCHAT:
        faults += check("twochat", title, golden, request, samples[title])
    page = (seeds / "2chat-get-messages.txt").read_text()
    body = re.search(r"^\{\n.*?^\]\n\}$", page, re.S | re.M)[0]
    return faults + check("twochat", "Get messages", *GET_MESSAGES, lenient(body))


def check_wapio(seeds):
    collection = json.loads((seeds / "wapio-postman-collection.json").read_text())
    samples = {(item["name"], answer["code"]): json.loads(answer["body"])
               for item in items_of(collection) for answer in item["response"] if answer.get("body")}
    faults = []
    told = {(title, status) for title, _, _, status in WAPIO}
    faults += [f"no golden file is named for Wapio's {name}, {code}"
               for name, code in sorted(samples.keys() - told)]
    for title, golden, request, status in WAPIO:
        sample = samples[title, status]
        if "key_0" in sample.get("errors", {}):  # one made-up field, where there may be none
            del sample["errors"]
            sample.pop("success")  # "" in the collection's placeholders, a boolean elsewhere
        faults += check("wapio", title, golden, request, sample, status, placeholders=True)
    return faults


def check_onemsg(seeds):
    text = (seeds / "1msg-docs-2.39.txt").read_text()
    samples, faults = onemsg_samples(text), []
    for title, golden, request in ONEMSG:
        if title in samples:
            faults += check("onemsg", title, golden, request, samples[title])
        else:
            faults.append(f"1MSG's documentation has no sample of {title}")
    return faults + check_callback(text) + check_lists(text)


def check_callback(text):
    """The documentation's sample of a callback."""
    part = text.split("Callback payload samples")[1]
    sample = lenient(re.search(r"^\{.*?^\}$", part, re.S | re.M)[0])
    told = [body for body in callbacks_in(TESTS / "golden/onemsg/kinds.txt") if "ack" not in body]
    faults = [f"onemsg/kinds: callback: {fault}" for fault in faults_of(sample, told)]
    faults += [f"onemsg/kinds: a callback has no messages: {body}" for body in told
               if not body.get("messages")]
    return faults


def check_lists(text):
    """What the documentation lists, against what docs/api/1msg.md prints of our tables."""
    printed = (DOCS / "1msg.md").read_text()
    faults = []
    for route, member in (("POST /me", "vertical"), ("POST /addTemplate", "language"),
                          ("POST /addTemplate", "category")):
        block = re.search(rf"\n{member}\nstring[^\n]*\nEnum: ([^\n]*)", text)
        wanted = re.findall(r'"([^"]*)"', block[1])
        row = re.search(rf"\| `{member}` \|[^\n]*one of ([^|\n]*)",
                        printed.split(f"## {route}\n")[1].split("\n## ")[0])
        ours = [word for word in re.findall(r"`([^`]*)`", row[1]) if word != '""'] if row else []
        if ours != wanted:
            faults.append(f"{route}: {member} is one of {ours}, the documentation has {wanted}")
    return faults


def main():
    seeds = pathlib.Path(sys.argv[1])
    faults = check_twochat(seeds) + check_wapio(seeds) + check_onemsg(seeds)
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
