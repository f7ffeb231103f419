#include "admin/masking.h"

#include <gtest/gtest.h>

#include <utility>

namespace parley::admin {
namespace {

TEST(MaskTarget, HidesKeysInTheQuery) {
  constexpr std::pair<const char*, const char*> kCases[] = {
      {"/ABC1/status", "/ABC1/status"},
      {"/ABC1/status?token=secret", "/ABC1/status?token=***"},
      {"/x?a=b&token=secret&token=again&c=token", "/x?a=b&token=***&token=***&c=token"},
      {"/x?TOKEN=s&apiKey=s&api_key=s&hub.verify_token=s&access-token=s",
       "/x?TOKEN=***&apiKey=***&api_key=***&hub.verify_token=***&access-token=***"},
      {"/x?monkey=1&keyboard=2&token", "/x?monkey=1&keyboard=2&token"},
      {"/x?", "/x?"},
      {"/api/media/abc?x=1", "/api/media/***?x=1"},
  };
  for (const auto& [target, masked] : kCases) EXPECT_EQ(MaskTarget(target), masked);
}

TEST(MaskJson, HidesStringMembersNamedAsKeys) {
  constexpr std::pair<const char*, const char*> kCases[] = {
      {"", ""},
      {"not json", "not json"},
      {R"({"token":"s","text":"token"})", R"({"token":"***","text":"token"})"},
      {R"({"a": {"api_key" : "s\"till", "b": ["key", "x"]}, "webhookSecret":"s"})",
       R"({"a": {"api_key" : "***", "b": ["key", "x"]}, "webhookSecret":"***"})"},
      {R"({"token":5,"key":null,"secret":{"password":"s"}})",
       R"({"token":5,"key":null,"secret":{"password":"***"}})"},
      // Cut in the middle.
      {R"({"token":"sec)", R"({"token":"***)"},
      {R"({"token":"sec\)", R"({"token":"***)"},
      {R"({"token":)", R"({"token":)"},
      {R"({"tok)", R"({"tok)"},
      // A text that looks like a member is none.
      {R"({"text":"\"token\":\"x\""})", R"({"text":"\"token\":\"x\""})"},
  };
  for (const auto& [json, masked] : kCases) EXPECT_EQ(MaskJson(json), masked);
}

}  // namespace
}  // namespace parley::admin
