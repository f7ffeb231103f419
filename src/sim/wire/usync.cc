#include "sim/wire/usync.h"

#include "proto/adv.pb.h"
#include "sim/wire/nodes.h"
#include "sim/wire/profiles.h"
#include "sim/wire/session.h"
#include "wire/crypto/xeddsa.h"

namespace parley::sim::wire {
namespace {

using binary::Node;

// Of what the phone signs. Baileys and whatsmeow do not look at the signature; Cobalt checks it,
// and names the web client's own constant.
constexpr std::string_view kKeyIndexPrefix("\x06\x02", 2);

// Which companions there are, signed by the phone.
std::string KeyIndexList(Parts& parts, const std::string& number,
                         const std::vector<const Companion*>& companions) {
  const signal::Identity& phone = parts.phones.IdentityOf(number);
  proto::AdvKeyIndexList list;
  list.set_raw_id(phone.registration_id);
  list.set_timestamp(static_cast<std::uint64_t>(parts.now_seconds()));
  std::uint32_t current = 0;
  list.add_valid_indexes(0);
  for (const Companion* companion : companions) {
    list.add_valid_indexes(companion->key_index);
    current = std::max(current, companion->key_index);
  }
  list.set_current_index(current);
  list.set_account_type(proto::ADV_E2EE);
  proto::AdvSignedKeyIndexList signed_list;
  signed_list.set_details(list.SerializeAsString());
  signed_list.set_account_signature(crypto::Sign(
      phone.keys.private_key, std::string(kKeyIndexPrefix) + signed_list.details(), parts.random));
  signed_list.set_account_signature_key(std::string(phone.keys.public_key.bytes()));
  return signed_list.SerializeAsString();
}

Node Devices(Parts& parts, const std::string& number) {
  const auto companions = parts.companions.Of(number);
  std::vector<Node> devices = {MakeNode("device", {{"id", "0"}})};
  for (const Companion* companion : companions)
    devices.push_back(MakeNode("device", {{"id", std::to_string(companion->device)},
                                          {"key-index", std::to_string(companion->key_index)}}));
  std::vector<Node> children = {MakeNode("device-list", {}, std::move(devices))};
  if (!companions.empty())
    children.push_back(MakeData("key-index-list", KeyIndexList(parts, number, companions),
                                {{"ts", std::to_string(parts.now_seconds())}}));
  return MakeNode("devices", {}, std::move(children));
}

// What of a number's digits a client writes: "+49 151", "49151".
std::string Digits(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

struct Asked {
  std::optional<std::string> number;  // of somebody who is on the network
  std::string jid;                    // as it is answered
};

Asked WhoIs(const Parts& parts, const Node& user) {
  Asked asked;
  asked.jid = Get(user, "jid");
  if (!asked.jid.empty()) {
    const auto jid = binary::ParseJid(asked.jid);
    if (!jid) return asked;
    asked.number = parts.addresses.NumberOf(*jid);
    asked.jid = jid->WithoutDevice().Text();
    return asked;
  }
  const std::string number = Digits(ChildData(user, "contact"));
  asked.number = parts.addresses.NumberOf(binary::Jid(number, binary::JidServer::kUser));
  asked.jid = parts.addresses.ByNumber(asked.number.value_or(number)).Text();
  return asked;
}

// One protocol's part of the answer.
std::optional<Node> PartOf(Parts& parts, const std::string& protocol, const Asked& asked,
                           const std::string& viewer) {
  if (protocol == "contact") return MakeNode("contact", {{"type", asked.number ? "in" : "out"}});
  if (!asked.number) return std::nullopt;
  if (protocol == "devices") return Devices(parts, *asked.number);
  if (protocol == "lid")
    return MakeNode("lid", {{"val", parts.addresses.ByLid(*asked.number).Text()}});
  if (protocol == "status") {
    const auto facts = parts.network.CheckNumber(viewer, *asked.number);
    if (facts) return MakeData("status", facts->about, {{"t", "0"}});
  }
  if (protocol == "picture") {
    const auto shown = parts.network.PictureFor(*asked.number, viewer);
    if (shown && !shown->empty()) return MakeNode("picture", {{"id", PictureId(*shown)}});
  }
  return std::nullopt;
}

}  // namespace

void AnswerUsync(Client& client, const Node& iq, const Node& usync) {
  Parts& parts = client.parts();
  const Node* query = usync.FindChild("query");
  const Node* list = usync.FindChild("list");
  if (query == nullptr || list == nullptr || list->children().size() > kMaxUsyncUsers)
    return client.Send(ErrorOf(iq, 400, "bad-request"));
  std::vector<Node> users, protocols;
  for (const Node& protocol : query->children()) protocols.push_back(MakeNode(protocol.tag));
  for (const Node& user : list->children()) {
    const Asked asked = WhoIs(parts, user);
    std::vector<Node> children;
    for (const Node& protocol : query->children())
      if (auto part = PartOf(parts, protocol.tag, asked, client.session->number()))
        children.push_back(std::move(*part));
    users.push_back(MakeNode("user", {{"jid", asked.jid}}, std::move(children)));
  }
  client.Send(ResultOf(iq, {MakeNode("usync",
                                     {{"sid", Get(usync, "sid")},
                                      {"index", "0"},
                                      {"last", "true"},
                                      {"mode", Get(usync, "mode")},
                                      {"context", Get(usync, "context")}},
                                     {MakeNode("result", {}, std::move(protocols)),
                                      MakeNode("list", {}, std::move(users))})}));
}

}  // namespace parley::sim::wire
