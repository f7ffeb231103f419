#include "core/idempotency.h"

#include <gtest/gtest.h>

#include <set>

namespace parley::core {
namespace {

TEST(IdempotencyKey, IsBoundToWhoCalledWhat) {
  const auto scope = [](std::int64_t account, std::int64_t credential, const char* route,
                        const char* key) {
    return MakeIdempotencyKey(AccountRow(account), CredentialRow(credential), route, key, "c")
        .scope;
  };
  const std::set<base::Digest> scopes = {
      scope(1, 2, "/a", "k"),  scope(2, 2, "/a", "k"),  scope(1, 3, "/a", "k"),
      scope(1, 2, "/b", "k"),  scope(1, 2, "/a", "l"),  scope(12, 2, "/a", "k"),
      scope(1, 2, "/a/", "k"), scope(1, 22, "/a", "k"), scope(1, 2, "/ak", ""),
  };
  EXPECT_EQ(scopes.size(), 9u);
  EXPECT_EQ(scope(1, 2, "/a", "k"), scope(1, 2, "/a", "k"));
}

TEST(IdempotencyKey, TellsCommandsApart) {
  const auto key = [](const char* command) {
    return MakeIdempotencyKey(AccountRow(1), CredentialRow(2), "/a", "k", command);
  };
  EXPECT_EQ(key("x").scope, key("y").scope);
  EXPECT_NE(key("x").command, key("y").command);
  EXPECT_EQ(key("x").command, key("x").command);
}

}  // namespace
}  // namespace parley::core
