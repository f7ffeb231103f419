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

// Thread: the channel's. The ledger outlives it; what takes a unit is called with its turn, and the
// unit outlives the call.
class Tokens {
 public:
  Tokens(Ledger& ledger, base::Scheduler& scheduler) : ledger_(ledger), scheduler_(scheduler) {}

  // One of theirs that is good today.
  base::Task<base::Result<std::optional<std::string>>> Of(Who who);
  base::Task<base::Result<void>> Keep(Unit& unit, Who who, Token token);

  // Whether one of our own was not given to them this week.
  base::Task<base::Result<bool>> IsOwnDue(Who who);
  base::Task<base::Result<void>> NoteOwnGiven(Unit& unit, Who who);

 private:
  struct Kept {  // what is kept of a person
    Token theirs;
    base::Time own_given_at;
  };
  static std::string Encode(const Kept& kept);
  static wire::Result<Kept> Decode(std::string_view bytes);
  base::Task<base::Result<Kept>> Find(Who who);

  Ledger& ledger_;
  base::Scheduler& scheduler_;
};

bool IsGood(const Token& token, base::Time now);
// Those in a <notification type=privacy_token>.
std::vector<Token> TokensIn(const wire::binary::Node& notification, base::Time now);
// <iq> by which the account lets somebody write to it.
wire::binary::Node GiveToken(const Jid& to, base::Time now);

}  // namespace parley::link::multidevice
