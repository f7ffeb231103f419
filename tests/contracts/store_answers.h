// Answers of a store as text, for comparing.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "tests/contracts/store_model.h"

namespace parley::testing {

template <class T>
std::string One(const base::Result<T>& result) {
  return result ? Text(*result) : "error " + result.error().detail;
}
template <class T>
std::string All(const base::Result<std::vector<T>>& result) {
  return result ? fmt::format("{}", fmt::join(Texts(*result), "\n"))
                : "error " + result.error().detail;
}
inline std::string Lines(const std::vector<std::string>& lines) {
  return fmt::format("{}", fmt::join(lines, "\n"));
}
inline std::string Time(const std::optional<base::Time>& time) {
  return time ? std::to_string(base::ToUnixMs(*time)) : "none";
}
inline std::string Shared(const base::Result<core::ChannelPtr>& result) {
  if (!result) return "error " + result.error().detail;
  return *result ? Text(**result) : "none";
}
template <class Row>
std::string Number(const base::Result<Row>& result) {
  return result ? std::to_string(result->value) : "error " + result.error().detail;
}

inline std::string Lowest(const base::Result<std::optional<core::EventPosition>>& result) {
  if (!result) return "error " + result.error().detail;
  return *result ? std::to_string((*result)->value) : "none";
}

}  // namespace parley::testing
