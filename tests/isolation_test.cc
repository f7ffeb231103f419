// A key of one account never sees another's things: every route of every dialect is called with the
// other account's ids, and must answer what it answers for ids that nobody has: 404, or the refusal
// that its documents have instead.
//
// A new route needs a row in kProbes; the test fails until it has one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "api/onemsg/addresses.h"
#include "api/onemsg/dialect.h"
#include "api/twochat/addresses.h"
#include "api/twochat/dialect.h"
#include "api/wapio/addresses.h"
#include "api/wapio/dialect.h"
#include "base/json.h"
#include "core/contacts/contacts.h"
#include "core/contacts/learn.h"
#include "core/webhooks/webhooks.h"
#include "tests/support/virtual_world.h"

namespace parley::testing {
namespace {

namespace json = base::json;
namespace onemsg = api::onemsg;
namespace twochat = api::twochat;
namespace wapio = api::wapio;

// Everything of an account that a request can name.
struct Things {
  std::string number;                       // +15550...
  std::string session, message, operation;  // Wapio
  std::string wapio_media;
  std::string channel, webhook, twochat_message;  // 2Chat
  std::string contact;
  std::string code, onemsg_message, onemsg_media;  // 1MSG
  std::string group, twochat_group;                // a group's JID, and its uuid

