#include "link/multidevice/bundles.h"

#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {
namespace {

using wire::crypto::PublicKey;
using wire::signal::Bundle;

constexpr std::size_t kIdSize = 3, kRegistrationSize = 4, kSignatureSize = 64;

wire::Fault BrokenBundle(const char* what) { return {wire::FaultCode::kMalformed, what}; }

struct NumberedKey {
  std::uint32_t id = 0;
  PublicKey key;
};
wire::Result<NumberedKey> ReadKey(const Node* node) {
  const Node* id = node == nullptr ? nullptr : node->FindChild("id");
  const Node* value = node == nullptr ? nullptr : node->FindChild("value");
  if (id == nullptr || value == nullptr) return BrokenBundle("A pre-key is not whole");
  const auto number = BigEndianIn(*id, kIdSize);
  if (!number) return BrokenBundle("The number of a pre-key has another length");
  PARLEY_TRY(key, PublicKey::FromBytes(value->data()));
  return NumberedKey{*number, key};
}

}  // namespace

Node AskForKeys(const std::vector<Jid>& devices, bool changed) {
  Node::Children users;
  for (const Jid& device : devices) {
    Node user("user", {{"jid", device.Text()}});
    if (changed) user.attributes.push_back(Attribute{"reason", "identity"});
    users.push_back(std::move(user));
  }
  Node::Children children;
  children.push_back(Node("key", {}, std::move(users)));
  return Node("iq", {{"to", "s.whatsapp.net"}, {"type", "get"}, {"xmlns", "encrypt"}},
              std::move(children));
}

wire::Result<Bundle> ReadBundle(const Node& keys, const Node* registration) {
  Bundle bundle;
  const auto id =
      registration == nullptr ? std::nullopt : BigEndianIn(*registration, kRegistrationSize);
  if (!id) return BrokenBundle("A bundle has no registration id");
  bundle.registration_id = *id;
  const Node* identity = keys.FindChild("identity");
  if (identity == nullptr) return BrokenBundle("A bundle has no identity");
  PARLEY_TRY(identity_key, PublicKey::FromBytes(identity->data()));
  bundle.identity = identity_key;
  const Node* signed_node = keys.FindChild("skey");
  PARLEY_TRY(signed_key, ReadKey(signed_node));
  bundle.signed_id = signed_key.id;
  bundle.signed_key = signed_key.key;
  const Node* signature = signed_node->FindChild("signature");
  if (signature == nullptr || signature->data().size() != kSignatureSize)
    return BrokenBundle("The signature of a bundle has another length");
  bundle.signature = signature->data();
  if (const Node* one_time = keys.FindChild("key")) {
    PARLEY_TRY(key, ReadKey(one_time));
    bundle.one_time = wire::signal::OneTimeKey{key.id, key.key};
  }
  return bundle;
}

base::Result<std::vector<DeviceKeys>> ReadKeys(const Node& answer) {
  if (answer.Find("type") == "error") {
    const Node* error = answer.FindChild("error");
    return base::Error(base::ErrorCode::kInternal, "The network refused to give out keys",
                       error == nullptr ? "" : std::string(error->Find("code").value_or("")));
  }
  const Node* list = answer.FindChild("list");
  if (list == nullptr)
    return base::Error(base::ErrorCode::kMalformedBody, "", "No list in an answer with keys");
  std::vector<DeviceKeys> devices;
  for (const Node& user : list->children()) {
    if (user.tag != "user") continue;
    const auto jid = user.FindJid("jid");
    if (!jid || !IsPerson(*jid)) continue;
    if (user.FindChild("error") != nullptr)
      devices.push_back(DeviceKeys{*jid, BrokenBundle("The network has no keys of a device")});
    else
      devices.push_back(DeviceKeys{*jid, ReadBundle(user, user.FindChild("registration"))});
  }
  return devices;
}

Node KeyNode(std::uint32_t id, const PublicKey& key) {
  Node::Children children;
  children.push_back(Node("id", {}, Bytes{BigEndian(id, kIdSize)}));
  children.push_back(Node("value", {}, Bytes{std::string(key.bytes())}));
  return Node("key", {}, std::move(children));
}

Node KeyNode(const wire::signal::SignedPreKey& key) {
  Node node = KeyNode(key.id, key.keys.public_key);
  node.tag = "skey";
  std::get<Node::Children>(node.content).push_back(Node("signature", {}, Bytes{key.signature}));
  return node;
}

}  // namespace parley::link::multidevice
