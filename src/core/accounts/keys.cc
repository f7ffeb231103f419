#include "core/accounts/keys.h"

namespace parley::core {
namespace {

// 40 characters of 62 are 238 bits.
constexpr std::size_t kKeyLength = 40;

}  // namespace

IssuedKey DrawKey(AccountRow account, Dialect dialect, std::optional<ChannelRow> channel,
                  std::string label, base::Time now, base::Random& random) {
  std::string raw(KeyPrefix(dialect, channel.has_value()));
  raw += random.Token(kKeyLength);
  return KeyFrom(std::move(raw), account, dialect, channel, std::move(label), now);
}

IssuedKey KeyFrom(std::string raw, AccountRow account, Dialect dialect,
                  std::optional<ChannelRow> channel, std::string label, base::Time now) {
  IssuedKey issued;
  issued.credential.account = account;
  issued.credential.dialect = dialect;
  issued.credential.channel = channel;
  issued.credential.digest = base::Sha256(raw);
  issued.credential.fingerprint = FingerprintOf(issued.credential.digest);
  issued.credential.label = std::move(label);
  issued.credential.created_at = now;
  issued.raw = std::move(raw);
  return issued;
}

}  // namespace parley::core