  using Pair = std::pair<std::string, std::string>;
  std::vector<Pair> all() const {
    return {{"{number}", number},
            {"{session}", session},
            {"{message}", message},
            {"{operation}", operation},
            {"{wapio_media}", wapio_media},
            {"{channel}", channel},
            {"{webhook}", webhook},
            {"{twochat_message}", twochat_message},
            {"{contact}", contact},
            {"{code}", code},
            {"{onemsg_message}", onemsg_message},
            {"{onemsg_media}", onemsg_media},
            {"{group}", group},
            {"{twochat_group}", twochat_group}};
  }
};

std::string Replace(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
  return text;
}

std::string Fill(std::string text, const Things& things) {
  for (const auto& [mark, value] : things.all()) text = Replace(std::move(text), mark, value);
  return text;
}

// The reverse: an answer in which no id is left.
std::string Unfill(std::string text, const Things& things) {
  for (const auto& [mark, value] : things.all()) text = Replace(std::move(text), value, mark);
  return text;
}

// How a route is asked for things; marks as in Things::all.
struct Probe {
  const char* route;   // "wapio GET /v1/..."
  const char* target;  // empty: the route names nothing, and may show nothing of others
  const char* body = "";
  int refused = 0;  // when its answer is another than what RefusalOf says
};
constexpr Probe kProbes[] = {
    {"2chat GET /ping", ""},
    {"2chat GET /open/info", ""},
    {"2chat GET /open/users", ""},
    {"2chat GET /open/whatsapp/get-numbers", ""},
    {"2chat POST /open/whatsapp/channel/create", ""},
    {"2chat GET /open/whatsapp/channel/{channel_uuid}", "/open/whatsapp/channel/{channel}"},
    {"2chat DELETE /open/whatsapp/channel/{channel_uuid}", "/open/whatsapp/channel/{channel}"},
    {"2chat GET /open/whatsapp/channel/{channel_uuid}/status",
     "/open/whatsapp/channel/{channel}/status"},
    {"2chat GET /open/whatsapp/channel/{channel_uuid}/qr-code",
     "/open/whatsapp/channel/{channel}/qr-code"},
    {"2chat POST /open/whatsapp/channel/{channel_uuid}/connect",
     "/open/whatsapp/channel/{channel}/connect"},
    {"2chat POST /open/whatsapp/channel/{channel_uuid}/disconnect",
     "/open/whatsapp/channel/{channel}/disconnect"},
    {"2chat GET /open/whatsapp/message/{session_key}/{message_uuid}",
     "/open/whatsapp/message/WW-{channel}-15550100@c.us/{twochat_message}"},
    {"2chat DELETE /open/whatsapp/message/{session_key}/{message_uuid}",
     "/open/whatsapp/message/WW-{channel}-15550100@c.us/{twochat_message}"},
    {"2chat GET /open/webhooks/channel/{channel_uuid}", "/open/webhooks/channel/{channel}"},
    {"2chat POST /open/whatsapp/send-message", "/open/whatsapp/send-message",
     R"({"from_number": "{number}", "to_number": "+15550100", "text": "hi"})"},
    {"2chat GET /open/whatsapp/messages/{your_number}", "/open/whatsapp/messages/{number}"},
    {"2chat GET /open/whatsapp/messages/{your_number}/{remote_number}",
     "/open/whatsapp/messages/{number}/+15550100"},
    {"2chat GET /open/whatsapp/groups/{your_number}", "/open/whatsapp/groups/{number}"},
    {"2chat GET /open/whatsapp/groups/messages/{group_uuid}",
     "/open/whatsapp/groups/messages/{twochat_group}"},
    {"2chat GET /open/whatsapp/group/{group_uuid}", "/open/whatsapp/group/{twochat_group}"},
    {"2chat POST /open/whatsapp/group/create", "/open/whatsapp/group/create",
     R"({"from_number": "{number}", "group_name": "stolen", "participants": ["+15550100"]})"},
    {"2chat POST /open/whatsapp/group/{group_uuid}/set-picture",
     "/open/whatsapp/group/{twochat_group}/set-picture", R"({"url": "https://files.test/x.png"})"},
    {"2chat POST /open/whatsapp/group/{group_uuid}/add-participant",
     "/open/whatsapp/group/{twochat_group}/add-participant", R"({"participants": ["+15550100"]})"},
    {"2chat POST /open/whatsapp/group/{group_uuid}/remove-participant",
     "/open/whatsapp/group/{twochat_group}/remove-participant",
     R"({"participants": ["+15550100"]})"},
    {"2chat POST /open/whatsapp/group/{group_uuid}/promote-participant",
     "/open/whatsapp/group/{twochat_group}/promote-participant",
     R"({"participants": ["+15550100"]})"},
    {"2chat POST /open/whatsapp/group/{group_uuid}/demote-participant",
     "/open/whatsapp/group/{twochat_group}/demote-participant",
     R"({"participants": ["+15550100"]})"},
    {"2chat POST /open/whatsapp/group/{group_uuid}/set-description",
     "/open/whatsapp/group/{twochat_group}/set-description", R"({"description": "stolen"})"},
    {"2chat GET /open/webhooks", ""},
    {"2chat POST /open/webhooks/subscribe/{event}", "/open/webhooks/subscribe/whatsapp.message.new",
     R"({"hook_url": "https://hooks.test/stolen", "on_number": "{number}"})"},
    {"2chat DELETE /open/webhooks/{webhook_uuid}", "/open/webhooks/{webhook}"},
    {"2chat GET /open/whatsapp/check-number/{your_number}/{target}",
     "/open/whatsapp/check-number/{number}/+15550100"},
    {"2chat GET /open/whatsapp/conversations/{channel_uuid}",
     "/open/whatsapp/conversations/{channel}"},
    {"2chat POST /open/whatsapp/set-profile-picture/{your_number}",
     "/open/whatsapp/set-profile-picture/{number}", R"({"url": "https://files.test/stolen"})"},
    {"2chat POST /open/whatsapp/set-status/{your_number}", "/open/whatsapp/set-status/{number}",
     R"({"status": "stolen"})"},
    {"2chat GET /open/contacts", ""},
    {"2chat POST /open/contacts", "/open/contacts",
     R"({"first_name": "x", "phone_number": "+15550100", "channel_uuid": "{channel}"})"},
    {"2chat GET /open/contacts/{contact_uuid}", "/open/contacts/{contact}"},
    {"2chat PUT /open/contacts/{contact_uuid}", "/open/contacts/{contact}",
     R"({"first_name": "stolen"})"},
    {"2chat DELETE /open/contacts/{contact_uuid}", "/open/contacts/{contact}"},

    {"wapio POST /api/send-message", "/api/send-message",
     R"({"session_id": "{session}", "to": "+15550100", "text": "hi"})"},
    {"wapio GET /api/messages/{message_id}/info", "/api/messages/{message}/info"},
    {"wapio DELETE /api/messages/{message_id}", "/api/messages/{message}"},
    {"wapio PUT /api/messages/{message_id}", "/api/messages/{message}", R"({"text": "stolen"})"},
    {"wapio POST /api/messages/{message_id}/edit", "/api/messages/{message}/edit",
     R"({"text": "stolen"})"},
    {"wapio POST /api/messages/{message_id}/resend", "/api/messages/{message}/resend"},
    {"wapio GET /api/groups", "/api/groups?session_id={session}"},
    {"wapio POST /api/groups", "/api/groups",
     R"({"session_id": "{session}", "subject": "stolen"})"},
    {"wapio GET /api/groups/{group_jid}", "/api/groups/{group}?session_id={session}"},
    {"wapio GET /api/groups/{group_jid}/metadata",
     "/api/groups/{group}/metadata?session_id={session}"},
    {"wapio GET /api/groups/{group_jid}/participants",
     "/api/groups/{group}/participants?session_id={session}"},
    {"wapio POST /api/groups/{group_jid}/participants", "/api/groups/{group}/participants",
     R"({"session_id": "{session}", "participants": ["+15550100"]})"},
    {"wapio DELETE /api/groups/{group_jid}/participants", "/api/groups/{group}/participants",
     R"({"session_id": "{session}", "participants": ["+15550100"]})"},
    {"wapio POST /api/groups/{group_jid}/participants/add", "/api/groups/{group}/participants/add",
     R"({"session_id": "{session}", "participants": ["+15550100"]})"},
    {"wapio POST /api/groups/{group_jid}/participants/remove",
     "/api/groups/{group}/participants/remove",
     R"({"session_id": "{session}", "participants": ["+15550100"]})"},
    {"wapio POST /api/groups/{group_jid}/participants/promote",
     "/api/groups/{group}/participants/promote",
     R"({"session_id": "{session}", "participants": ["+15550100"]})"},
    {"wapio POST /api/groups/{group_jid}/participants/demote",
     "/api/groups/{group}/participants/demote",
     R"({"session_id": "{session}", "participants": ["+15550100"]})"},
    {"wapio PUT /api/groups/{group_jid}/participants/update",
     "/api/groups/{group}/participants/update",
     R"({"session_id": "{session}", "action": "add", "participants": ["+15550100"]})"},
    {"wapio PUT /api/groups/{group_jid}/settings", "/api/groups/{group}/settings",
     R"({"session_id": "{session}", "subject": "stolen"})"},
    {"wapio GET /api/groups/{group_jid}/picture",
     "/api/groups/{group}/picture?session_id={session}"},
    {"wapio GET /api/groups/{group_jid}/invite-link",
     "/api/groups/{group}/invite-link?session_id={session}"},
    {"wapio POST /api/groups/{group_jid}/leave", "/api/groups/{group}/leave",
     R"({"session_id": "{session}"})"},
    {"wapio GET /api/groups/invite/{invite_code}",
     "/api/groups/invite/NoSuchCode?session_id={session}"},
    {"wapio POST /api/groups/invite/accept", "/api/groups/invite/accept",
     R"({"session_id": "{session}", "invite_code": "NoSuchCode"})"},
    {"wapio POST /api/messages/read", "/api/messages/read",
     R"({"session_id": "{session}", "message_ids": ["{message}"]})"},
    {"wapio POST /api/send-presence-update", "/api/send-presence-update",
     R"({"session_id": "{session}", "presence": "available"})"},
    {"wapio GET /api/on-whatsapp/{phone}", "/api/on-whatsapp/15550100?session_id={session}"},
    {"wapio GET /api/contacts", "/api/contacts?session_id={session}"},
    {"wapio PUT /api/contacts", "/api/contacts",
     R"({"session_id": "{session}", "phone": "+15550100", "name": "stolen"})"},
    {"wapio GET /api/contacts/{contact}", "/api/contacts/15550100?session_id={session}"},
    {"wapio GET /api/contacts/{contact}/picture",
     "/api/contacts/15550100/picture?session_id={session}"},
    {"wapio POST /api/contacts/{contact}/block", "/api/contacts/15550100/block",
     R"({"session_id": "{session}"})"},
    {"wapio POST /api/contacts/{contact}/unblock", "/api/contacts/15550100/unblock",
     R"({"session_id": "{session}"})"},
    {"wapio GET /api/pn-from-lid/{lid}", "/api/pn-from-lid/571534594292250?session_id={session}"},
    {"wapio GET /api/lid-from-pn/{pn}", "/api/lid-from-pn/15550100?session_id={session}"},
    {"wapio GET /api/chats", "/api/chats?session_id={session}"},
    {"wapio GET /api/chats/{jid}", "/api/chats/15550100@s.whatsapp.net?session_id={session}"},
    {"wapio POST /api/chats/{jid}/read", "/api/chats/15550100@s.whatsapp.net/read",
     R"({"session_id": "{session}"})"},
    {"wapio GET /v1/whatsapp-sessions", "/v1/whatsapp-sessions?before_id={session}"},
    {"wapio POST /v1/whatsapp-sessions", ""},
    {"wapio GET /v1/whatsapp-sessions/{session_id}", "/v1/whatsapp-sessions/{session}"},
    {"wapio PATCH /v1/whatsapp-sessions/{session_id}", "/v1/whatsapp-sessions/{session}",
     R"({"label": "stolen"})"},
    {"wapio PUT /v1/whatsapp-sessions/{session_id}", "/v1/whatsapp-sessions/{session}",
     R"({"label": "stolen"})"},
    {"wapio DELETE /v1/whatsapp-sessions/{session_id}", "/v1/whatsapp-sessions/{session}"},
    {"wapio POST /v1/whatsapp-sessions/{session_id}/connect",
     "/v1/whatsapp-sessions/{session}/connect"},
    {"wapio POST /v1/whatsapp-sessions/{session_id}/disconnect",
     "/v1/whatsapp-sessions/{session}/disconnect"},
    {"wapio GET /v1/whatsapp-sessions/{session_id}/qrcode",
     "/v1/whatsapp-sessions/{session}/qrcode"},
    {"wapio POST /v1/whatsapp-sessions/{session_id}/regenerate-key",
     "/v1/whatsapp-sessions/{session}/regenerate-key"},
    {"wapio GET /v1/whatsapp-sessions/{session_id}/webhook",
     "/v1/whatsapp-sessions/{session}/webhook"},
    {"wapio PUT /v1/whatsapp-sessions/{session_id}/webhook",
     "/v1/whatsapp-sessions/{session}/webhook", R"({"target_url": "https://hooks.test/stolen"})"},
    {"wapio DELETE /v1/whatsapp-sessions/{session_id}/webhook",
     "/v1/whatsapp-sessions/{session}/webhook"},
    {"wapio POST /v1/whatsapp-sessions/{session_id}/restart",
     "/v1/whatsapp-sessions/{session}/restart"},
    {"wapio GET /v1/whatsapp-sessions/{session_id}/settings",
     "/v1/whatsapp-sessions/{session}/settings"},
    {"wapio PATCH /v1/whatsapp-sessions/{session_id}/settings",
     "/v1/whatsapp-sessions/{session}/settings", R"({"typing": true})"},
    {"wapio GET /v1/whatsapp-sessions/{session_id}/proxy", "/v1/whatsapp-sessions/{session}/proxy"},
    {"wapio PUT /v1/whatsapp-sessions/{session_id}/proxy", "/v1/whatsapp-sessions/{session}/proxy",
     R"({"scheme": "http", "host": "stolen.test", "port": 80})"},
    {"wapio DELETE /v1/whatsapp-sessions/{session_id}/proxy",
     "/v1/whatsapp-sessions/{session}/proxy"},
    {"wapio GET /api/whatsapp-sessions/{session_id}/message-logs",
     "/api/whatsapp-sessions/{session}/message-logs"},
    {"wapio GET /api/whatsapp-sessions/{session_id}/session-logs",
     "/api/whatsapp-sessions/{session}/session-logs"},
    {"wapio GET /api/whatsapp-sessions/{session_id}/webhook-deliveries",
     "/api/whatsapp-sessions/{session}/webhook-deliveries"},
    {"wapio GET /api/status", "/api/status?session_id={session}"},
    {"wapio GET /api/user", "/api/user?session_id={session}"},
    {"wapio POST /api/upload", "/api/upload",
     R"({"session_id": "{session}", "content_base64": "aGk="})"},
    {"wapio POST /api/media", "/api/media",
     R"({"session_id": "{session}", "kind": "image", "mime_type": "image/png", "size_bytes": 5})"},
    {"wapio GET /v1/media/{media_id}/download-url", "/v1/media/{wapio_media}/download-url"},
    {"wapio POST /v1/media/decrypt", "/v1/media/decrypt", R"({"media_id": "{wapio_media}"})"},
    {"wapio POST /api/decrypt-media", "/api/decrypt-media",
     R"({"message": {"imageMessage": {"mediaId": "{wapio_media}"}}})"},
    {"wapio GET /v1/operations/{operation_id}", "/v1/operations/{operation}"},
    {"wapio GET /v1/me/dashboard-overview", ""},

    {"1msg GET /status", "/{code}/status"},
    {"1msg GET /me", "/{code}/me"},
    {"1msg POST /me", "/{code}/me", R"({"about": "stolen"})"},
    {"1msg GET /commerce", "/{code}/commerce"},
    {"1msg GET /statistics", "/{code}/statistics"},
    {"1msg GET /extendedStatistics", "/{code}/extendedStatistics"},
    {"1msg GET /outputIP", "/{code}/outputIP"},
    {"1msg POST /commerce", "/{code}/commerce",
     R"({"params": {"is_cart_enabled": false, "is_catalog_visible": false}})"},
    {"1msg POST /readMessage", "/{code}/readMessage", R"({"messageId": "{onemsg_message}"})"},
    {"1msg GET /templates", "/{code}/templates"},
    {"1msg POST /addTemplate", "/{code}/addTemplate",
     R"({"name": "stolen", "category": "UTILITY", "language": "en",
         "components": [{"type": "BODY", "text": "stolen"}]})"},
    {"1msg POST /removeTemplate", "/{code}/removeTemplate", R"({"name": "stolen"})"},
    {"1msg POST /sendTemplate", "/{code}/sendTemplate",
     R"({"phone": "15550100", "template": "stolen", "language": {"code": "en"}})"},
    {"1msg GET /settings", "/{code}/settings"},
    {"1msg POST /settings", "/{code}/settings", R"({"webhookUrl": "https://hooks.test/stolen"})"},
    {"1msg GET /webhook", "/{code}/webhook"},
    {"1msg POST /webhook", "/{code}/webhook", R"({"webhookUrl": "https://hooks.test/stolen"})"},
    {"1msg POST /sendMessage", "/{code}/sendMessage", R"({"phone": "15550100", "body": "hi"})"},
    {"1msg POST /sendFile", "/{code}/sendFile",
     R"({"phone": "15550100", "body": "data:text/plain;base64,aGk=", "filename": "a.txt"})"},
    {"1msg POST /sendLocation", "/{code}/sendLocation",
     R"({"phone": "15550100", "lat": "1", "lng": "2"})"},
    {"1msg POST /sendContact", "/{code}/sendContact",
     R"({"phone": "15550100", "contacts": [{"name": {"formatted_name": "A", "first_name": "A"}}]})"},
    {"1msg POST /sendReaction", "/{code}/sendReaction",
     R"({"phone": "15550100", "body": "👍", "quotedMsgId": "{onemsg_message}"})"},
    {"1msg POST /sendList", "/{code}/sendList",
     R"({"phone": "15550100", "body": "b", "action": "a",
         "sections": [{"rows": [{"id": "1", "title": "t"}]}]})"},
    {"1msg POST /sendButton", "/{code}/sendButton",
     R"({"phone": "15550100", "body": "b",
         "sections": [{"type": "reply", "reply": {"id": "1", "title": "t"}}]})"},
    {"1msg POST /sendLocationRequest", "/{code}/sendLocationRequest",
     R"({"phone": "15550100", "body": "b"})"},
    {"1msg POST /sendProduct", "/{code}/sendProduct",
     R"({"phone": "15550100", "action": {"catalog_id": "c", "product_retailer_id": "p"}})"},
    {"1msg GET /messages", "/{code}/messages"},
    {"1msg GET /hookInfo", "/{code}/hookInfo?messageId={onemsg_message}"},
    {"1msg POST /uploadMedia", "/{code}/uploadMedia", R"({"body": "data:text/plain;base64,aGk="})"},
    {"1msg GET /retrieveMedia", "/{code}/retrieveMedia?mediaId={onemsg_media}"},
    {"1msg DELETE /media/{media_id}", "/{code}/media/{onemsg_media}"},
    {"1msg POST /deleteMedia", "/{code}/deleteMedia", R"({"mediaId": "{onemsg_media}"})"},
};

// What names a thing in a second place of the same route.
constexpr Probe kMoreProbes[] = {
    {"2chat POST /open/whatsapp/send-message", "/open/whatsapp/send-message",
     R"({"from_number": "+15550201", "to_group_uuid": "{twochat_group}", "text": "hi"})"},
    {"wapio POST /api/messages/read", "/api/messages/read",
     R"({"session_id": "OWN", "message_ids": ["{message}"]})"},
    {"1msg POST /readMessage", "/readMessage", R"({"messageId": "{onemsg_message}"})"},
    {"wapio POST /api/send-message", "/api/send-message",
     R"({"session_id": "OWN", "to": "+15550100", "text": "hi", "quoted_message_id": "{message}"})",
     422},
    {"wapio POST /api/send-message", "/api/send-message",
     R"({"session_id": "OWN", "to": "+15550100", "media_handle": "{wapio_media}"})", 422},
    {"wapio POST /api/send-message", "/api/send-message?session_id={session}",
     R"({"to": "+15550100", "text": "hi"})"},
    {"1msg GET /hookInfo", "/hookInfo?messageId={onemsg_message}"},
    {"1msg GET /messages", "/messages?msgId={onemsg_message}", "", 200},
    {"1msg GET /retrieveMedia", "/retrieveMedia?mediaId={onemsg_media}"},
    {"1msg DELETE /media/{media_id}", "/OWN/media/{onemsg_media}"},
    {"1msg POST /deleteMedia", "/deleteMedia", R"({"mediaId": "{onemsg_media}"})"},
    {"1msg POST /sendFile", "/sendFile",
     R"({"phone": "15550100", "mediaId": "{onemsg_media}", "filename": "a.txt"})"},
    {"1msg GET /messages", "/messages?chatId=15550100@c.us", "", 200},
    {"1msg POST /sendReaction", "/sendReaction",
     R"({"phone": "15550100", "body": "👍", "quotedMsgId": "{onemsg_message}"})", 400},
    {"1msg POST /sendLocation", "/sendLocation",
     R"({"phone": "15550100", "lat": "1", "lng": "2", "quotedMsgId": "{onemsg_message}"})", 400},
    {"1msg POST /sendButton", "/sendButton",
     R"({"phone": "15550100", "body": "b",
         "header": {"type": "document", "document": {"id": "{onemsg_media}"}},
         "sections": [{"type": "reply", "reply": {"id": "1", "title": "t"}}]})",
     400},
    {"1msg POST /sendMessage", "/sendMessage",
     R"({"phone": "15550100", "body": "hi", "quotedMsgId": "{onemsg_message}"})", 400},
    {"1msg POST /sendFile", "/sendFile",
     R"({"phone": "15550100", "body": "data:text/plain;base64,aGk=", "filename": "a.txt",
         "quotedMsgId": "{onemsg_message}"})",
     400},
};

std::string RouteName(std::string_view dialect, const http::RouteSpec& spec) {
  return std::string(dialect) + " " + std::string(NameOf(spec.method)) + " " +
         std::string(spec.pattern);
}

std::set<std::string> AllRoutes() {
  std::set<std::string> routes;
  for (const auto& row : twochat::Routes()) routes.insert(RouteName("2chat", row.spec));
  // Where the path is the permission, no account asks: tests/scenarios/wapio/upload_grant.scenario.
  for (const auto& row : wapio::Routes())
    if (row.access != wapio::Access::kAnybody) routes.insert(RouteName("wapio", row.spec));
  for (const auto& row : onemsg::Routes()) routes.insert(RouteName("1msg", row.spec));
  return routes;
}

struct Answer {
  int status = 0;
  std::string headers;  // without X-Request-Id
  std::string text;
  bool operator==(const Answer&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Answer& answer) {
  return out << answer.status << "\n" << answer.headers << answer.text;
}

// Two accounts, of which one wants what the other has; or two sessions of one account, and then it
// is a session's key that wants it.
enum class Parties { kAccounts, kSessions };
class TwoAccounts {
 public:
  explicit TwoAccounts(Parties parties = Parties::kAccounts) : parties_(parties), world_(7) {
    sim::network::Person bob;
    bob.number = "15550100";
    bob.push_name = "bob";
    EXPECT_TRUE(world_.network().AddPerson(bob).has_value());
    mallory_ = world_.MakeChannel("mallory", "15550201", "phone", std::nullopt);
    std::optional<core::Account> account;
    if (parties == Parties::kSessions) account = mallory_.account;
    victim_ = world_.MakeChannel("victim", "15550202", "phone", account);
    for (const auto* keys : {&mallory_, &victim_}) KeepHistory(*keys);
    theirs_ = MakeThings();
    for (const auto& [mark, value] : theirs_.all()) EXPECT_FALSE(value.empty()) << mark;
    // Well-formed ids that nobody has, each as long as the other.
    const auto other = [](std::string id) {
      char& last = id[id.size() - 4];  // Base64's last character holds two bits only
      last = last == '0' ? '1' : '0';
      return id;
    };
    nobodys_ = theirs_;
    nobodys_.number = "+15550299";
    nobodys_.code = "PLY000000000";
    nobodys_.group = "120363000000000000@g.us";
    for (std::string* id : {&nobodys_.session, &nobodys_.message, &nobodys_.operation,
                            &nobodys_.webhook, &nobodys_.twochat_message, &nobodys_.contact,
                            &nobodys_.onemsg_message, &nobodys_.onemsg_media,
                            &nobodys_.twochat_group, &nobodys_.wapio_media, &nobodys_.channel})
      *id = other(*id);
  }

