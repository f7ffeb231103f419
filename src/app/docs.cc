#include "app/docs.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/api_tables.h"
#include "app/event_samples.h"
#include "app/options.h"
#include "base/json.h"
#include "cli/command_line.h"

namespace parley::app {
namespace {

constexpr std::string_view kConfigurationHead =
    R"(<!-- Printed by `parley docs .` from src/app/options.cc; change it there. -->
# Configuration

Every option of `parley serve` can be given in three ways. The first that names it counts:

1. a flag: `--listen 127.0.0.1:8080`
2. the environment: `PARLEY_LISTEN=127.0.0.1:8080` (an empty variable is as if it were not set)
3. a line of the file that `--config` or `PARLEY_CONFIG` names: `listen = 127.0.0.1:8080`

In the file, empty lines and lines that start with `#` are left out, and a value reaches to the end of
its line. `parley.conf.example` at the top of the sources has every option with its default. An unknown
name, a name that stands twice or a value that cannot be read is refused, with file and line.
`parley check` takes the same options and says what is wrong with them and with the data folder.

Times are written as in `500ms`, `30s`, `5m`, `2h` or `7d`; lists are divided by commas.

| Option | Environment | Default | |
|---|---|---|---|
)";

constexpr std::string_view kExampleHead =
    R"(# Parley's configuration, for `parley serve --config FILE`.
# Printed by `parley docs .` from src/app/options.cc; docs/configuration.md says more.
# Every option stands here with its default.
)";

constexpr std::string_view kCommandsHead =
    R"(<!-- Printed by `parley docs .` from src/cli/commands.cc; change it there. -->
# Commands

`parley serve` runs the gateway; its options are in [configuration.md](configuration.md). The other
commands either ask a running server over its admin API, or open the data folder themselves: `check`,
`backup`, `restore` and `migrate` take the options of `parley serve`. The exit code is 0 when it was
done, 1 when it was refused or failed, and 2 when it was called wrongly.
)";

constexpr std::string_view kEventsHead =
    R"(<!-- Printed by `parley docs .` from the dialects' tables of events; change them there. -->
# Webhook events

Every event that can be subscribed to, by dialect, with one body as the gateway posts it: printed by the
encoders that serve subscribers, of made-up happenings. What holds for all of them (order, retries,
signatures) is in [docs/webhooks.md](../webhooks.md).
)";

// "|" divides the cells of a table.
std::string Cell(std::string text) {
  for (std::size_t i = 0; (i = text.find('|', i)) != std::string::npos; i += 2)
    text.insert(i, "\\");
  return text;
}

std::string PrintConfiguration() {
  std::string text(kConfigurationHead);
  const Options defaults;
  for (const OptionRow& row : OptionRows()) {
    if (row.hidden) continue;
    const std::string value = OptionText(row, defaults);
    text += fmt::format("| `{}` | `{}` | {} | {} |\n", row.name, EnvironmentName(row),
                        value.empty() ? "" : "`" + value + "`", Cell(std::string(row.help)));
  }
  return text;
}

std::string PrintExample() {
  std::string text(kExampleHead);
  const Options defaults;
  for (const OptionRow& row : OptionRows()) {
    if (row.hidden || row.name == "config") continue;
    const std::string value = OptionText(row, defaults);
    text +=
        fmt::format("\n# {}\n# {} ={}{}\n", row.help, row.name, value.empty() ? "" : " ", value);
  }
  return text;
}

// One member or item a line.
void AppendLines(std::string& text, const base::json::value& value, std::size_t depth) {
  const auto items = [&](char open, char close, const auto& all, const auto& append) {
    text += open;
    for (const auto& item : all) {
      text += (&item == &*all.begin() ? "\n" : ",\n") + std::string(2 * (depth + 1), ' ');
      append(item);
    }
    if (!all.empty()) text += '\n' + std::string(2 * depth, ' ');
    text += close;
  };
  if (const auto* object = value.if_object()) {
    items('{', '}', *object, [&](const base::json::key_value_pair& member) {
      text += base::ToText(base::json::value(member.key())) + ": ";
      AppendLines(text, member.value(), depth + 1);
    });
  } else if (const auto* array = value.if_array()) {
    items('[', ']', *array,
          [&](const base::json::value& item) { AppendLines(text, item, depth + 1); });
  } else {
    text += base::ToText(value);
  }
}

std::string PrintEvents() {
  std::string text(kEventsHead);
  for (const DialectSamples& dialect : EventSamples()) {
    text += fmt::format("\n## {}\n\n{}\n", dialect.title, dialect.about);
    for (const EventSample& event : dialect.events) {
      text += fmt::format("\n### {}: `{}`\n\n{}.\n", dialect.title, event.name, event.when);
      const auto body = base::ParseJson(event.body);
      if (!body) continue;
      text += "\n```json\n";
      AppendLines(text, *body, 0);
      text += "\n```\n";
    }
  }
  return text;
}

std::string PrintCommandLine() { return std::string(kCommandsHead) + cli::PrintCommands(); }

}  // namespace

std::vector<PrintedDocument> PrintDocuments() {
  std::vector<PrintedDocument> documents = {
      {"docs/configuration.md", PrintConfiguration()},
      {"docs/command-line.md", PrintCommandLine()},
      {"docs/api/events.md", PrintEvents()},
      {"parley.conf.example", PrintExample()},
  };
  for (const ApiTable& table : ApiTables())
    documents.push_back({fmt::format("docs/api/{}.md", table.name), MarkdownOf(table)});
  return documents;
}

base::Result<std::vector<std::string>> WriteDocuments(const std::string& folder) {
  std::vector<std::string> written;
  for (const PrintedDocument& document : PrintDocuments()) {
    const auto path = (std::filesystem::path(folder) / document.path).lexically_normal();
    std::error_code error;
    std::filesystem::create_directories(path.parent_path(), error);
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << document.text;
    file.close();
    if (!file)
      return base::Error(base::ErrorCode::kUnavailable,
                         fmt::format("Cannot write {}", path.string()));
    written.push_back(path.string());
  }
  return written;
}

}  // namespace parley::app
