// The commands of `parley`, as one table. A row says what the command takes; --help, the parser and
// docs/command-line.md are made from it.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "cli/admin_api.h"
#include "cli/arguments.h"
#include "cli/output.h"

namespace parley::cli {

// What opens the data folder itself, without a server; implemented by app. The objects are what is
// printed, see the commands of folder.cc.
class Local {
 public:
  virtual ~Local() = default;
  // {"problems": [{"option", "text"}], "notes": [text]}
  virtual base::Result<base::json::object> Check() = 0;
  // {"from", "to"}: schema numbers.
  virtual base::Result<base::json::object> Migrate() = 0;
  // {"folder", "files", "copied", "bytes", "schema", "key_included", "key_fingerprint", "damaged"}.
  // A running server is asked to make it.
  virtual base::Result<base::json::object> Backup(const std::string& folder, bool with_key) = 0;
  // The same members, but "copied" and "damaged".
  virtual base::Result<base::json::object> Restore(const std::string& backup) = 0;
  // {"files": [path]}
  virtual base::Result<base::json::object> WriteDocs(const std::string& folder) = 0;
  virtual std::string Version() const = 0;
};

struct Session {
  const Arguments& arguments;
  AdminApi& api;
  Local& local;
  Output& output;
};

enum class Needs {
  kServer,  // the admin API of a running server: --data, --url, --token
  kFolder,  // the server's own options, as `serve` takes them
  kNothing,
};

struct Command {
  std::string_view name;  // "account list"
  std::string_view summary;
  Needs needs;
  std::span<const ArgumentSpec> arguments;
  // The exit code, or an error, which is printed and becomes exit code 1.
  base::Result<int> (*run)(Session& session);
  bool hidden = false;
};

// A command's first word that has further commands below it.
struct CommandGroup {
  std::string_view name, summary;
};

std::span<const Command> Commands();
std::span<const CommandGroup> CommandGroups();

}  // namespace parley::cli