  const VirtualWorld::ChannelKeys& mallory() const { return mallory_; }
  const VirtualWorld::ChannelKeys& victim() const { return victim_; }
  const Things& theirs() const { return theirs_; }
  const Things& nobodys() const { return nobodys_; }
  VirtualWorld& world() { return world_; }

  // Calls with the account's key; `call` begins with "<dialect> <method>".
  Answer Ask(const VirtualWorld::ChannelKeys& keys, const std::string& call, std::string target,
             std::string body);
  // The answer to a probe that is filled with these things, without them.
  Answer AskFor(const VirtualWorld::ChannelKeys& keys, const Probe& probe, const Things& things);

  // A session that is offline asks the network nothing.
  void Disconnect(const VirtualWorld::ChannelKeys& keys) {
    const std::string path = "/v1/whatsapp-sessions/" + wapio::Spell(keys.channel.id);
    const Answer answer = Ask(keys, "wapio POST", path + "/disconnect", "");
    EXPECT_EQ(answer.status / 100, 2) << answer;
    world_.Pass(std::chrono::seconds(2));
  }

 private:
  void KeepHistory(const VirtualWorld::ChannelKeys& keys) {
    core::ChannelChange change;
    change.settings = [](core::ChannelSettings& settings) { settings.history_enabled = true; };
    EXPECT_TRUE(world_
                    .Await(world_.core().channels.Change(keys.account.row, keys.channel.row,
                                                         std::move(change)))
                    .has_value());
  }

