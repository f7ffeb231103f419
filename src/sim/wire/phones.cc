#include "sim/wire/phones.h"

#include <fmt/format.h>

#include <charconv>

#include "base/log.h"
#include "sim/wire/root.h"
#include "wire/crypto/derive.h"
#include "wire/crypto/xeddsa.h"

namespace parley::sim::wire {
namespace {

constexpr std::uint32_t kSignedId = 1;
constexpr std::uint32_t kMaxPreKeyId = 0xfffffe;
constexpr std::uint32_t kRegistrationMask = 0x3fff;

std::string PhoneKey(std::string_view prefix, std::string_view number) {
  return std::string(prefix) + std::string(number);
}

std::uint32_t NumberOf(const std::string* kept) {
  std::uint32_t number = 0;
  if (kept != nullptr) std::from_chars(kept->data(), kept->data() + kept->size(), number);
  return number;
}

}  // namespace

// What a companion names in a message that starts a session.
class Phones::OwnPreKeys final : public signal::PreKeys {
 public:
  OwnPreKeys(Phones& phones, std::string_view number) : phones_(phones), number_(number) {}
  std::optional<crypto::KeyPair> FindOneTime(std::uint32_t id) const override {
    if (id == 0 || id > phones_.LastOneTime(number_)) return std::nullopt;
    return phones_.Derive(number_, "one-time", id);
  }
  std::optional<crypto::KeyPair> FindSigned(std::uint32_t id) const override {
    if (id != kSignedId) return std::nullopt;
    return phones_.KeysOf(number_).signed_key.keys;
  }

 private:
  Phones& phones_;
  const std::string_view number_;
};

Phones::Phones(net::Keep& keep, Companions& companions, base::Random& random)
    : keep_(keep),
      companions_(companions),
      random_(random),
      secret_(*crypto::Secret<32>::From(KeptKeyPair(keep, "phones", random).private_key.bytes())) {}

std::uint32_t Phones::GenerationOf(std::string_view number) const {
  return NumberOf(keep_.Find(PhoneKey("generation/", number)));
}

std::uint32_t Phones::LastOneTime(std::string_view number) const {
  return NumberOf(keep_.Find(PhoneKey("one-time/", number)));
}

crypto::KeyPair Phones::Derive(std::string_view number, std::string_view what,
                               std::uint32_t id) const {
  const auto key = crypto::Hkdf<32>(
      secret_.view(), "", fmt::format("{} {} {} {}", number, GenerationOf(number), what, id));
  return crypto::KeyPair(*crypto::PrivateKey::FromBytes(key.view()));
}

const Phones::Keys& Phones::KeysOf(std::string_view number) {
  const auto found = keys_.find(number);
  if (found != keys_.end()) return found->second;
  const crypto::KeyPair pair = Derive(number, "identity", 0);
  const auto registration = static_cast<std::uint8_t>(pair.public_key.bytes()[0]) << 6 |
                            static_cast<std::uint8_t>(pair.public_key.bytes()[1]) >> 2;
  const signal::Identity identity(
      pair,
      std::max<std::uint32_t>(1, static_cast<std::uint32_t>(registration) & kRegistrationMask));
  signal::SignedPreKey signed_key{kSignedId, Derive(number, "signed", kSignedId), ""};
  signed_key.signature =
      crypto::Sign(identity.keys.private_key, signed_key.keys.public_key.Typed(), random_);
  return keys_.emplace(std::string(number), Keys(identity, signed_key)).first->second;
}

const signal::Identity& Phones::IdentityOf(std::string_view number) {
  return KeysOf(number).identity;
}

signal::Bundle Phones::MakeBundle(std::string_view number, bool with_one_time) {
  const Keys& keys = KeysOf(number);
  signal::Bundle bundle;
  bundle.registration_id = keys.identity.registration_id;
  bundle.identity = keys.identity.keys.public_key;
  bundle.signed_id = keys.signed_key.id;
  bundle.signed_key = keys.signed_key.keys.public_key;
  bundle.signature = keys.signed_key.signature;
  if (!with_one_time) return bundle;
  const std::uint32_t id = LastOneTime(number) % kMaxPreKeyId + 1;
  keep_.Set(PhoneKey("one-time/", number), std::to_string(id));
  bundle.one_time = signal::OneTimeKey{id, Derive(number, "one-time", id).public_key};
  return bundle;
}

signal::Record Phones::Load(std::string_view number, const signal::Address& peer) const {
  const std::string* kept = keep_.Find(fmt::format("session/{}/{}", number, peer.Text()));
  if (kept == nullptr) return signal::Record();
  auto record = signal::DecodeRecord(*kept);
  if (record) return std::move(*record);
  base::LogWarning("A session of a phone cannot be read and is forgotten",
                   {{"why", record.error().what}});
  return signal::Record();
}

void Phones::Store(std::string_view number, const signal::Address& peer,
                   const signal::Record& record) {
  keep_.Set(fmt::format("session/{}/{}", number, peer.Text()), signal::EncodeRecord(record));
}

parley::wire::Result<std::string> Phones::Open(std::string_view number, const Companion& from,
                                               const signal::Address& peer,
                                               signal::MessageType type, std::string_view bytes) {
  signal::Record record = Load(number, peer);
  const signal::Identity& own = KeysOf(number).identity;
  const OwnPreKeys pre_keys(*this, number);
  PARLEY_TRY(opened,
             type == signal::MessageType::kMessage
                 ? signal::Open(record, own, from.identity, bytes, random_)
                 : signal::OpenPreKeyMessage(record, own, pre_keys, from.identity, bytes, random_));
  Store(number, peer, record);
  return std::move(opened.plain);
}

parley::wire::Result<signal::Sealed> Phones::Seal(std::string_view number, const Companion& to,
                                                  const signal::Address& peer,
                                                  std::string_view plain, base::Time now,
                                                  bool fresh_session) {
  signal::Record record = Load(number, peer);
  const signal::Identity& own = KeysOf(number).identity;
  if (!fresh_session) {
    auto sealed = signal::Seal(record, own, to.identity, plain);
    if (sealed) Store(number, peer, record);
    if (sealed || sealed.error().code != parley::wire::FaultCode::kNoSession) return sealed;
  }
  PARLEY_CHECK(
      signal::StartSession(record, own, to.identity, companions_.TakeBundle(to), now, random_));
  PARLEY_TRY(sealed, signal::Seal(record, own, to.identity, plain));
  Store(number, peer, record);
  return std::move(sealed);
}

void Phones::ChangeIdentity(std::string_view number) {
  keep_.Set(PhoneKey("generation/", number), std::to_string(GenerationOf(number) + 1));
  if (const auto known = keys_.find(number); known != keys_.end()) keys_.erase(known);
  std::vector<std::string> sessions;
  keep_.Visit(fmt::format("session/{}/", number),
              [&](std::string_view name, std::string_view) { sessions.emplace_back(name); });
  for (std::string& name : sessions) keep_.Set(std::move(name), "");
}

}  // namespace parley::sim::wire
