#include "link/multidevice/test_network.h"

#include <algorithm>

#include "link/multidevice/bundles.h"
#include "wire/signal/messages.h"

namespace parley::link::multidevice {

class TestPort final : public StanzaPort {
 public:
  TestPort(TestNetwork& network, const TestNetwork::Member& member)
      : network_(network), device_(member.number), connection_(member.connection) {}

  base::Task<base::Result<void>> Send(Node stanza) override {
    co_await network_.scheduler_.Sleep(base::Duration(1));
    TestNetwork::Member* member = Living();
    if (member == nullptr) co_return base::ErrorCode::kUnavailable;
    network_.Route(*member, std::move(stanza));
    co_return base::Result<void>();
  }
  base::Task<base::Result<Node>> Ask(Node iq, base::Duration /*limit*/) override {
    co_await network_.scheduler_.Sleep(base::Duration(1));
    if (Living() == nullptr) co_return base::ErrorCode::kUnavailable;
    Node answer = network_.Answer(iq);
    co_await network_.scheduler_.Sleep(base::Duration(1));
    if (Living() == nullptr) co_return base::ErrorCode::kUnavailable;
    co_return std::move(answer);
  }
  std::string NextId() override { return "q" + std::to_string(++last_id_); }

 private:
  TestNetwork::Member* Living() {
    TestNetwork::Member* member = network_.Find(device_);
    return member != nullptr && member->connection == connection_ ? member : nullptr;
  }

