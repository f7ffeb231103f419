"""1MSG through the vendor's Python SDK (PyPI one-msg-sdk)."""

import json
import urllib.request

import one_msg_sdk
import pydantic
from checking import PICTURE, check, run, wait_for
from one_msg_sdk import models
from one_msg_sdk.exceptions import NotFoundException, OpenApiException, UnauthorizedException
from one_msg_sdk.models.get_webhook200_response import GetWebhook200Response

# The SDK sends the methods with form parameters as JSON with an empty body unless told otherwise.
FORM = {"_content_type": "application/x-www-form-urlencoded"}


CUSTOMER = "15550100001"


CALLED = set()


def operations():
    """All of the SDK's: (class, method)."""
    classes = [c for name, c in vars(one_msg_sdk).items() if name.endswith("Api")]
    variants = ("_with_http_info", "_without_preload_content")
    return {(c.__name__, method) for c in classes for method in vars(c)
            if not method.startswith("_") and not method.endswith(variants)}


class Noted:
    """One of the SDK's classes, which notes what is called of it."""

    def __init__(self, api_class, api):
        self._api = api_class(api)

    def __getattr__(self, method):
        CALLED.add((type(self._api).__name__, method))
        return getattr(self._api, method)


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
            for m in Noted(one_msg_sdk.MessagingApi, api).list_messages(token=token).messages))
        text = check_sending(Noted(one_msg_sdk.MessagingApi, api), rest, token, person)
        check_history(Noted(one_msg_sdk.MessagingApi, api), token, person, text)
        check_refusal(api, channel, person)
        check_kinds(api, token, person)
        check_media(api, rest, token)
        check_profile(api, token)
        check_templates(api, rest, token, person)
        check_missing(api, token)
        check("operations that were not called", sorted(operations() - CALLED), [])


def check_channel(api, rest, token):
    status = Noted(one_msg_sdk.ChannelApi, api).get_status(token=token)
    check("status", status, {"status": "connected"})
    settings = rest.call("GET", "/settings")
    check("webhookUrl of a fresh channel", settings["webhookUrl"], None)
    changed = rest.call("POST", "/settings", body={"ackNotificationsOn": True})
    check("update", changed["update"], {"ackNotificationsOn": True})

    webhooks, url = Noted(one_msg_sdk.WebhooksApi, api), "http://127.0.0.1:9/hook"
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
        Noted(one_msg_sdk.MessagingApi, api).send_message(token="wrong", body="x", phone=int(person),
                                                  **FORM)
    except UnauthorizedException as refused:
        check("status", refused.status, 401)
        check("error", refused.data.error if refused.data else None,
              f'Wrong token for channel "{channel}". Please provide token as a GET parameter.')
    else:
        check("a wrong token", "accepted", "refused")


def check_sent(what, answer, person):
    check(f"sent of {what}", answer.sent, True)
    check(f"id of {what}", answer.id, lambda i: i.startswith("wamid."))
    check(f"message of {what}", answer.message, f"Sent to {person}@c.us")


def check_kinds(api, token, person):
    messaging = Noted(one_msg_sdk.MessagingApi, api)
    incoming = next(m for m in messaging.list_messages(token=token).messages
                    if not m["fromMe"] and m["chatId"] == f"{person}@c.us")
    check_sent("a location", messaging.send_location(
        token=token, lat="45.018337", lng="-73.968285", name="HQ", address="1 Main St",
        phone=int(person), **FORM), person)
    button = {"type": "reply", "reply": {"id": "1", "title": "Yes"}}
    check_sent("buttons", messaging.send_button(
        token=token, send_button_request=models.SendButtonRequest.from_dict(
            {"phone": person, "body": "Sure?", "footer": "Shop", "sections": [button]})), person)
    section = {"title": "One", "rows": [{"id": "1", "title": "First", "description": "The first"}]}
    check_sent("a list", messaging.send_list(
        token=token, send_list_request=models.SendListRequest.from_dict(
            {"phone": person, "body": "Choose", "action": "Open", "sections": [section]})), person)
    check_sent("a request for a location", messaging.send_location_request(
        token=token, send_location_request_request=models.SendLocationRequestRequest.from_dict(
            {"phone": person, "body": "Where?"})), person)
    card = {"name": {"formatted_name": "Zoe Lee", "first_name": "Zoe"},
            "phones": [{"phone": "+1 555 010 0009", "type": "HOME"}]}
    check_sent("a contact", messaging.send_contact(
        token=token, send_contact_request=models.SendContactRequest.from_dict(
            {"phone": person, "contacts": [card]})), person)
    check_sent("a product", messaging.send_product(
        token=token, request_body={"phone": person, "action": {
            "catalog_id": "c1", "product_retailer_id": "SKU-1"}}), person)
    check_sent("a reaction", messaging.send_reaction(
        token=token, send_reaction_request=models.SendReactionRequest.from_dict(
            {"phone": person, "body": "👍", "quotedMsgId": incoming["id"]})), person)
    read = messaging.create_read_message(token=token, message_id=incoming["id"], **FORM)
    check("result of reading", read.result, "success")

    wanted = ["location", "interactive", "interactive", "interactive", "contact", "interactive"]
    listed = wait_for("the messages sent", lambda: [
        m["type"] for m in messaging.list_messages(token=token).messages if m["fromMe"]][2:])
    check("types of what was sent", listed, wanted)


