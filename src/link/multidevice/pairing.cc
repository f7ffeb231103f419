#include "link/multidevice/pairing.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "base/digest.h"
#include "base/encoding.h"
#include "link/multidevice/queries.h"
#include "wire/binary/protobuf.h"
#include "wire/crypto/xeddsa.h"

namespace parley::link::multidevice {
namespace {

using wire::binary::Attribute;
using wire::binary::FieldReader;
using wire::binary::FieldWriter;
using wire::binary::Node;

constexpr std::string_view kQrAddress = "https://wa.me/settings/linked_devices#";
// In front of what is signed, so that no signature stands for another one.
constexpr std::string_view kAccountPrefix{"\x06\x00", 2};
constexpr std::string_view kHostedAccountPrefix{"\x06\x05", 2};
constexpr std::string_view kDevicePrefix{"\x06\x01", 2};
constexpr std::uint64_t kHosted = 1;  // of the two types: Meta holds the keys
constexpr std::size_t kMaxName = 200;

struct Container {
  std::string_view details, hmac;
  std::uint64_t type = 0;
};
struct SignedIdentity {
  std::string_view details, account_key, account_signature;
};
struct Identity {
  std::uint64_t key_index = 0, device_type = 0;
};

// Reads the fields that `take` knows; false when the bytes are no protobuf or a field has another
// type.
template <class Take>
bool ReadFields(std::string_view bytes, Take take) {
  FieldReader reader(bytes);
  while (true) {
    auto field = reader.Next();
    if (!field) return false;
    if (!*field) return true;
    if (!take(**field)) return false;
  }
}

bool TakeBytes(const wire::binary::Field& field, std::string_view& out) {
  const auto bytes = field.Bytes();
  if (bytes) out = *bytes;
  return bytes.has_value();
}
bool TakeNumber(const wire::binary::Field& field, std::uint64_t& out) {
  const auto number = field.Number();
  if (number) out = *number;
  return number.has_value();
}

std::optional<Container> ReadContainer(std::string_view bytes) {
  Container container;
  const bool whole = ReadFields(bytes, [&](const wire::binary::Field& field) {
    if (field.number == 1) return TakeBytes(field, container.details);
    if (field.number == 2) return TakeBytes(field, container.hmac);
    if (field.number == 3) return TakeNumber(field, container.type);
    return true;
  });
  return whole ? std::optional(container) : std::nullopt;
}

std::optional<SignedIdentity> ReadSigned(std::string_view bytes) {
  SignedIdentity identity;
  const bool whole = ReadFields(bytes, [&](const wire::binary::Field& field) {
    if (field.number == 1) return TakeBytes(field, identity.details);
    if (field.number == 2) return TakeBytes(field, identity.account_key);
    if (field.number == 3) return TakeBytes(field, identity.account_signature);
    return true;
  });
  return whole ? std::optional(identity) : std::nullopt;
}

std::optional<Identity> ReadIdentity(std::string_view bytes) {
  Identity identity;
  const bool whole = ReadFields(bytes, [&](const wire::binary::Field& field) {
    if (field.number == 3) return TakeNumber(field, identity.key_index);
    if (field.number == 5) return TakeNumber(field, identity.device_type);
    return true;
  });
  return whole ? std::optional(identity) : std::nullopt;
}

std::string WriteSigned(const SignedIdentity& identity, std::string_view device_signature,
                        bool with_account_key) {
  FieldWriter out;
  out.Bytes(1, identity.details);
  if (with_account_key) out.Bytes(2, identity.account_key);
  out.Bytes(3, identity.account_signature).Bytes(4, device_signature);
  return out.Take();
}

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string joined;
  for (const std::string_view part : parts) joined += part;
  return joined;
}

PairingRefused Refuse(std::string_view id, int code, std::string_view text, const char* why) {
  return PairingRefused{MakeError(id, code, text), why};
}
PairingRefused RefuseBroken(std::string_view id) {
  return Refuse(id, 500, "internal-error", "its device identity is malformed");
}

// The name attribute of a child, within bounds.
std::string NameIn(const Node& pair_success, std::string_view child) {
  const Node* node = pair_success.FindChild(child);
  const std::string_view name = node == nullptr ? "" : node->Find("name").value_or("");
  return name.size() <= kMaxName && base::IsUtf8(name) ? std::string(name) : std::string();
}

Node SignedAnswer(std::string_view id, std::uint64_t key_index, std::string signed_identity) {
  Node identity("device-identity");
  identity.attributes.push_back(Attribute{"key-index", std::to_string(key_index)});
  identity.content = wire::binary::Bytes{std::move(signed_identity)};
  Node sign("pair-device-sign");
  Node::Children of_sign;
  of_sign.push_back(std::move(identity));
  sign.content = std::move(of_sign);
  Node answer = MakeResult(id);
  Node::Children children;
  children.push_back(std::move(sign));
  answer.content = std::move(children);
  return answer;
}

}  // namespace