  // One of everything for the victim.
  Things MakeThings() {
    Things things;
    things.number = "+" + victim_.channel.phone;
    things.session = wapio::Spell(victim_.channel.id);
    things.channel = twochat::Spell(victim_.channel.id);
    things.code = victim_.channel.code;
    const Answer sent = Ask(
        victim_, "wapio POST", "/api/send-message",
        R"({"session_id": ")" + things.session + R"(", "to": "+15550100", "text": "a secret"})");
    things.message = Member(sent, "msgId");
    const auto id = wapio::ParseMessageId(things.message);
    EXPECT_TRUE(id.has_value()) << sent;
    things.twochat_message = twochat::Spell(*id);
    core::Address friendly{core::AddressKind::kPhone, "15550177"};
    core::ChannelPtr none;
    const auto contact = world_.Await(
        world_.core().contacts.Name(victim_.account.row, none, friendly, "A secret friend"));
    EXPECT_TRUE(contact.has_value());
    things.contact = twochat::Spell(contact->id);
    things.onemsg_message = onemsg::Spell(*id);
    for (const char* event : {"whatsapp.message.sent", "whatsapp.message.received"}) {
      core::NewSubscription wanted;
      wanted.url = "https://hooks.test/victim";
      wanted.events = {event};
      auto subscribed = world_.Await(world_.core().webhooks.Subscribe(
          victim_.account.row, victim_.channel.row, core::Dialect::kTwoChat, std::move(wanted)));
      EXPECT_TRUE(subscribed.has_value());
      things.webhook = twochat::Spell(subscribed->id);
    }
    things.onemsg_media = Member(Ask(victim_, "1msg POST", "/uploadMedia",
                                     R"({"body": "data:text/plain;base64,YSBzZWNyZXQ="})"),
                                 "mediaId");
    things.wapio_media = wapio::Spell(*onemsg::ParseMediaId(things.onemsg_media));
    things.group =
        Member(Ask(victim_, "wapio POST", "/api/groups",
                   R"({"session_id": ")" + things.session + R"(", "subject": "a secret group"})"),
               "group_jid");
    const auto groups = base::ParseJson(
        Ask(victim_, "2chat GET", "/open/whatsapp/groups/" + things.number, "").text);
    things.twochat_group = base::FindText(groups->at("data").as_array().at(0).as_object(), "uuid");
    // A deleted session leaves an operation to ask about.
    const Answer extra = Ask(victim_, "wapio POST", "/v1/whatsapp-sessions", R"({"label": "x"})");
    const auto created = base::ParseJson(extra.text);
    const std::string session(base::FindText(created->at("session").as_object(), "session_id"));
    things.operation = Member(Ask(victim_, "wapio DELETE", "/v1/whatsapp-sessions/" + session, ""),
                              "operation_id");
    world_.Pass(std::chrono::seconds(2));
    return things;
  }

