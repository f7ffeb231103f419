#include "app/admin_token.h"

#include "app/data_folder.h"
#include "core/accounts/account_store.h"
#include "core/accounts/keys.h"

namespace parley::app {

base::Task<base::Result<std::string>> EnsureAdminToken(core::Store& store, base::Random& random,
                                                       std::string path) {
  const base::Time now = store.scheduler().Now();
  std::string token;
  auto kept = ReadFile(path);
  if (kept) {
    token = kept->substr(0, kept->find_first_of("\r\n"));
  } else {
    token =
        core::DrawKey(core::AccountRow(), core::Dialect::kAdmin, std::nullopt, "", now, random).raw;
    PARLEY_CO_CHECK(WriteFile(path, token + "\n"));
  }
  const core::IssuedKey key = core::KeyFrom(token, core::AccountRow(), core::Dialect::kAdmin,
                                            std::nullopt, "admin.token", now);
  auto write = [key](core::Transaction& tx) -> base::Result<void> {
    PARLEY_TRY(known, tx.credentials().List(core::AccountRow()));
    bool there = false;
    for (const core::Credential& credential : known) {
      if (credential.digest == key.credential.digest)
        there = true;
      else if (credential.label == key.credential.label)
        PARLEY_CHECK(tx.credentials().Delete(credential.row));
    }
    if (!there) PARLEY_CHECK(tx.credentials().Insert(key.credential));
    return {};
  };
  PARLEY_CO_CHECK(co_await store.Write(std::move(write)));
  co_return token;
}

}  // namespace parley::app
