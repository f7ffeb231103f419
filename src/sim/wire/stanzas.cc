#include "sim/wire/stanzas.h"

#include <algorithm>

#include "base/log.h"
#include "sim/wire/nodes.h"
#include "sim/wire/presence.h"
#include "sim/wire/queries.h"
#include "sim/wire/receipts.h"
#include "sim/wire/registration.h"
#include "sim/wire/routing.h"
#include "sim/wire/session.h"

namespace parley::sim::wire {
namespace {

// Passed over: telemetry, and that it takes what waits in pieces.
void Ignore(Client&, const binary::Node&) {}

void OnIq(Client& client, const binary::Node& iq) {
  const std::string type = Get(iq, "type");
  if (type == "get" || type == "set") return AnswerQuery(client, iq);
  if (client.registration) client.registration->OnResult(iq);
}

void OnAck(Client& client, const binary::Node& ack) {
  client.session->OnAcknowledged(Get(ack, "class"), Get(ack, "id"));
}

// Only phones call; a companion rejects what rings. That the call is over already is no fault.
void OnCall(Client& client, const binary::Node& call) {
  if (const binary::Node* reject = call.FindChild("reject")) {
    const Session& session = *client.session;
    const auto rejected = client.parts().network.RejectCall(
        {session.number(), session.companion_id()}, Get(*reject, "call-id"));
    if (!rejected)
      base::LogInfo("A call could not be rejected", {{"why", rejected.error().public_text()}});
  }
  client.Send(
      MakeNode("ack", {{"class", "call"}, {"id", Get(call, "id")}, {"from", Get(call, "to")}}));
}

struct StanzaRow {
  std::string_view tag;
  bool needs_session;
  void (*handle)(Client& client, const binary::Node& stanza);
  // What Baileys 7, whatsmeow and Parley's engine send.
  std::string_view attributes;
};

constexpr StanzaRow kStanzas[] = {
    {"iq", false, &OnIq, "id to type xmlns target smax_id"},
    {"message", true, &OnMessage,
     "id to type phash category push_priority device_fanout recipient participant edit "
     "peer_recipient_pn peer_recipient_lid addressing_mode expiration t"},
    {"receipt", true, &OnReceipt,
     "id to type participant recipient t category peer_participant_pn peer_participant_lid"},
    {"ack", false, &OnAck, "id to class type participant recipient error from"},
    {"presence", false, &OnPresence, "name type to id from"},
    {"chatstate", true, &OnChatState, "to from"},
    {"ib", false, &Ignore, ""},
    {"call", true, &OnCall, "id to from"},
};

const StanzaRow* RowOf(const binary::Node& stanza) {
  for (const StanzaRow& row : kStanzas)
    if (row.tag == stanza.tag) return &row;
  return nullptr;
}

}  // namespace

void HandleStanza(Client& client, const binary::Node& stanza) {
  const StanzaRow* row = RowOf(stanza);
  if (row == nullptr) {
    ++client.parts().counters.unknown_stanzas;
    base::LogInfo("A client sent an unknown stanza", {{"tag", stanza.tag}});
    return;
  }
  // Clients acknowledge and say who they are also while they are being paired.
  if (client.session == nullptr && (row->needs_session || row->handle == &OnAck)) return;
  row->handle(client, stanza);
}

bool IsKnownShape(const binary::Node& stanza) {
  return RowOf(stanza) != nullptr && UnknownAttribute(stanza).empty();
}

std::string UnknownAttribute(const binary::Node& stanza) {
  const StanzaRow* row = RowOf(stanza);
  if (row == nullptr) return "";
  const std::vector<std::string_view> known = Split(row->attributes, ' ');
  for (const binary::Attribute& attribute : stanza.attributes)
    if (std::find(known.begin(), known.end(), attribute.name) == known.end()) return attribute.name;
  return "";
}

}  // namespace parley::sim::wire
