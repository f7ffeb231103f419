"""1MSG through the vendor's Python SDK (PyPI one-msg-sdk)."""

import json
import urllib.request

import one_msg_sdk
from checking import PICTURE, check, run, wait_for
from one_msg_sdk.exceptions import OpenApiException, UnauthorizedException
from one_msg_sdk.models.get_webhook200_response import GetWebhook200Response

# The SDK sends the methods with form parameters as JSON with an empty body unless told otherwise.
FORM = {"_content_type": "application/x-www-form-urlencoded"}


CUSTOMER = "15550100001"


class Rest:
    """Methods of edition 2.39 that this SDK no longer names, over its own transport."""

    def __init__(self, api, token):
        self._api, self._token = api, token

    def call(self, method, path, query=(), body=None):
        query = [("token", self._token), *query]
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = self._api.param_serialize(method, path, query_params=query,
                                            header_params=headers, body=body)
        response = self._api.call_api(*request)
        response.read()
        check(f"status of {method} {path}", response.status, 200)
        return json.loads(response.data)


def make_customer(sim):
    """Somebody with a number as long as the SDK demands, whose dialog window is open."""
    def call(method, path, body=None):
        request = urllib.request.Request(sim + path, json.dumps(body).encode() if body else None,
                                         {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=10) as response:
            return json.load(response)
    shop = next(p for p in call("GET", "/people")["people"] if p["is_business"])
    call("POST", "/people", {"number": CUSTOMER, "name": "Customer"})
    call("POST", f"/people/{CUSTOMER}/send",
         {"to": shop["number"], "kind": "text", "text": "Are you open?"})


def main(demo):
    channel, token, person = demo["onemsg"]["channel_id"], demo["onemsg"]["token"], CUSTOMER
    make_customer(demo["sim_url"])
    host = one_msg_sdk.Configuration(host=f"{demo['base_url']}/{channel}")
    with one_msg_sdk.ApiClient(host) as api:
        rest = Rest(api, token)
        check_channel(api, rest, token)
        wait_for("the customer's message", lambda: any(
            m["body"] == "Are you open?"
            for m in one_msg_sdk.MessagingApi(api).list_messages(token=token).messages))
        text = check_sending(one_msg_sdk.MessagingApi(api), rest, token, person)
        check_history(one_msg_sdk.MessagingApi(api), token, person, text)
        check_refusal(api, channel, person)


def check_channel(api, rest, token):
    status = one_msg_sdk.ChannelApi(api).get_status(token=token)
    check("status", status, {"status": "connected"})
    settings = rest.call("GET", "/settings")
    check("webhookUrl of a fresh channel", settings["webhookUrl"], None)
    changed = rest.call("POST", "/settings", body={"ackNotificationsOn": True})
    check("update", changed["update"], {"ackNotificationsOn": True})

    webhooks, url = one_msg_sdk.WebhooksApi(api), "http://127.0.0.1:9/hook"
    wanted = GetWebhook200Response(webhook_url=url)
    answer = webhooks.set_webhook(token=token, get_webhook200_response=wanted)
    check("answer to set_webhook", answer, {"set": True, "message": url})
    check("webhook_url", webhooks.get_webhook(token=token).webhook_url, url)
    rest.call("POST", "/settings", body={"webhookUrl": None})
    check("webhook_url after its removal", webhooks.get_webhook(token=token).webhook_url, None)


def check_sending(messaging, rest, token, person):
    text = messaging.send_message(token=token, body="From the SDK, ünïcödé", phone=int(person),
                                  **FORM)
    check("sent", text.sent, True)
    check("id", text.id, lambda i: i.startswith("wamid.") and len(i) > 20)
    check("message", text.message, f"Sent to {person}@c.us")
    check("description", text.description, "Message has been sent to the provider")

    file = messaging.send_file(token=token, body="data:image/png;base64," + PICTURE,
                               filename="pixel.png", caption="A pixel", chat_id=f"{person}@c.us",
                               **FORM)
    check("sent", file.sent, True)
    check("message", file.message, f"Sent to {person}@c.us")
    check("id of the file", file.id, lambda i: i.startswith("wamid.") and i != text.id)

    def delivered():
        hooks = rest.call("GET", "/hookInfo", [("messageId", text.id)])["hooks"]
        return hooks if any(hook["status"] == "delivered" for hook in hooks) else None
    for hook in wait_for("delivery", delivered):
        check("id in hookInfo", hook["id"], text.id)
        check("recipient_id", hook["recipient_id"], person)
        check("timestamp", hook["timestamp"], str.isdigit)
    return text


def check_history(messaging, token, person, text):
    listed = messaging.list_messages(token=token)
    check("notice", listed.notice, None)
    mine = [m for m in listed.messages if m["fromMe"]]
    check("types of the messages sent", [m["type"] for m in mine], ["chat", "image"])
    check("id in the list", mine[0]["id"], text.id)
    check("body in the list", mine[0]["body"], "From the SDK, ünïcödé")
    check("chatId in the list", mine[0]["chatId"], f"{person}@c.us")
    check("self in the list", mine[0]["self"], 1)
    check("caption in the list", mine[1]["caption"], "A pixel")
    check("body of the image", mine[1]["body"], lambda b: b.startswith("http://127.0.0.1:"))
    numbers = [m["messageNumber"] for m in listed.messages]
    check("message numbers", numbers, lambda n: n == sorted(set(n)))


def check_refusal(api, channel, person):
    try:
        one_msg_sdk.MessagingApi(api).send_message(token="wrong", body="x", phone=int(person),
                                                  **FORM)
    except UnauthorizedException as refused:
        check("status", refused.status, 401)
        check("error", refused.data.error if refused.data else None,
              f'Wrong token for channel "{channel}". Please provide token as a GET parameter.')
    else:
        check("a wrong token", "accepted", "refused")


run(main, refusals=(OpenApiException,))
