// Commands on the data folder: they print what app has done.
#include <fmt/format.h>

#include "cli/handlers.h"
#include "cli/lookup.h"

namespace parley::cli {
namespace {

namespace json = base::json;

const json::array& ArrayOf(const json::object& object, std::string_view name) {
  static const json::array none;
  const json::value* found = base::Find(object, name);
  return found != nullptr && found->is_array() ? found->get_array() : none;
}

std::string TextOf(const json::object& object, std::string_view name) {
  const json::value* found = base::Find(object, name);
  if (found == nullptr || found->is_null()) return "";
  return found->is_string() ? std::string(base::FindText(object, name)) : base::ToText(*found);
}

bool IsTrue(const json::object& object, std::string_view name) {
  const json::value* found = base::Find(object, name);
  return found != nullptr && found->is_bool() && found->get_bool();
}

std::string_view View(const json::value& text) {
  return text.is_string() ? std::string_view(text.get_string().data(), text.get_string().size())
                          : std::string_view();
}

}  // namespace

base::Result<int> Check(Session& session) {
  PARLEY_TRY(report, session.local.Check());
  const json::array& problems = ArrayOf(report, "problems");
  if (session.output.json()) {
    session.output.Json(report);
    return problems.empty() ? 0 : 1;
  }
  for (const json::value& note : ArrayOf(report, "notes"))
    session.output.Line(fmt::format("ok       {}", View(note)));
  for (const json::value& problem : problems)
    session.output.Line(fmt::format("problem  {}", TextOf(problem.as_object(), "text")));
  session.output.Line(problems.empty() ? "No problems found."
                                       : fmt::format("Problems found: {}.", problems.size()));
  return problems.empty() ? 0 : 1;
}

base::Result<int> Migrate(Session& session) {
  PARLEY_TRY(report, session.local.Migrate());
  if (session.output.json()) {
    session.output.Json(report);
    return 0;
  }
  const std::string from = TextOf(report, "from"), to = TextOf(report, "to");
  session.output.Line(from == to ? fmt::format("The database has schema {} already.", to)
                                 : fmt::format("Migrated from schema {} to {}.", from, to));
  return 0;
}

base::Result<int> Backup(Session& session) {
  PARLEY_TRY(report, session.local.Backup(session.arguments.Text("FOLDER"),
                                          !session.arguments.Has("--without-key")));
  const std::string fingerprint = TextOf(report, "key_fingerprint");
  const json::array& damaged = ArrayOf(report, "damaged");
  if (session.output.json()) {
    session.output.Json(report);
  } else {
    session.output.Line(fmt::format("Backed up to {}: {} files, {} bytes, {} of them new.",
                                    TextOf(report, "folder"), TextOf(report, "files"),
                                    TextOf(report, "bytes"), TextOf(report, "copied")));
    session.output.Line(
        IsTrue(report, "key_included")
            ? fmt::format("The key that seals secrets (fingerprint {}) is included: keep the "
                          "backup as safe as the server.",
                          fingerprint)
            : fmt::format("The key that seals secrets (fingerprint {}) is NOT included: keep it "
                          "elsewhere, a restored server cannot open its secrets without it.",
                          fingerprint));
  }
  for (const json::value& path : damaged)
    session.output.Note(
        fmt::format("{} is damaged in the data folder and was left out of the backup", View(path)));
  return damaged.empty() ? 0 : 1;
}

base::Result<int> Restore(Session& session) {
  PARLEY_TRY(report, session.local.Restore(session.arguments.Text("BACKUP")));
  if (session.output.json()) {
    session.output.Json(report);
    return 0;
  }
  session.output.Line(fmt::format("Restored {} files, {} bytes, into {}.", TextOf(report, "files"),
                                  TextOf(report, "bytes"), TextOf(report, "folder")));
  if (!IsTrue(report, "key_included"))
    session.output.Line(fmt::format(
        "The backup has no key: before serving, put the key with fingerprint {} at {}/key, or name "
        "it with --key-file.",
        TextOf(report, "key_fingerprint"), TextOf(report, "folder")));
  return 0;
}

base::Result<int> WriteDocs(Session& session) {
  PARLEY_TRY(report, session.local.WriteDocs(session.arguments.Text("FOLDER")));
  session.output.Card(report);
  return 0;
}

base::Result<int> ShowVersion(Session& session) {
  if (session.output.json()) {
    json::object version;
    version["version"] = base::JsonView(session.local.Version());
    session.output.Json(version);
  } else {
    session.output.Line("Parley " + session.local.Version());
  }
  return 0;
}

}  // namespace parley::cli
