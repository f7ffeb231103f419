// Tokens: what somebody gives to those whom they let write to them. The network asks for it in the
// first messages to a person. docs/protocol/messages.md, "Tokens".
#pragma once

#include <optional>
#include <string>

#include "base/task.h"
#include "link/multidevice/ledger.h"
#include "link/multidevice/lid_map.h"
#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {

inline constexpr std::size_t kMaxTokenBytes = 1024;
// A token is good for the week in which it was given and three more.
inline constexpr base::Duration kTokenWeek = std::chrono::hours(7 * 24);
inline constexpr int kTokenWeeks = 4;

struct Token {
  std::string bytes;
  base::Time given_at;
};

// Thread: the channel's. The ledger outlives it.
class Tokens {
 public:
  Tokens(Ledger& ledger, base::Scheduler& scheduler) : ledger_(ledger), scheduler_(scheduler) {}

  // One that is good today.
  base::Task<base::Result<std::optional<std::string>>> Of(Who who);

 private:
  Ledger& ledger_;
  base::Scheduler& scheduler_;
};

bool IsGood(const Token& token, base::Time now);
void KeepToken(Unit& unit, const Who& who, const Token& token);
// Those in a <notification type=privacy_token>.
std::vector<Token> TokensIn(const wire::binary::Node& notification, base::Time now);

}  // namespace parley::link::multidevice
