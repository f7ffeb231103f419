#include "app/option_sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <set>

#include "base/files.h"
#include "base/text.h"

namespace parley::app {
namespace {

constexpr std::string_view kConfigOption = "config";
constexpr std::size_t kMaxShown = 100;  // of a faulty value, in bytes

std::string_view Unquoted(std::string_view value) {
  const bool is_quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

class Gatherer {
 public:
  explicit Gatherer(const OptionSources& sources) : sources_(sources) {}

  GatheredOptions Gather() {
    const OptionRow& config = *FindRow(kConfigOption);
    Take(config);
    if (!gathered_.options.config.empty()) ReadFileLines(gathered_.options.config);
    for (const OptionRow& row : OptionRows())
      if (row.name != kConfigOption) Take(row);
    // A fault of a value that was not even read would be told twice.
    for (const OptionFault& fault : CheckOptions(gathered_.options))
      if (!faulty_.contains(fault.option)) AddFault(fault.option, fault.value, fault.demand);
    return std::move(gathered_);
  }

 private:
  struct Setting {
    std::string value;
    std::string origin;  // as a fault names it: "--listen", "PARLEY_LISTEN", "x.conf:3: listen"
    OptionSource source = OptionSource::kFile;
  };

  static const OptionRow* FindRow(std::string_view name) {
    for (const OptionRow& row : OptionRows())
      if (row.name == name) return &row;
    return nullptr;
  }

  void ReadFileLines(const std::string& path) {
    auto text = base::ReadFile(path);
    if (!text) {
      gathered_.faults.push_back(
          fmt::format("{}. Name another file with --config", text.error().public_text()));
      return;
    }
    int number = 0;
    for (std::size_t begin = 0; begin < text->size();) {
      const std::size_t end = std::min(text->find('\n', begin), text->size());
      ReadLine(fmt::format("{}:{}", path, ++number),
               base::Trim(std::string_view(*text).substr(begin, end - begin)));
      begin = end + 1;
    }
  }

  void ReadLine(const std::string& where, std::string_view line) {
    if (line.empty() || line.front() == '#') return;
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos) {
      gathered_.faults.push_back(
          fmt::format("{}: expected name = value, as in listen = 127.0.0.1:8080", where));
      return;
    }
    const std::string name(base::Trim(line.substr(0, equals)));
    const OptionRow* row = FindRow(name);
    if (row == nullptr || row->name == kConfigOption) {
      gathered_.faults.push_back(
          fmt::format("{}: there is no option '{}'. parley serve --help lists them", where,
                      name.substr(0, kMaxShown)));
      return;
    }
    const auto [known, is_new] = from_file_.try_emplace(
        name, Setting{std::string(Unquoted(base::Trim(line.substr(equals + 1)))),
                      fmt::format("{}: {}", where, name)});
    if (!is_new)
      gathered_.faults.push_back(
          fmt::format("{}: {} is set twice. Keep one of the lines", where, name));
  }

  // The first source that has the option.
  std::optional<Setting> Find(const OptionRow& row) const {
    if (const auto flag = sources_.flags.find(row.name); flag != sources_.flags.end())
      return Setting{flag->second, "--" + std::string(row.name), OptionSource::kFlag};
    const std::string variable = EnvironmentName(row);
    auto value = sources_.environment(variable);
    if (value && !value->empty())
      return Setting{std::move(*value), variable, OptionSource::kEnvironment};
    if (const auto line = from_file_.find(row.name); line != from_file_.end()) return line->second;
    return std::nullopt;
  }

  void Take(const OptionRow& row) {
    const auto setting = Find(row);
    if (!setting) return;
    origins_[std::string(row.name)] = setting->origin;
    gathered_.sources[std::string(row.name)] = setting->source;
    if (auto demand = SetOption(row, setting->value, gathered_.options)) {
      AddFault(std::string(row.name), setting->value, *demand);
      faulty_.emplace(row.name);
    }
  }

  void AddFault(const std::string& option, const std::string& value, const std::string& demand) {
    const auto origin = origins_.find(option);
    gathered_.faults.push_back(
        fmt::format("{} is '{}': {}", origin != origins_.end() ? origin->second : "--" + option,
                    value.substr(0, kMaxShown), demand));
  }

  const OptionSources& sources_;
  GatheredOptions gathered_;
  std::map<std::string, Setting, std::less<>> from_file_;
  std::map<std::string, std::string, std::less<>> origins_;
  std::set<std::string, std::less<>> faulty_;
};

}  // namespace

GatheredOptions GatherOptions(const OptionSources& sources) { return Gatherer(sources).Gather(); }

std::optional<std::string> ReadEnvironment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

}  // namespace parley::app
