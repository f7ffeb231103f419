// The digests of the admin tokens that are good now. Sessions are checked against them with every
// request of the dashboard, so they are read again only after some account, channel or key changed.
#pragma once

#include <cstdint>
#include <vector>

#include "base/task.h"
#include "core/accounts/account_store.h"
#include "core/store.h"

namespace parley::admin {

// Thread: the store's scheduler's. The store outlives it.
class AdminTokens {
 public:
  explicit AdminTokens(core::Store& store) : store_(store) {}

  base::Task<base::Result<std::vector<base::Digest>>> Get() {
    const std::uint64_t generation = store_.backend().directory_generation();
    if (generation == generation_) co_return digests_;
    auto read = [](const core::Transaction& tx) -> base::Result<std::vector<base::Digest>> {
      PARLEY_TRY(credentials, tx.credentials().List(core::AccountRow()));
      std::vector<base::Digest> digests;
      for (const core::Credential& credential : credentials)
        if (credential.dialect == core::Dialect::kAdmin) digests.push_back(credential.digest);
      return digests;
    };
    PARLEY_CO_TRY(digests, co_await store_.Read(read));
    digests_ = digests;
    generation_ = generation;
    co_return digests;
  }

 private:
  core::Store& store_;
  std::vector<base::Digest> digests_;
  std::uint64_t generation_ = 0;  // of the directory, when they were read; none is 0
};

}  // namespace parley::admin
