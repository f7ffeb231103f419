// JSON for the tests of what Meta sends and is sent. Values are our own; the members are those of
// Meta's reference, whose page each test names.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "base/json.h"

namespace parley::link::cloud::format {

inline base::json::value Json(std::string_view text) {
  auto parsed = base::ParseJson(text);
  EXPECT_TRUE(parsed.has_value()) << text;
  return parsed ? *parsed : base::json::value();
}

inline base::json::object JsonObject(std::string_view text) {
  const base::json::value value = Json(text);
  EXPECT_TRUE(value.is_object()) << text;
  return value.is_object() ? value.get_object() : base::json::object();
}

// Whatever the order of the members.
inline void ExpectJson(const base::json::value& actual, std::string_view expected) {
  EXPECT_TRUE(actual == Json(expected)) << base::ToText(actual) << "\n  instead of\n" << expected;
}

// "path: text; path: text", or "" of a success.
template <class Result>
std::string FaultsOf(const Result& result) {
  if (result) return "";
  std::string all;
  for (const base::FieldFault& fault : result.error().faults)
    all += (all.empty() ? "" : "; ") + fault.path + ": " + fault.text;
  return all.empty() ? std::string(base::KindOf(result.error().code).name) : all;
}

}  // namespace parley::link::cloud::format
