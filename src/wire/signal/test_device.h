// A device for the tests of this folder: its keys, its chance, and one record.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "base/random.h"
#include "wire/signal/cipher.h"

namespace parley::wire::signal {

class TestDevice final : public PreKeys {
 public:
  explicit TestDevice(std::uint64_t seed)
      : random_(base::MakeSeededRandom(seed)),
        own_(crypto::KeyPair::Generate(*random_), static_cast<std::uint32_t>(seed)),
        signed_(MakeSignedPreKey(own_, 77, *random_)) {}

  // The same device once more, with chance of its own.
  TestDevice(const TestDevice& other)
      : random_(base::MakeSeededRandom(other.own_.registration_id)),
        own_(other.own_),
        signed_(other.signed_),
        one_time_(other.one_time_),
        last_id_(other.last_id_),
        trusted_(other.trusted_),
        record_(other.record_) {}

  std::optional<crypto::KeyPair> FindOneTime(std::uint32_t id) const override {
    const auto found = one_time_.find(id);
    if (found == one_time_.end()) return std::nullopt;
    return found->second;
  }
  std::optional<crypto::KeyPair> FindSigned(std::uint32_t id) const override {
    if (id != signed_.id) return std::nullopt;
    return signed_.keys;
  }

  Bundle MakeBundle(bool with_one_time = true) {
    Bundle bundle;
    bundle.registration_id = own_.registration_id;
    bundle.identity = own_.keys.public_key;
    bundle.signed_id = signed_.id;
    bundle.signed_key = signed_.keys.public_key;
    bundle.signature = signed_.signature;
    if (with_one_time) {
      const auto pair = crypto::KeyPair::Generate(*random_);
      one_time_.emplace(++last_id_, pair);
      bundle.one_time = OneTimeKey{last_id_, pair.public_key};
    }
    return bundle;
  }

  static constexpr base::Time kNow = base::FromUnixMs(1'750'000'000'000);

  // The first identity that it meets is the one that it trusts.
  Result<void> Start(const Bundle& bundle) {
    PARLEY_CHECK(StartSession(record_, own_, trusted_, bundle, kNow, *random_));
    trusted_ = bundle.identity;
    return {};
  }
  Result<Sealed> TrySend(std::string_view plain) { return Seal(record_, own_, trusted(), plain); }
  Sealed Send(std::string_view plain) { return TrySend(plain).value(); }
  // A used one-time pre-key is gone afterwards.
  Result<std::string> Receive(const Sealed& sealed) {
    PARLEY_TRY(opened,
               sealed.type == MessageType::kMessage
                   ? Open(record_, own_, trusted(), sealed.bytes, *random_)
                   : OpenPreKeyMessage(record_, own_, *this, trusted_, sealed.bytes, *random_));
    if (opened.used_one_time) one_time_.erase(*opened.used_one_time);
    trusted_ = opened.identity;
    return std::move(opened.plain);
  }

  Record& record() { return record_; }
  const Identity& own() const { return own_; }
  std::size_t one_time_keys() const { return one_time_.size(); }
  void Trust(const crypto::PublicKey& identity) { trusted_ = identity; }

  // Nobody's when it has met nobody.
  crypto::PublicKey trusted() const { return trusted_.value_or(crypto::PublicKey()); }

 private:
  std::unique_ptr<base::Random> random_;
  Identity own_;
  SignedPreKey signed_;
  std::map<std::uint32_t, crypto::KeyPair> one_time_;
  std::uint32_t last_id_ = 0;
  std::optional<crypto::PublicKey> trusted_;
  Record record_;
};

}  // namespace parley::wire::signal
