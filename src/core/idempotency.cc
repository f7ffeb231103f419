#include "core/idempotency.h"

#include <fmt/format.h>

namespace parley::core {

IdempotencyKey MakeIdempotencyKey(AccountRow account, CredentialRow credential,
                                  std::string_view route, std::string_view key,
                                  std::string_view command) {
  // Route and key are separated by a byte that neither can hold.
  const std::string scope =
      fmt::format("{}/{}/{}\n{}", account.value, credential.value, route, key);
  return IdempotencyKey{base::Sha256(scope), base::Sha256(command)};
}

}  // namespace parley::core
