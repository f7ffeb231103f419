// Credentials: the keys that programs present. A key is shown once, when it is made; what is kept
// is its SHA-256 and a short fingerprint for people. Keys are random with at least 160 bits, so a
// plain digest cannot be guessed backwards.
#pragma once

#include <optional>
#include <string>

#include "base/digest.h"
#include "base/names.h"
#include "core/ids.h"

namespace parley::core {

enum class Dialect : std::uint8_t {  // stored; never renumber
  kTwoChat = 1,
  kWapio = 2,
  kOneMsg = 3,
  kAdmin = 4,
};
inline constexpr base::EnumNames<Dialect, 4> kDialectNames({
    {Dialect::kTwoChat, "2chat"},
    {Dialect::kWapio, "wapio"},
    {Dialect::kOneMsg, "1msg"},
    {Dialect::kAdmin, "admin"},
});
PARLEY_ENUM_NAMES(Dialect, kDialectNames)

struct Credential {
  CredentialRow row;
  AccountRow account;  // 0 for the admin token, which stands above accounts
  Dialect dialect = Dialect::kAdmin;
  std::optional<ChannelRow> channel;  // set: the key sees this channel only
  base::Digest digest{};              // SHA-256 of the raw key
  std::string fingerprint;            // first 12 hex digits of the digest
  std::string previous_fingerprint;   // of the key that this one replaced
  std::string label;
  base::Time created_at;
};

// How a key of each kind looks, so that a glance (and a secret scanner) tells what it is.
// Wapio's prefixes are its own (bps_pat_, bps_sk_); 1MSG tokens are alphanumeric.
std::string_view KeyPrefix(Dialect dialect, bool bound_to_channel);

std::string FingerprintOf(const base::Digest& digest);

}  // namespace parley::core