  TestNetwork& network_;
  const Jid device_;
  const int connection_;
  int last_id_ = 0;
};

TestNetwork::Member& TestNetwork::Add(const Jid& number, const Jid& lid) {
  members_.push_back(std::make_unique<Member>());
  members_.back()->number = number;
  members_.back()->lid = lid;
  return *members_.back();
}

TestNetwork::Member* TestNetwork::Find(const Jid& device) {
  for (const auto& member : members_)
    if (member->number == device || member->lid == device) return member.get();
  return nullptr;
}

void TestNetwork::Remove(const Jid& device) {
  const auto found = std::find_if(members_.begin(), members_.end(), [&](const auto& member) {
    return member->number == device || member->lid == device;
  });
  gone_.push_back(std::move(*found));  // its engine still has it
  members_.erase(found);
}

std::shared_ptr<StanzaPort> TestNetwork::Connect(Member& member, std::function<void(Node)> online) {
  member.online = std::move(online);
  ++member.connection;
  for (const Node& stanza : member.pending) member.online(stanza);
  return std::make_shared<TestPort>(*this, member);
}

void TestNetwork::Disconnect(Member& member) {
  member.online = nullptr;
  ++member.connection;
}

void TestNetwork::Push(Member& to, Node stanza) {
  to.pending.push_back(stanza);
  if (to.online) to.online(std::move(stanza));
}

void TestNetwork::Route(Member& from, Node stanza) {
  from.sent.push_back(stanza);
  if (stanza.tag == "message") RouteMessage(from, stanza);
  if (stanza.tag == "receipt") RouteReceipt(from, stanza);
  const bool is_receipt = stanza.tag == "receipt" && stanza.Find("type") != "retry";
  if (stanza.tag != "ack" && !is_receipt) return;
  const std::string of(stanza.tag == "ack" ? *stanza.Find("class") : "message");
  // Stanzas of several devices may have one id.
  std::erase_if(from.pending, [&](const Node& one) {
    return one.tag == of && one.Find("id") == stanza.Find("id") &&
           one.Find("from") == stanza.Find("to");
  });
}

void TestNetwork::RouteMessage(Member& from, const Node& message) {
  Node ack("ack", {{"class", "message"},
                   {"id", std::string(*message.Find("id"))},
                   {"from", std::string(*message.Find("to"))},
                   {"t", std::to_string(base::ToUnixSeconds(scheduler_.Now()))}});
  const bool acks = !on_ack || on_ack(ack);
  if (!ack.Find("error")) {
    if (const Node* participants = message.FindChild("participants"))
      for (const Node& to : participants->children())
        Deliver(from, *to.FindJid("jid"), message, *to.FindChild("enc"));
    if (const Node* enc = message.FindChild("enc"))
      Deliver(from, *message.FindJid("to"), message, *enc);
  }
  if (acks && from.online) from.online(std::move(ack));
}

void TestNetwork::Deliver(Member& from, const Jid& to, const Node& message, const Node& enc) {
  NoteKey(from.lid, to, enc);
  Member* recipient = Find(to);
  if (recipient == nullptr) return;
  Node given("message", {{"id", std::string(*message.Find("id"))},
                         {"from", from.lid.Text()},
                         {"sender_pn", from.number.WithoutDevice().Text()},
                         {"type", std::string(*message.Find("type"))},
                         {"notify", "name of " + from.number.user},
                         {"t", std::to_string(base::ToUnixSeconds(scheduler_.Now()))}});
  for (const std::string_view name : {"edit", "category"})
    if (const auto value = message.Find(name))
      given.attributes.push_back(Attribute{std::string(name), std::string(*value)});
  if (recipient->lid.user == from.lid.user && !message.Find("category")) {
    given.attributes.push_back(Attribute{"recipient", std::string(*message.Find("to"))});
    if (const auto number = message.Find("peer_recipient_pn"))
      given.attributes.push_back(Attribute{"peer_recipient_pn", std::string(*number)});
  }
  Node::Children children;
  children.push_back(enc);
  if (const Node* identity = message.FindChild("device-identity")) children.push_back(*identity);
  given.content = std::move(children);
  if (on_delivery && !on_delivery(given, to)) return;
  Push(*recipient, std::move(given));
}

void TestNetwork::RouteReceipt(Member& from, const Node& receipt) {
  const auto to = receipt.FindJid("to");
  Member* recipient = to ? Find(*to) : nullptr;
  if (recipient == nullptr || recipient == &from) return;
  Node given = receipt;
  std::erase_if(given.attributes, [](const Attribute& one) { return one.name == "to"; });
  given.attributes.push_back(Attribute{"from", from.lid.Text()});
  given.attributes.push_back(Attribute{"t", std::to_string(base::ToUnixSeconds(scheduler_.Now()))});
  Push(*recipient, std::move(given));
}

void TestNetwork::NoteKey(const Jid& from, const Jid& to, const Node& enc) {
  std::string bytes(enc.data());
  if (enc.Find("type") == "pkmsg") bytes = wire::signal::ReadPreKeyMessage(bytes)->message;
  const auto message = wire::signal::ReadMessage(bytes);
  std::string key = from.Text() + ">" + to.Text() + ">";
  key.append(message->ratchet_key.bytes()).append(std::to_string(message->counter));
  if (!used_keys_.insert(key).second) key_used_twice = true;
}

Node TestNetwork::Answer(const Node& query) {
  ++queries;
  if (on_query)
    if (auto answer = on_query(query)) return std::move(*answer);
  if (query.Find("xmlns") == "usync") return AnswerUsync(query);
  if (query.Find("xmlns") == "encrypt") return AnswerKeys(query);
  if (query.Find("xmlns") == "privacy" || query.Find("xmlns") == "blocklist")
    return Node("iq", {{"type", "result"}});
  Node error("error", {{"code", "501"}});
  return Node("iq", {{"type", "error"}}, Node::Children{error});
}

Node TestNetwork::AnswerUsync(const Node& query) {
  Node::Children users;
  for (const Node& user : query.FindChild("usync")->FindChild("list")->children()) {
    std::string number;
    if (const Node* contact = user.FindChild("contact"))
      for (const char c : contact->data())
        if (c != '+') number += c;
    const Jid asked = user.Find("jid") ? *user.FindJid("jid") : Jid(number, JidServer::kUser);
    Node answer("user", {{"jid", asked.Text()}});
    Node::Children devices, children;
    const Member* any = nullptr;
    for (const auto& member : members_) {
      if (member->number.user != asked.user && member->lid.user != asked.user) continue;
      any = member.get();
      Node device("device", {{"id", std::to_string(member->number.device)}});
      if (member->number.device != 0) device.attributes.push_back(Attribute{"key-index", "1"});
      devices.push_back(std::move(device));
    }
    if (user.FindChild("contact") != nullptr)
      children.push_back(Node("contact", {{"type", any == nullptr ? "out" : "in"}},
                              wire::binary::Text{"+" + number}));
    if (any != nullptr) {
      children.push_back(
          Node("devices", {}, Node::Children{Node("device-list", {}, std::move(devices))}));
      children.push_back(Node("lid", {{"val", any->lid.WithoutDevice().Text()}}));
    }
    answer.content = std::move(children);
    users.push_back(std::move(answer));
  }
  Node list("list", {}, std::move(users));
  return Node("iq", {{"type", "result"}},
              Node::Children{Node("usync", {}, Node::Children{std::move(list)})});
}

Node TestNetwork::AnswerKeys(const Node& query) {
  Node::Children users;
  for (const Node& user : query.FindChild("key")->children()) {
    const Jid device = *user.FindJid("jid");
    Member* member = Find(device);
    if (member == nullptr) {
      users.push_back(Node("user", {{"jid", device.Text()}}, Node::Children{Node("error")}));
      continue;
    }
    wire::signal::SignedPreKey key{
        member->bundle.signed_id,
        wire::crypto::KeyPair(*wire::crypto::PrivateKey::FromBytes(std::string(32, 'x')),
                              member->bundle.signed_key),
        member->bundle.signature};
    Node::Children children;
    children.push_back(
        Node("registration", {}, Bytes{BigEndian(member->bundle.registration_id, 4)}));
    children.push_back(Node("type", {}, Bytes{"\x05"}));
    children.push_back(Node("identity", {}, Bytes{std::string(member->bundle.identity.bytes())}));
    children.push_back(KeyNode(key));
    if (!member->one_time.empty()) {
      children.push_back(KeyNode(member->one_time.front().id, member->one_time.front().key));
      member->one_time.pop_front();
    }
    users.push_back(Node("user", {{"jid", device.Text()}}, std::move(children)));
  }
  return Node("iq", {{"type", "result"}}, Node::Children{Node("list", {}, std::move(users))});
}

}  // namespace parley::link::multidevice
