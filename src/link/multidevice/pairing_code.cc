#include "link/multidevice/pairing_code.h"

#include <algorithm>
#include <array>
#include <utility>

#include "link/multidevice/pairing.h"
#include "link/multidevice/queries.h"
#include "wire/crypto/derive.h"

namespace parley::link::multidevice {
namespace {

using wire::binary::Attribute;
using wire::binary::Node;

constexpr std::string_view kAlphabet = "123456789ABCDEFGHJKLMNPQRSTVWXYZ";
static_assert(kAlphabet.size() == 32);
constexpr std::size_t kCodeLength = 8;
constexpr std::uint32_t kRounds = 131'072;
constexpr std::size_t kSalt = 32;
constexpr std::string_view kBundleInfo = "link_code_pairing_key_bundle_encryption_key";
constexpr std::string_view kAdvInfo = "adv_secret";

wire::crypto::AesKey Stretch(std::string_view code, std::string_view salt) {
  wire::crypto::AesKey key;
  wire::crypto::Pbkdf2Sha256(code, salt, kRounds, key.bytes());
  return key;
}

std::string RandomBytes(std::size_t size, base::Random& random) {
  std::string bytes(size, '\0');
  random.Fill({reinterpret_cast<std::uint8_t*>(bytes.data()), bytes.size()});
  return bytes;
}

void AddChild(Node::Children& children, std::string tag, std::string bytes) {
  Node child(std::move(tag));
  child.content = wire::binary::Bytes{std::move(bytes)};
  children.push_back(std::move(child));
}

Node MakeStage(const std::string& phone, const char* stage, Node::Children children) {
  Node registration("link_code_companion_reg");
  const wire::binary::Jid jid(phone, wire::binary::JidServer::kUser);
  registration.attributes.push_back(Attribute{"jid", jid.Text()});
  registration.attributes.push_back(Attribute{"stage", stage});
  registration.content = std::move(children);
  return registration;
}

std::string_view DataOf(const Node& node, std::string_view child) {
  const Node* found = node.FindChild(child);
  return found == nullptr ? std::string_view() : found->data();
}

}  // namespace

std::string MakePairingCode(base::Random& random) {
  std::string code;
  for (std::size_t i = 0; i < kCodeLength; ++i) code += kAlphabet[random.Below(kAlphabet.size())];
  return code;
}

WrapSalt MakeWrapSalt(base::Random& random) {
  WrapSalt salt;
  salt.salt = RandomBytes(kSalt, random);
  random.Fill(salt.iv);
  return salt;
}

std::string WrapKey(const wire::crypto::PublicKey& key, std::string_view code,
                    const WrapSalt& salt) {
  std::string wrapped = salt.salt;
  wrapped.append(reinterpret_cast<const char*>(salt.iv.data()), salt.iv.size());
  wrapped += wire::crypto::CtrApply(Stretch(code, salt.salt), salt.iv, key.bytes());
  return wrapped;
}

std::optional<wire::crypto::PublicKey> UnwrapKey(std::string_view wrapped, std::string_view code) {
  if (wrapped.size() != kWrappedKey) return std::nullopt;
  wire::crypto::AesIv iv;
  std::copy_n(wrapped.begin() + kSalt, iv.size(), iv.begin());
  const auto key = Stretch(code, wrapped.substr(0, kSalt));
  const auto unwrapped = wire::crypto::PublicKey::FromBytes(
      wire::crypto::CtrApply(key, iv, wrapped.substr(kSalt + iv.size())));
  return unwrapped ? std::optional(*unwrapped) : std::nullopt;
}

Node MakeCompanionHello(const CodeOffer& offer, const Device& device, const ClientInfo& client,
                        std::string wrapped) {
  Node::Children children;
  AddChild(children, "link_code_pairing_wrapped_companion_ephemeral_pub", std::move(wrapped));
  AddChild(children, "companion_server_auth_key_pub", std::string(device.noise.public_key.bytes()));
  AddChild(children, "companion_platform_id", std::to_string(client.browser.client_type));
  AddChild(children, "companion_platform_display", DisplayOf(client));
  AddChild(children, "link_code_pairing_nonce", std::string(1, '\0'));
  Node registration = MakeStage(offer.phone, "companion_hello", std::move(children));
  registration.attributes.push_back(Attribute{"should_show_push_notification", "true"});
  return MakeQuery(QueryKind::kSet, "md", std::move(registration));
}

std::string RefOfHello(const Node& answer) {
  const Node* registration = answer.FindChild("link_code_companion_reg");
  if (registration == nullptr) return "";
  const std::string_view ref = DataOf(*registration, "link_code_pairing_ref");
  return ref.size() <= kMaxRef ? std::string(ref) : std::string();
}

std::optional<PrimaryHello> ReadPrimaryHello(const Node& notification) {
  const Node* registration = notification.FindChild("link_code_companion_reg");
  if (registration == nullptr) return std::nullopt;
  const auto identity =
      wire::crypto::PublicKey::FromBytes(DataOf(*registration, "primary_identity_pub"));
  PrimaryHello hello;
  hello.ref = DataOf(*registration, "link_code_pairing_ref");
  hello.wrapped = DataOf(*registration, "link_code_pairing_wrapped_primary_ephemeral_pub");
  if (!identity || hello.ref.empty() || hello.wrapped.size() != kWrappedKey) return std::nullopt;
  hello.identity = *identity;
  return hello;
}

wire::Result<CompanionFinish> MakeCompanionFinish(const CodeOffer& offer, const PrimaryHello& hello,
                                                  const wire::crypto::PublicKey& phone_key,
                                                  const Device& device, base::Random& random) {
  PARLEY_TRY(shared, wire::crypto::Agree(offer.ephemeral.private_key, phone_key));
  PARLEY_TRY(identities, wire::crypto::Agree(device.identity.keys.private_key, hello.identity));
  std::string salt = RandomBytes(kSalt, random);
  wire::crypto::GcmNonce nonce;
  random.Fill(nonce);
  std::string chance = RandomBytes(32, random);

  std::string bundle(device.identity.keys.public_key.bytes());
  bundle.append(hello.identity.bytes()).append(chance);
  std::string wrapped = salt;
  wrapped.append(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  wrapped += wire::crypto::GcmSeal(wire::crypto::Hkdf<32>(shared.view(), salt, kBundleInfo), nonce,
                                   "", bundle);
  std::string secret(shared.view());
  secret.append(identities.view()).append(chance);

  CompanionFinish finish;
  finish.adv_secret = wire::crypto::Hkdf<32>(secret, "", kAdvInfo);
  wire::crypto::Wipe(secret);
  wire::crypto::Wipe(bundle);
  wire::crypto::Wipe(chance);
  Node::Children children;
  AddChild(children, "link_code_pairing_wrapped_key_bundle", std::move(wrapped));
  AddChild(children, "companion_identity_public",
           std::string(device.identity.keys.public_key.bytes()));
  AddChild(children, "link_code_pairing_ref", hello.ref);
  Node registration = MakeStage(offer.phone, "companion_finish", std::move(children));
  finish.query = MakeQuery(QueryKind::kSet, "md", std::move(registration));
  return finish;
}

}  // namespace parley::link::multidevice
