#include "sim/wire/presence.h"

#include "sim/wire/nodes.h"
#include "sim/wire/session.h"

namespace parley::sim::wire {
namespace {

using binary::Node;

std::string JidFor(const Parts& parts, const Session& session, std::string_view number) {
  return (session.by_lid.contains(number) ? parts.addresses.ByLid(number)
                                          : parts.addresses.ByNumber(number))
      .Text();
}

void TellSubscriber(Parts& parts, Session& session, std::string_view number) {
  const auto seen = parts.network.PresenceOf(number, session.number());
  const auto subscribed = session.presences.find(number);
  if (!seen || subscribed == session.presences.end()) return;
  const std::string kind = seen->available ? "available" : "unavailable";
  if (subscribed->second == kind) return;
  subscribed->second = kind;
  Attributes attributes = {{"from", JidFor(parts, session, number)}, {"type", kind}};
  if (!seen->available)
    attributes.push_back(
        {"last", seen->last_seen ? std::to_string(base::ToUnixSeconds(*seen->last_seen)) : "deny"});
  session.client().Send(MakeNode("presence", std::move(attributes)));
}

void TellTyping(Parts& parts, std::string_view from, std::string_view to, net::PresenceKind kind) {
  const bool is_recording = kind == net::PresenceKind::kRecording;
  for (const Companion* companion : parts.companions.Of(to)) {
    Session* session = parts.SessionOf(companion->id);
    if (session == nullptr || !session->is_active()) continue;
    Attributes media;
    if (is_recording) media.push_back({"media", "audio"});
    const std::string tag = kind == net::PresenceKind::kPaused ? "paused" : "composing";
    session->client().Send(MakeNode("chatstate", {{"from", JidFor(parts, *session, from)}},
                                    {MakeNode(tag, std::move(media))}));
  }
}

}  // namespace

void OnPresence(Client& client, const Node& stanza) {
  if (client.session == nullptr) return;
  Parts& parts = client.parts();
  Session& session = *client.session;
  const std::string type = Get(stanza, "type");
  if (type == "subscribe") {
    const auto number = parts.addresses.NumberOf(Get(stanza, "to"));
    if (!number || session.presences.size() >= kMaxPresences) return;
    session.presences.insert_or_assign(*number, "");
    return TellSubscriber(parts, session, *number);
  }
  if (type != "available" && type != "unavailable") return;
  const auto kind =
      type == "available" ? net::PresenceKind::kAvailable : net::PresenceKind::kUnavailable;
  if (!session.is_active()) {
    session.shown = kind;
    return;
  }
  static_cast<void>(
      parts.network.SetPresence({session.number(), session.companion_id()}, kind, ""));
}

void OnChatState(Client& client, const Node& stanza) {
  Parts& parts = client.parts();
  const auto number = parts.addresses.NumberOf(Get(stanza, "to"));
  if (!number || stanza.children().empty()) return;
  const Node& state = stanza.children().front();
  auto kind = net::PresenceKind::kPaused;
  if (state.tag == "composing")
    kind = Get(state, "media") == "audio" ? net::PresenceKind::kRecording
                                          : net::PresenceKind::kComposing;
  static_cast<void>(parts.network.SetPresence(
      {client.session->number(), client.session->companion_id()}, kind, *number));
}

void TellPresence(Parts& parts, std::string_view number) {
  for (const auto& [id, client] : parts.sessions)
    if (!client->session->presences.empty()) TellSubscriber(parts, *client->session, number);
  const auto seen = parts.network.PresenceOf(number, "");
  if (!seen) return;
  std::map<std::string, net::PresenceKind> now;
  for (const net::Typing& typing : seen->typing)
    if (net::ChatOf(typing.chat).kind == net::ChatKind::kPerson)
      now.emplace(typing.chat, typing.kind);
  auto& before = parts.typing[std::string(number)];
  for (const auto& [chat, kind] : now) {
    const auto known = before.find(chat);
    if (known == before.end() || known->second != kind) TellTyping(parts, number, chat, kind);
  }
  for (const auto& [chat, kind] : before)
    if (!now.contains(chat)) TellTyping(parts, number, chat, net::PresenceKind::kPaused);
  before = std::move(now);
  if (before.empty()) parts.typing.erase(std::string(number));
}

}  // namespace parley::sim::wire
