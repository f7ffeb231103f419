// Where the values of options come from: flags, before the environment, before the configuration
// file, before the defaults.
//
// A configuration file has lines of `name = value`; empty lines and lines that start with '#' are
// left out. A value reaches to the end of its line; lists are divided by commas.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/options.h"
#include "base/names.h"
#include "base/result.h"

namespace parley::app {

struct OptionSources {
  std::map<std::string, std::string, std::less<>> flags;  // by option name
  std::function<std::optional<std::string>(const std::string& name)> environment;
};

enum class OptionSource : std::uint8_t { kDefault, kFile, kEnvironment, kFlag };
inline constexpr base::EnumNames<OptionSource, 4> kOptionSourceNames({
    {OptionSource::kDefault, "default"},
    {OptionSource::kFile, "file"},
    {OptionSource::kEnvironment, "environment"},
    {OptionSource::kFlag, "flag"},
});
PARLEY_ENUM_NAMES(OptionSource, kOptionSourceNames)

struct GatheredOptions {
  Options options;
  std::map<std::string, OptionSource, std::less<>> sources;  // of those that were set, by name
  // One sentence each: which option, where it was set, what to do.
  std::vector<std::string> faults;
};

// Reads the configuration file when --config or PARLEY_CONFIG names one. Every fault is reported,
// of all three sources together.
GatheredOptions GatherOptions(const OptionSources& sources);

// The process's own environment.
std::optional<std::string> ReadEnvironment(const std::string& name);

}  // namespace parley::app