  static std::string Member(const Answer& answer, const char* name) {
    const auto body = base::ParseJson(answer.text);
    return body ? std::string(base::FindText(body->as_object(), name)) : "";
  }

  const Parties parties_;
  VirtualWorld world_;
  VirtualWorld::ChannelKeys mallory_, victim_;
  Things theirs_, nobodys_;
};

Answer TwoAccounts::Ask(const VirtualWorld::ChannelKeys& keys, const std::string& call,
                        std::string target, std::string body) {
  http::Request request;
  const std::string dialect = call.substr(0, call.find(' '));
  const std::string rest = call.substr(dialect.size() + 1);
  EXPECT_TRUE(ParseName(rest.substr(0, rest.find(' ')), request.method)) << call;
  const bool by_session = parties_ == Parties::kSessions && &keys == &mallory_;
  if (dialect == "wapio")
    request.headers.Set("Authorization",
                        "Bearer " + (by_session ? keys.wapio_key : keys.wapio_token));
  if (dialect == "2chat") request.headers.Set("X-User-API-Key", keys.twochat_key);
  if (dialect == "1msg")
    target += (target.find('?') == std::string::npos ? "?token=" : "&token=") + keys.onemsg_token;
  request.target = std::move(target);
  request.body = std::move(body);
  if (!request.body.empty()) request.headers.Set("Content-Type", "application/json");
  const http::Response response = world_.Call(std::move(request));
  Answer answer;
  answer.status = response.status;
  for (const auto& [name, value] : response.headers.fields())
    if (name != "X-Request-Id") answer.headers += name + ": " + value + "\n";
  answer.text = response.text();
  return answer;
}

Answer TwoAccounts::AskFor(const VirtualWorld::ChannelKeys& keys, const Probe& probe,
                           const Things& things) {
  const std::string body = Replace(Fill(probe.body, things), "OWN", wapio::Spell(keys.channel.id));
  const std::string target = Replace(Fill(probe.target, things), "OWN", keys.channel.code);
  Answer answer = Ask(keys, probe.route, target, body);
  answer.text = Unfill(std::move(answer.text), things);
  return answer;
}

bool NamesThings(const Probe& probe) { return *probe.target != '\0'; }

// 1MSG's token is one channel's: with any other channel it is a wrong token.
int RefusalOf(const Probe& probe) {
  if (probe.refused != 0) return probe.refused;
  return std::string_view(probe.target).starts_with("/{code}") ? 401 : 404;
}

// A session's key that names a session must name its own; and what is the account's to do, it may
// not do at all.
int RefusalToASession(const Probe& probe) {
  if (probe.route == std::string_view("wapio GET /v1/whatsapp-sessions"))
    return 200;  // its own one
  for (const auto& row : wapio::Routes())
    if (row.access == wapio::Access::kAccount && RouteName("wapio", row.spec) == probe.route)
      return 403;
  const bool names_another =
      std::string_view(probe.target).find("session_id={session}") != std::string_view::npos ||
      std::string_view(probe.body).find(R"("session_id": "{session}")") != std::string_view::npos;
  return names_another ? 422 : RefusalOf(probe);
}

// What every GET shows to whom the things belong.
std::map<std::string, std::string> OwnersView(TwoAccounts& two) {
  std::map<std::string, std::string> view;
  for (const Probe& probe : kProbes) {
    const std::string route = probe.route;
    if (!NamesThings(probe) || route.find(" GET ") == std::string::npos) continue;
    const Answer answer = two.AskFor(two.victim(), probe, two.theirs());
    view[route] = std::to_string(answer.status) + " " + answer.text;
  }
  return view;
}

TEST(Isolation, EveryRouteHasAProbe) {
  std::set<std::string> probed;
  for (const Probe& probe : kProbes)
    EXPECT_TRUE(probed.insert(probe.route).second) << probe.route << " stands twice";
  EXPECT_EQ(AllRoutes(), probed);
}

TEST(Isolation, AnotherAccountsThingsAreAsIfTheyWereNot) {
  TwoAccounts two;
  const auto compare = [&](const Probe& probe) {
    const Answer stranger = two.AskFor(two.mallory(), probe, two.nobodys());
    const Answer thief = two.AskFor(two.mallory(), probe, two.theirs());
    EXPECT_EQ(stranger, thief) << probe.route << " " << probe.target << " " << probe.body;
    EXPECT_EQ(thief.status, RefusalOf(probe)) << probe.route << " " << probe.target << " " << thief;
  };
  const auto before = OwnersView(two);
  for (const Probe& probe : kProbes)
    if (NamesThings(probe)) compare(probe);
  for (const Probe& probe : kMoreProbes) compare(probe);

  EXPECT_EQ(two.world().DumpStore().find("stolen"), std::string::npos);
  EXPECT_EQ(OwnersView(two), before) << "something of the owner's was changed";
  const std::string own = "/v1/whatsapp-sessions/" + two.theirs().session;
  EXPECT_THAT(two.Ask(two.victim(), "wapio GET", own, "").text,
              ::testing::HasSubstr(R"("status":"connected")"));
  EXPECT_THAT(two.Ask(two.victim(), "2chat GET", "/open/webhooks", "").text,
              ::testing::HasSubstr(two.theirs().webhook));
}

// The probes do ask for something: to the owner, the ids are not unknown.
TEST(Isolation, TheOwnerIsAnsweredOtherwise) {
  for (const Probe& probe : kProbes) {
    if (!NamesThings(probe)) continue;
    TwoAccounts two;  // some probes destroy what the next one asks for
    const Answer unknown = two.AskFor(two.victim(), probe, two.nobodys());
    const Answer known = two.AskFor(two.victim(), probe, two.theirs());
    EXPECT_NE(unknown, known) << probe.route;
  }
}

TEST(Isolation, ListsHoldNothingOfOthers) {
  TwoAccounts two;
  for (const Probe& probe : kProbes) {
    const std::string route = probe.route;
    if (NamesThings(probe) && route != "wapio GET /v1/whatsapp-sessions") continue;
    const std::string body = route.starts_with("wapio POST") ? R"({"label": "mine"})" : "";
    const Answer answer = two.Ask(two.mallory(), route, route.substr(route.find('/')), body);
    EXPECT_LT(answer.status, 300) << route;
    for (const auto& [mark, value] : two.theirs().all())
      EXPECT_EQ(answer.text.find(value), std::string::npos) << route << " shows " << mark;
    EXPECT_EQ(answer.text.find("victim"), std::string::npos) << route;
  }
}

// Both dialects have keys that see one session (or channel) alone, whatever else its account has.
bool IsBoundToChannel(const Probe& probe) {
  return !std::string_view(probe.route).starts_with("2chat");
}

TEST(Isolation, AnotherSessionsThingsAreAsIfTheyWereNot) {
  TwoAccounts two(Parties::kSessions);
  const auto compare = [&](const Probe& probe) {
    if (!IsBoundToChannel(probe)) return;
    const Answer stranger = two.AskFor(two.mallory(), probe, two.nobodys());
    const Answer thief = two.AskFor(two.mallory(), probe, two.theirs());
    EXPECT_EQ(stranger, thief) << probe.route << " " << probe.target << " " << probe.body;
    EXPECT_EQ(thief.status, RefusalToASession(probe))
        << probe.route << " " << probe.target << " " << thief;
  };
  const auto before = OwnersView(two);
  for (const Probe& probe : kProbes)
    if (NamesThings(probe)) compare(probe);
  for (const Probe& probe : kMoreProbes) compare(probe);
  EXPECT_EQ(OwnersView(two), before) << "something of the owner's was changed";
  EXPECT_EQ(two.world().DumpStore().find("stolen"), std::string::npos);
}

// Their ids are not unknown to a key of the account.
TEST(Isolation, ASessionsMediaIsItsAccounts) {
  TwoAccounts two(Parties::kSessions);
  const std::string path = "/v1/media/" + two.theirs().wapio_media + "/download-url";
  EXPECT_EQ(two.Ask(two.mallory(), "wapio GET", path, "").status, 404);
  EXPECT_EQ(two.Ask(two.victim(), "wapio GET", path, "").status, 200) << "an account token";
}

TEST(Isolation, ASessionDoesNotSeeTheNamesInAnothersBook) {
  TwoAccounts two(Parties::kSessions);
  constexpr const char* kSecret = "A friend of the victim";
  const auto ask = [&](const VirtualWorld::ChannelKeys& keys, const char* call, std::string target,
                       std::string body = "") {
    if (&keys == &two.victim()) target += "?session_id=" + two.theirs().session;
    return two.Ask(keys, call, std::move(target), std::move(body));
  };
  EXPECT_EQ(ask(two.victim(), "wapio PUT", "/api/contacts",
                R"({"session_id": ")" + two.theirs().session +
                    R"(", "phone": "15550100", "name": "A friend of the victim"})")
                .status,
            200);
  // A chat with the same person does not tell, either.
  EXPECT_EQ(two.Ask(two.mallory(), "wapio POST", "/api/send-message",
                    R"({"to": "15550100", "text": "Who are you?"})")
                .status,
            202);
  two.world().Pass(std::chrono::seconds(2));
  for (const char* target : {"/api/contacts", "/api/contacts/15550100", "/api/chats",
                             "/api/chats/15550100@s.whatsapp.net"}) {
    const Answer theirs = ask(two.victim(), "wapio GET", target);
    const Answer ours = ask(two.mallory(), "wapio GET", target);
    EXPECT_EQ(ours.status, 200) << target;
    EXPECT_EQ(ours.text.find(kSecret), std::string::npos) << target;
    EXPECT_NE(theirs.text.find(kSecret), std::string::npos) << target;
  }
  // Nor does it hide that they are in touch, when nobody can ask the network.
  two.Disconnect(two.mallory());
  const Answer known = two.Ask(two.mallory(), "wapio GET", "/api/contacts/15550100", "");
  EXPECT_EQ(known.status, 200) << known;
  EXPECT_EQ(known.text.find(kSecret), std::string::npos) << known;
  EXPECT_NE(known.text.find("15550100"), std::string::npos) << known;
  // The key of the account sees the names of all its phones, in the chats of each.
  const std::string ours = twochat::Spell(two.mallory().channel.id);
  const Answer chats =
      two.Ask(two.mallory(), "2chat GET", "/open/whatsapp/conversations/" + ours, "");
  EXPECT_NE(chats.text.find(kSecret), std::string::npos) << chats;
}

