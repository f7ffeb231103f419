#include "cli/arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/time.h"

namespace parley::cli {
namespace {

std::optional<std::int64_t> ParseNumber(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

// What is demanded instead of `value`; empty when it is fine.
std::string DemandOf(const ArgumentSpec& spec, const std::string& value) {
  if (!spec.one_of.empty() &&
      std::find(spec.one_of.begin(), spec.one_of.end(), value) == spec.one_of.end())
    return fmt::format("choose one of {}", fmt::join(spec.one_of, ", "));
  switch (spec.kind) {
    case ArgumentKind::kNumber:
      return ParseNumber(value) ? "" : "give a whole number, 0 or more";
    case ArgumentKind::kDuration:
      return base::ParseDuration(value) ? "" : "give a time as in 30s, 5m or 2h";
    case ArgumentKind::kTime:
      return ParseTimeArgument(value) ? "" : "give a time in UTC, as in 2026-12-31T10:00:00Z";
    case ArgumentKind::kText:
      return spec.required && value.empty() ? "it must not be empty" : "";
    case ArgumentKind::kFlag:
    case ArgumentKind::kList:
      return "";
  }
  return "";
}

}  // namespace

std::optional<std::string> Arguments::Find(std::string_view name) const {
  const auto found = values_.find(name);
  if (found == values_.end()) return std::nullopt;
  return found->second.back();
}

std::optional<std::int64_t> Arguments::Number(std::string_view name) const {
  const auto text = Find(name);
  return text ? ParseNumber(*text) : std::nullopt;
}

std::vector<std::string> Arguments::All(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>() : found->second;
}

base::Result<void> CheckArguments(std::span<const ArgumentSpec> specs, const Arguments& arguments) {
  for (const ArgumentSpec& spec : specs)
    for (const std::string& value : arguments.All(spec.name))
      if (const std::string demand = DemandOf(spec, value); !demand.empty())
        return base::Error(base::ErrorCode::kInvalidFields,
                           fmt::format("{} is '{}': {}", spec.name, value, demand));
  return {};
}

std::optional<std::string> ParseTimeArgument(std::string_view text) {
  constexpr std::string_view kMidnight = "T00:00:00Z";
  const std::string full =
      std::string(text) + std::string(text.size() == 10 ? kMidnight : std::string_view());
  const auto time = base::ParseTime(full);
  if (!time) return std::nullopt;
  return base::FormatTime(*time, base::TimeStyle::kIsoMillisZ);
}

}  // namespace parley::cli