std::vector<std::string> RefsIn(const Node& pair_device) {
  std::vector<std::string> refs;
  for (const Node& child : pair_device.children())
    if (child.tag == "ref" && !child.data().empty() && child.data().size() <= kMaxRef &&
        refs.size() < kMaxRefs)
      refs.emplace_back(child.data());
  return refs;
}

std::string QrText(std::string_view ref, const Device& device, const Browser& browser) {
  return fmt::format("{}{},{},{},{},{}", kQrAddress, ref,
                     base::ToBase64(device.noise.public_key.bytes()),
                     base::ToBase64(device.identity.keys.public_key.bytes()),
                     base::ToBase64(device.adv_secret.view()), browser.client_type);
}

std::variant<PairingAccepted, PairingRefused> AnswerPairSuccess(std::string_view id,
                                                                const Node& pair_success,
                                                                const Device& device,
                                                                base::Random& random) {
  const Node* identity_node = pair_success.FindChild("device-identity");
  const Node* device_node = pair_success.FindChild("device");
  if (identity_node == nullptr || device_node == nullptr) return RefuseBroken(id);
  auto number = device_node->FindJid("jid");
  const auto container = ReadContainer(identity_node->data());
  const bool is_number = number && number->server == wire::binary::JidServer::kUser &&
                         !number->user.empty() && number->device != 0;
  if (!container || !is_number) return RefuseBroken(id);

  const bool hosted = container->type == kHosted;
  const base::Digest hmac = base::HmacSha256(
      device.adv_secret.view(), Join({hosted ? kHostedAccountPrefix : "", container->details}));
  if (!base::EqualInConstantTime(base::AsText(hmac), container->hmac))
    return Refuse(id, 401, "hmac-mismatch", "the code was not ours, or somebody is in between");

  const auto signed_identity = ReadSigned(container->details);
  if (!signed_identity) return RefuseBroken(id);
  const auto identity = ReadIdentity(signed_identity->details);
  const auto account_key = wire::crypto::PublicKey::FromBytes(signed_identity->account_key);
  if (!identity || !account_key) return RefuseBroken(id);
  const std::string_view own = device.identity.keys.public_key.bytes();
  const bool hosted_device = identity->device_type == kHosted;
  const std::string by_account =
      Join({hosted_device ? kHostedAccountPrefix : kAccountPrefix, signed_identity->details, own});
  if (!wire::crypto::Verify(*account_key, by_account, signed_identity->account_signature))
    return Refuse(id, 401, "signature-mismatch", "the phone did not sign for this device");

  const std::string signature = wire::crypto::Sign(
      device.identity.keys.private_key,
      Join({kDevicePrefix, signed_identity->details, own, signed_identity->account_key}), random);
  PairingAccepted accepted;
  accepted.pairing.number = std::move(*number);
  if (auto lid = device_node->FindJid("lid"); lid && lid->server == wire::binary::JidServer::kLid)
    accepted.pairing.lid = std::move(*lid);
  accepted.pairing.signed_identity = WriteSigned(*signed_identity, signature, true);
  accepted.pairing.account_key = *account_key;
  accepted.pairing.push_name = NameIn(pair_success, "biz");
  accepted.pairing.platform = NameIn(pair_success, "platform");
  accepted.answer =
      SignedAnswer(id, identity->key_index, WriteSigned(*signed_identity, signature, false));
  return accepted;
}

}  // namespace parley::link::multidevice