// Which number belongs to a LID, the account may have learned on another session.
TEST(Isolation, ASessionLooksUpAddressesOfItsOwnChatsAlone) {
  TwoAccounts two(Parties::kSessions);
  const auto learn = [&](const char* phone, const char* lid) {
    core::Peer peer;
    peer.phone = phone;
    peer.lid = lid;
    const core::Stamp stamp(two.world().scheduler().Now(), two.world().random());
    EXPECT_TRUE(two.world().Await(two.world().store().Write(
        [account = two.victim().account.row, peer, stamp](core::Transaction& tx) {
          core::Stamp ids = stamp;
          return core::LearnPeer(tx, account, peer, ids);
        })));
  };
  learn("15550100", "77000100");
  learn("15550188", "77000188");
  EXPECT_EQ(two.Ask(two.mallory(), "wapio POST", "/api/send-message",
                    R"({"to": "15550100", "text": "Who are you?"})")
                .status,
            202);
  two.world().Pass(std::chrono::seconds(2));
  two.Disconnect(two.mallory());
  const auto ask = [&](const VirtualWorld::ChannelKeys& keys, std::string target) {
    if (&keys == &two.victim()) target += "?session_id=" + two.theirs().session;
    return two.Ask(keys, "wapio GET", std::move(target), "");
  };
  EXPECT_EQ(ask(two.mallory(), "/api/lid-from-pn/15550100").status, 200);
  for (const char* target : {"/api/lid-from-pn/15550188", "/api/pn-from-lid/77000188"}) {
    const Answer nobodys = ask(two.mallory(), "/api/pn-from-lid/77000199");
    const Answer theirs = ask(two.victim(), target);
    EXPECT_EQ(theirs.status, 200) << theirs;
    EXPECT_EQ(ask(two.mallory(), target), nobodys) << target;
  }
}

}  // namespace
}  // namespace parley::testing
