// Idempotency: a repeated request with the same key has no second effect and gets the first answer.
//
// The record is written in the transaction of the effect: key → digest of the decoded command and
// the core result, from which the dialect encodes the same bytes again. Errors before the effect
// are not recorded. A record lives 24 hours.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/result.h"
#include "core/ids.h"

namespace parley::core {

inline constexpr std::chrono::hours kIdempotencyLifetime{24};
inline constexpr std::size_t kMaxIdempotencyKeyLength = 255;

// What a caller gave, bound to who they are and what they called.
struct IdempotencyKey {
  base::Digest scope;    // of account, credential, route and key
  base::Digest command;  // of the request as decoded
};
IdempotencyKey MakeIdempotencyKey(AccountRow account, CredentialRow credential,
                                  std::string_view route, std::string_view key,
                                  std::string_view command);

struct IdempotencyRecord {
  base::Digest command;
  std::string result;  // core result, encoded by its operation
  base::Time expires_at;
};

// Thread: inside a transaction only.
class IdempotencyStore {
 public:
  virtual ~IdempotencyStore() = default;
  virtual base::Result<std::optional<IdempotencyRecord>> Find(const base::Digest& scope,
                                                              base::Time now) const = 0;
  virtual base::Result<void> Insert(const base::Digest& scope, const IdempotencyRecord& record) = 0;
  // Deletes up to `limit` expired records from the oldest on; returns how many. The newest stays.
  virtual base::Result<int> Prune(base::Time now, int limit) = 0;
};

}  // namespace parley::core
