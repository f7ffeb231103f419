// What a command takes and what it was given.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace parley::cli {

enum class ArgumentKind { kText, kNumber, kDuration, kTime, kFlag, kList };

// "ACCOUNT" stands by its place, "--label" by its name.
struct ArgumentSpec {
  std::string_view name;
  std::string_view help;
  bool required = false;
  ArgumentKind kind = ArgumentKind::kText;
  std::span<const std::string_view> one_of = {};

  bool by_place() const { return !name.starts_with('-'); }
};

class Arguments {
 public:
  void Add(std::string_view name, std::string value) {
    values_[std::string(name)].push_back(std::move(value));
  }

  bool Has(std::string_view name) const { return values_.contains(name); }
  std::optional<std::string> Find(std::string_view name) const;
  // Empty when it was not given.
  std::string Text(std::string_view name) const { return Find(name).value_or(""); }
  // Of arguments that CheckArguments has found to be numbers.
  std::optional<std::int64_t> Number(std::string_view name) const;
  std::vector<std::string> All(std::string_view name) const;

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// kInvalidFields with one sentence about the first value that is not of its kind.
base::Result<void> CheckArguments(std::span<const ArgumentSpec> specs, const Arguments& arguments);

// A kTime argument, "2026-12-31" or "2026-12-31T10:00:00Z", in the second form; nullopt for
// anything else.
std::optional<std::string> ParseTimeArgument(std::string_view text);

}  // namespace parley::cli
