"""Deliveries verified by the Standard Webhooks library (PyPI standardwebhooks), and by the rule of
Wapio's own signature."""

import base64
import hashlib
import hmac
import http.client
import json
import urllib.parse

from breaking_proxy import BreakingProxy
from checking import check, run, wait_for
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from support.receiver import Receiver

SECRET = "whsec_" + base64.b64encode(b"twenty-four bytes of key").decode()
PLAIN_SECRET = "a-secret-as-it-stands"


def request(demo, method, path, body, key):
    url = urllib.parse.urlsplit(demo["base_url"])
    connection = http.client.HTTPConnection(url.hostname, url.port, timeout=10)
    connection.request(method, path, json.dumps(body), {
        "Content-Type": "application/json", "Authorization": "Bearer " + key})
    response = connection.getresponse()
    answer = response.read()
    check(f"status of {method} {path}", response.status, lambda s: s in (200, 202))
    return json.loads(answer)


def refuses(verifier, body, headers):
    try:
        verifier.verify(body, headers)
    except WebhookVerificationError:
        return True
    return False


def receive(demo, receiver, url, secret, text):
    """One delivery of message.sent under the secret."""
    wapio = demo["wapio"]
    request(demo, "PUT", f"/v1/whatsapp-sessions/{wapio['session_id']}/webhook",
            {"target_url": url + "/hook", "signing_secret": secret,
             "subscribed_events": ["message.sent"]}, wapio["pat"])
    before = len(receiver.deliveries)
    sent = request(demo, "POST", "/api/send-message",
                   {"to": demo["people"][0]["number"], "text": text}, wapio["session_key"])
    wait_for("delivery", lambda: len(receiver.deliveries) > before)
    return sent, receiver.deliveries[before]


def main(demo):
    receiver = Receiver()
    url = receiver.url
    if "request_mutation" in demo:
        url = BreakingProxy(receiver.url, demo["request_mutation"]).url

    sent, delivery = receive(demo, receiver, url, SECRET, "Signed ünïcödé")
    verifier = Webhook(SECRET)
    try:
        body = verifier.verify(delivery.body, delivery.headers)
    except WebhookVerificationError as failed:
        check("verification", str(failed), "no failure")
    check("event", body["event"], "message.sent")
    check("id of the message", body["data"]["key"]["id"], sent["msgId"])
    check("messageBody", body["data"]["messageBody"], "Signed ünïcödé")
    check("session_id", body["session_id"], demo["wapio"]["session_id"])
    check("content-type", delivery.headers["content-type"], "application/json")
    check("x-webhook-event", delivery.headers["x-webhook-event"], "message.sent")

    tampered = delivery.body.replace(b"Signed", b"Forged")
    check("a tampered body", refuses(verifier, tampered, delivery.headers), True)
    for name in ("webhook-id", "webhook-timestamp"):
        other = {**delivery.headers, name: str(int(delivery.headers["webhook-timestamp"]) + 1)}
        check(f"another {name}", refuses(verifier, delivery.body, other), True)
    other = Webhook("whsec_" + base64.b64encode(b"another key").decode())
    check("another secret", refuses(other, delivery.body, delivery.headers), True)
    check_wapio(delivery, SECRET)

    # A secret that is not Base64 is the key as it stands.
    _, delivery = receive(demo, receiver, url, PLAIN_SECRET, "Signed again")
    body = Webhook(PLAIN_SECRET.encode()).verify(delivery.body, delivery.headers)
    check("messageBody", body["data"]["messageBody"], "Signed again")
    check_wapio(delivery, PLAIN_SECRET)


# X-Webhook-Signature: t=<unix s>,v1=<hex of HMAC-SHA256(secret, "<t>.<body>")>
def check_wapio(delivery, secret):
    given = dict(p.split("=", 1) for p in delivery.headers["x-webhook-signature"].split(","))
    signed = given["t"].encode() + b"." + delivery.body
    check("x-webhook-signature", given["v1"],
          hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest())


run(main)
