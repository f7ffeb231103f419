#include "sim/wire/receipts.h"

#include <charconv>

#include "base/log.h"
#include "sim/wire/delivery.h"
#include "sim/wire/introduction.h"
#include "sim/wire/nodes.h"
#include "sim/wire/session.h"

namespace parley::sim::wire {
namespace {

using binary::Node;

void Acknowledge(Client& client, const Node& receipt) {
  Attributes attributes = {
      {"class", "receipt"}, {"id", Get(receipt, "id")}, {"from", Get(receipt, "to")}};
  for (const std::string_view name : {"type", "participant"})
    if (receipt.Find(name)) attributes.push_back({std::string(name), Get(receipt, name)});
  client.Send(MakeNode("ack", std::move(attributes)));
}

std::vector<std::string> IdsOf(const Node& receipt) {
  std::vector<std::string> ids = {Get(receipt, "id")};
  if (const Node* list = receipt.FindChild("list"))
    for (const Node& item : list->children())
      if (ids.size() < kMaxReceiptIds) ids.push_back(Get(item, "id"));
  return ids;
}

int CountOf(const Node& receipt) {
  int count = 1;
  const Node* retry = receipt.FindChild("retry");
  const std::string text = retry == nullptr ? "" : Get(*retry, "count");
  std::from_chars(text.data(), text.data() + text.size(), count);
  return std::max(count, 1);
}

// What the phone sent comes from it once more, in a new session.
void RepeatByPhone(Client& client, const Companion& own, const Node& receipt) {
  Parts& parts = client.parts();
  const std::string id = Get(receipt, "id");
  if (client.session->introduction == id) {
    client.session->introduction.clear();
    return Introduce(parts, *client.session, own, {});
  }
  const auto found = parts.network.FindOwnMessage(own.number, id);
  if (!found) return;
  const net::Message& message = found->message;
  auto sealed = SealByPhone(parts, own, message, CountOf(receipt));
  if (!sealed) return;
  const ParcelKey key{own.id, message.from, id};
  parts.parcels.Put(key, std::move(*sealed));
  const Route route{message.from, message.to, id, base::ToUnixSeconds(message.at)};
  const auto to = receipt.FindJid("to");
  const bool by_lid = to && to->server == binary::JidServer::kLid;
  client.Send(MessageStanza(parts, own, by_lid, route, *parts.parcels.Find(key)));
}

void OnRetry(Client& client, const Companion& own, const Node& receipt) {
  Parts& parts = client.parts();
  const auto author = receipt.FindJid(receipt.Find("participant") ? "participant" : "to");
  const auto number = author ? parts.addresses.NumberOf(*author) : std::nullopt;
  if (!number) return;
  ++parts.counters.retries_answered;
  if (author->device == 0) return RepeatByPhone(client, own, receipt);
  const Companion* companion = parts.companions.Find(*number, author->device);
  if (companion == nullptr) return;
  // As the one who is asked writes to the other, like everything that it hears of them.
  const Session* asked = parts.SessionOf(companion->id);
  const bool by_lid = asked != nullptr ? asked->by_lid.contains(own.number)
                                       : author->server == binary::JidServer::kLid;
  const binary::Jid from = by_lid ? parts.addresses.ByLid(own.number, own.device)
                                  : parts.addresses.ByNumber(own.number, own.device);
  Node forwarded = receipt;
  forwarded.attributes = {{"from", from.Text()},
                          {"id", Get(receipt, "id")},
                          {"type", "retry"},
                          {"t", std::to_string(parts.now_seconds())}};
  if (receipt.Find("recipient"))
    forwarded.attributes.push_back({"recipient", Get(receipt, "recipient")});
  parts.GiveDirectly(companion->id, std::move(forwarded));
}

}  // namespace

void OnReceipt(Client& client, const Node& receipt) {
  const Companion* own = client.session->companion();
  if (own == nullptr) return;
  const std::string type = Get(receipt, "type");
  if (type == "retry") {
    Acknowledge(client, receipt);
    return OnRetry(client, *own, receipt);
  }
  Session& session = *client.session;
  for (const std::string& id : IdsOf(receipt)) {
    session.OnAcknowledged("message", id);
    if (type == "read" || type == "played") session.MarkRead(id, type == "played");
    if (!session.introduction.empty() && session.introduction == id) {
      session.introduction.clear();
      Companion introduced = *own;
      introduced.is_introduced = true;
      client.parts().companions.Put(std::move(introduced));
    }
  }
  Acknowledge(client, receipt);
}

}  // namespace parley::sim::wire