def check_media(api, rest, token):
    messaging = Noted(one_msg_sdk.MessagingApi, api)

    def upload():
        body = {"body": "data:image/png;base64," + PICTURE}
        messaging.create_upload_media(token=token, request_body=body)  # which answers nothing
        return rest.call("POST", "/uploadMedia", body=body)["mediaId"]
    first, second = upload(), upload()
    found = messaging.retrieve_media(token=token, media_id=first)
    check("id of the media", found.id, first)
    check("type of the media", found.mime_type, "image/png")
    check("size of the media", found.file_size, lambda size: isinstance(size, int) and size > 60)
    check("url of the media", found.url, lambda url: url.startswith("http://127.0.0.1:"))
    check("result of deleting", messaging.delete_media(token=token, media_id=first).result,
          "success")
    legacy = models.DeleteMediaLegacyRequest.from_dict({"mediaId": second})
    check("result of deleting as before", messaging.delete_media_legacy(
        token=token, delete_media_legacy_request=legacy).result, "success")
    try:
        messaging.retrieve_media(token=token, media_id=first)
    except NotFoundException:
        pass
    else:
        check("the media after its deletion", "there", "gone")


def check_profile(api, token):
    profile, catalog = Noted(one_msg_sdk.ProfileApi, api), Noted(one_msg_sdk.CatalogApi, api)
    change = models.UpdateMeRequest.from_dict({"about": "Open till nine", "vertical": "Other"})
    check("answer to update_me", profile.update_me(token=token, update_me_request=change),
          {"result": "success"})
    me = profile.get_me(token=token)
    check("about", me.about, "Open till nine")
    check("vertical", me.vertical, "Other")
    check("phone", me.phone, str.isdigit)
    wanted = models.CreateCommerceRequest.from_dict(
        {"params": {"is_cart_enabled": False, "is_catalog_visible": True}})
    check("answer to create_commerce", catalog.create_commerce(
        token=token, create_commerce_request=wanted).success, True)
    shop = catalog.get_commerce(token=token)
    check("the shop", [(s.is_cart_enabled, s.is_catalog_visible) for s in shop], [(False, True)])


def check_templates(api, rest, token, person):
    templates = Noted(one_msg_sdk.TemplatesApi, api)
    check("templates at first", templates.list_templates(token=token).total, 0)
    before = rest.call("GET", "/extendedStatistics")
    draft = models.AddTemplateRequest.from_dict(
        {"name": "visit", "category": "UTILITY", "language": "en",
         "components": [{"type": "BODY", "text": "At {{1}}?",
                         "example": {"body_text": [["nine"]]}}]})
    check("status of the new template", templates.add_template(
        token=token, add_template_request=draft)["status"], "pending")

    def approved():
        found = templates.list_templates(token=token).templates
        return found if found[0]["status"] == "approved" else None
    template = wait_for("the approval", approved, within=20)[0]
    check("name of the template", template["name"], "visit")
    message = models.SendTemplateRequest.from_dict(
        {"template": "visit", "namespace": template["namespace"], "phone": person,
         "language": {"policy": "deterministic", "code": "en"},
         "params": [{"type": "body", "parameters": [{"type": "text", "text": "nine"}]}]})
    sent = templates.send_template(token=token, send_template_request=message)
    check("answer to send_template", sent["message"], f"Sent to {person}@c.us")

    # What was sent so far was answers; the template is a conversation of its own.
    check("conversations before", [i["business_initiated_quantity"] for i in before], [0])
    check("the customer's conversation", before[0]["user_initiated_quantity"], 1)
    wait_for("the conversation of the template", lambda: rest.call(
        "GET", "/extendedStatistics")[-1]["business_initiated_quantity"] == 1)
    statistics = rest.call("GET", "/statistics")
    check("date", statistics["date"], lambda date: len(date) == 7 and date[2] == ".")
    check("cost without prices", statistics["templates_cost"], 0)
    hooks = rest.call("GET", "/hookInfo", [("messageId", sent["id"])])["hooks"]
    check("origin", hooks[0]["conversation"]["origin"]["type"], "business_initiated")
    check("answer to remove_template", templates.remove_template(
        token=token, request_body={"name": "visit"}), {"result": "success"})


