#include "sim/wire/key_service.h"

#include "sim/wire/nodes.h"
#include "sim/wire/session.h"
#include "wire/crypto/xeddsa.h"

namespace parley::sim::wire {
namespace {

using binary::Node;

constexpr std::size_t kLow = 10;
const std::string kKeyType(1, '\x05');

struct SignedKey {
  std::uint32_t id = 0;
  crypto::PublicKey key;
  std::string signature;
};

std::optional<signal::OneTimeKey> ReadOneTime(const Node& node) {
  const auto id = FromBigEndian(ChildData(node, "id"), 3);
  const auto key = crypto::PublicKey::FromBytes(ChildData(node, "value"));
  if (!id || !key) return std::nullopt;
  return signal::OneTimeKey{*id, *key};
}

std::optional<SignedKey> ReadSigned(const Node* node, const crypto::PublicKey& identity) {
  if (node == nullptr) return std::nullopt;
  const auto key = ReadOneTime(*node);
  const std::string signature(ChildData(*node, "signature"));
  if (!key || !crypto::Verify(identity, key->key.Typed(), signature)) return std::nullopt;
  return SignedKey{key->id, key->key, signature};
}

Node SignedKeyNode(std::uint32_t id, const crypto::PublicKey& key, const std::string& signature) {
  return MakeNode("skey", {},
                  {MakeData("id", BigEndian(id, 3)), MakeData("value", std::string(key.bytes())),
                   MakeData("signature", signature)});
}

void TakeSigned(Parts& parts, const Companion& known, SignedKey key) {
  Companion companion = known;
  companion.signed_id = key.id;
  companion.signed_key = key.key;
  companion.signed_key_signature = std::move(key.signature);
  parts.companions.Put(std::move(companion));
}

// What somebody who wants to write to that device is given.
std::optional<signal::Bundle> BundleOf(Parts& parts, const binary::Jid& jid) {
  const auto number = parts.addresses.NumberOf(jid);
  if (!number) return std::nullopt;
  if (jid.device == 0) return parts.phones.MakeBundle(*number);
  const Companion* companion = parts.companions.Find(*number, jid.device);
  if (companion == nullptr) return std::nullopt;
  signal::Bundle bundle = parts.companions.TakeBundle(*companion);
  TellWhenKeysRunLow(parts, *companion);
  return bundle;
}

Node NotFound(std::string jid) {
  return MakeNode("user", {{"jid", std::move(jid)}},
                  {MakeNode("error", {{"code", "404"}, {"text", "item-not-found"}})});
}

}  // namespace

void CountOneTimeKeys(Client& client, const Node& iq, const Node&) {
  const std::size_t count =
      client.parts().companions.CountOneTimeKeys(client.session->companion_id());
  client.Send(ResultOf(iq, {MakeNode("count", {{"value", std::to_string(count)}})}));
}

void GetDigest(Client& client, const Node& iq, const Node&) {
  const Companion* own = client.session->companion();
  if (own == nullptr) return client.Send(ErrorOf(iq, 404, "item-not-found"));
  std::vector<Node> ids;
  for (const std::uint32_t id : client.parts().companions.OneTimeKeyIds(own->id))
    ids.push_back(MakeData("id", BigEndian(id, 3)));
  client.Send(ResultOf(
      iq, {MakeNode(
              "digest", {},
              {MakeData("registration", BigEndian(own->registration_id, 4)),
               MakeData("type", kKeyType), MakeData("identity", std::string(own->identity.bytes())),
               SignedKeyNode(own->signed_id, own->signed_key, own->signed_key_signature),
               MakeNode("list", {}, std::move(ids))})}));
}

void UploadKeys(Client& client, const Node& iq, const Node&) {
  const Companion* own = client.session->companion();
  const Node* list = iq.FindChild("list");
  if (own == nullptr || list == nullptr || ChildData(iq, "type") != kKeyType ||
      ChildData(iq, "identity") != own->identity.bytes())
    return client.Send(ErrorOf(iq, 400, "bad-request"));
  auto signed_key = ReadSigned(iq.FindChild("skey"), own->identity);
  std::vector<signal::OneTimeKey> keys;
  for (const Node& child : list->children()) {
    const auto key = ReadOneTime(child);
    if (!key) return client.Send(ErrorOf(iq, 406, "not-acceptable"));
    keys.push_back(*key);
  }
  Parts& parts = client.parts();
  if (!signed_key || !parts.companions.AddOneTimeKeys(own->id, keys))
    return client.Send(ErrorOf(iq, 406, "not-acceptable"));
  TakeSigned(parts, *own, std::move(*signed_key));
  client.Send(ResultOf(iq));
}

void RotateSignedKey(Client& client, const Node& iq, const Node& rotate) {
  const Companion* own = client.session->companion();
  auto key = own == nullptr ? std::nullopt : ReadSigned(rotate.FindChild("skey"), own->identity);
  if (!key) return client.Send(ErrorOf(iq, 406, "not-acceptable"));
  TakeSigned(client.parts(), *own, std::move(*key));
  client.Send(ResultOf(iq));
}

void GetBundles(Client& client, const Node& iq, const Node& asked) {
  if (asked.children().size() > kMaxBundles) return client.Send(ErrorOf(iq, 406, "not-acceptable"));
  std::vector<Node> users;
  for (const Node& user : asked.children()) {
    const std::string jid = Get(user, "jid");
    const auto parsed = binary::ParseJid(jid);
    const auto bundle = parsed ? BundleOf(client.parts(), *parsed) : std::nullopt;
    if (!bundle)
      users.push_back(NotFound(jid));
    else
      users.push_back(MakeNode("user",
                               {{"jid", jid}, {"t", std::to_string(client.parts().now_seconds())}},
                               BundleNodes(*bundle)));
  }
  client.Send(ResultOf(iq, {MakeNode("list", {}, std::move(users))}));
}

void GetIdentities(Client& client, const Node& iq, const Node& asked) {
  Parts& parts = client.parts();
  if (asked.children().size() > kMaxBundles) return client.Send(ErrorOf(iq, 406, "not-acceptable"));
  std::vector<Node> users;
  for (const Node& user : asked.children()) {
    const std::string jid = Get(user, "jid");
    const auto parsed = binary::ParseJid(jid);
    const auto number = parsed ? parts.addresses.NumberOf(*parsed) : std::nullopt;
    const Companion* companion =
        number && parsed->device != 0 ? parts.companions.Find(*number, parsed->device) : nullptr;
    if (!number || (parsed->device != 0 && companion == nullptr)) {
      users.push_back(NotFound(jid));
      continue;
    }
    const crypto::PublicKey identity = companion != nullptr
                                           ? companion->identity
                                           : parts.phones.IdentityOf(*number).keys.public_key;
    users.push_back(MakeNode(
        "user", {{"jid", jid}},
        {MakeData("identity", std::string(identity.bytes())), MakeData("type", kKeyType)}));
  }
  client.Send(ResultOf(iq, {MakeNode("list", {}, std::move(users))}));
}

std::vector<Node> BundleNodes(const signal::Bundle& bundle) {
  std::vector<Node> nodes = {MakeData("registration", BigEndian(bundle.registration_id, 4)),
                             MakeData("type", kKeyType),
                             MakeData("identity", std::string(bundle.identity.bytes())),
                             SignedKeyNode(bundle.signed_id, bundle.signed_key, bundle.signature)};
  if (bundle.one_time)
    nodes.push_back(MakeNode("key", {},
                             {MakeData("id", BigEndian(bundle.one_time->id, 3)),
                              MakeData("value", std::string(bundle.one_time->key.bytes()))}));
  return nodes;
}

std::optional<signal::Bundle> ReadBundle(const Node& receipt) {
  const Node* keys = receipt.FindChild("keys");
  const auto registration = FromBigEndian(ChildData(receipt, "registration"), 4);
  if (keys == nullptr || !registration) return std::nullopt;
  const auto identity = crypto::PublicKey::FromBytes(ChildData(*keys, "identity"));
  if (!identity) return std::nullopt;
  const auto signed_key = ReadSigned(keys->FindChild("skey"), *identity);
  if (!signed_key) return std::nullopt;
  signal::Bundle bundle;
  bundle.registration_id = *registration;
  bundle.identity = *identity;
  bundle.signed_id = signed_key->id;
  bundle.signed_key = signed_key->key;
  bundle.signature = signed_key->signature;
  if (const Node* one_time = keys->FindChild("key")) bundle.one_time = ReadOneTime(*one_time);
  return bundle;
}

void TellWhenKeysRunLow(Parts& parts, const Companion& companion) {
  const std::size_t left = parts.companions.CountOneTimeKeys(companion.id);
  Session* session = parts.SessionOf(companion.id);
  if (left != kLow || session == nullptr) return;
  session->client().Send(MakeNode("notification",
                                  {{"from", binary::NetworkServer().Text()},
                                   {"type", "encrypt"},
                                   {"id", parts.MakeId()},
                                   {"t", std::to_string(parts.now_seconds())}},
                                  {MakeNode("count", {{"value", std::to_string(left)}})}));
}

}  // namespace parley::sim::wire