def check_missing(api, token):
    """What Parley does not have is refused by name, in 1MSG's shape."""
    calling, flows = Noted(one_msg_sdk.CallingApi, api), Noted(one_msg_sdk.FlowsApi, api)
    groups, messaging = Noted(one_msg_sdk.GroupsApi, api), Noted(one_msg_sdk.MessagingApi, api)
    channel, users = Noted(one_msg_sdk.ChannelApi, api), Noted(one_msg_sdk.UsersApi, api)
    request = {"phone": int(CUSTOMER), "body": "b"}
    block = models.BlockUserRequest.from_dict({"phone": int(CUSTOMER)})
    call = models.InitiateCallRequest.from_dict(
        {"messaging_product": "whatsapp", "action": "connect", "to": CUSTOMER})
    order = {**request, "template": "t", "namespace": "n", "language": {"code": "en"}, "order": {"items": []}}
    for what in [
        lambda: calling.get_calling_settings(token=token),
        lambda: calling.initiate_call(token=token, initiate_call_request=call),
        lambda: calling.update_calling_settings(token=token,
                                                calling_settings=models.CallingSettings()),
        lambda: channel.get_conversational_automation(token=token),
        lambda: channel.set_conversational_automation(
            token=token, conversational_automation=models.ConversationalAutomation()),
        lambda: flows.create_flows(token=token),
        lambda: flows.create_flows_flow_id_deprecate("1", token=token),
        lambda: flows.create_flows_flow_id_publish("1", token=token),
        lambda: flows.delete_flows_flow_id("1", token=token),
        lambda: flows.get_flows_flow_id("1", token=token),
        lambda: flows.get_flows_flow_id_preview("1", token=token),
        lambda: flows.get_whatsapp_business_encryption(token=token),
        lambda: flows.list_flows(token=token),
        lambda: flows.patch_flows_flow_id_assets("1", token=token),
        lambda: flows.patch_flows_flow_id_metadata("1", token=token),
        lambda: flows.set_whatsapp_business_encryption(
            token=token, set_whatsapp_business_encryption_request=models.
            SetWhatsappBusinessEncryptionRequest(business_public_key="key")),
        lambda: groups.create_groups(token=token),
        lambda: groups.create_groups_group_id("1", token=token),
        lambda: groups.create_groups_group_id_invitelink("1", token=token),
        lambda: groups.delete_groups_group_id("1", token=token),
        lambda: groups.get_groups_group_id("1", token=token),
        lambda: groups.get_groups_group_id_invitelink("1", token=token),
        lambda: groups.list_groups(token=token),
        lambda: messaging.get_mm_lite_status(token=token),
        lambda: messaging.send_address_message(
            token=token, send_address_message_request=models.SendAddressMessageRequest.from_dict(
                request)),
        lambda: messaging.send_carousel(token=token, params=[], phone=int(CUSTOMER), **FORM),
        lambda: messaging.send_cta_url(
            token=token, send_cta_url_request=models.SendCtaUrlRequest.from_dict(
                {**request, "displayText": "Open", "url": "https://shop.example"})),
        lambda: messaging.send_flow(token=token, body="b", flow_id="1", flow_token="t",
                                    flow_cta="Go", phone=int(CUSTOMER), **FORM),
        lambda: messaging.send_order_details(
            token=token, send_order_details_request=models.SendOrderDetailsRequest.from_dict(
                order)),
        lambda: messaging.send_payment_request(
            token=token, send_payment_request_request=models.SendPaymentRequestRequest.from_dict(
                {**request, "region": "IN"})),
        lambda: messaging.send_sticker(
            token=token, send_sticker_request=models.SendStickerRequest.from_dict(
                {"phone": int(CUSTOMER), "link": "https://shop.example/a.webp"})),
        lambda: users.block_user(token=token, block_user_request=block),
        lambda: users.list_blocked_users(token=token),
        lambda: users.unblock_user(token=token, block_user_request=block),
    ]:
        try:
            what()
        except NotFoundException as refused:
            check("a method that is not there", json.loads(refused.body),
                  {"error": "Unknown method"})
        else:
            check("a method that is not there", "answered", "refused")


# The library checks the types of what it reads with pydantic.
run(main, refusals=(OpenApiException, pydantic.ValidationError))
