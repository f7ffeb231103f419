#include "app/check.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/data_folder.h"
#include "app/recogniser.h"
#include "base/scheduler.h"
#include "http/server.h"
#include "http/tls_context.h"
#include "storage/sqlite/database_file.h"

namespace parley::app {
namespace {

namespace fs = std::filesystem;
namespace json = base::json;

// Open files besides connections: the database, media under way, webhooks' connections.
constexpr std::int64_t kOtherFiles = 1500;
constexpr std::uint64_t kLittleSpace = 1u << 30;

class NoService final : public http::Service {
 public:
  std::size_t BodyLimit(const http::Request&) const override { return 0; }
  base::Task<http::Response> Handle(http::Request) override { co_return http::Response(); }
};

class Checker {
 public:
  explicit Checker(const Options& options) : options_(options) {}

  void Run() {
    CheckFolder();
    CheckPorts();
    CheckKey();
    CheckDatabase();
    CheckCaFiles();
    CheckFileLimit();
    CheckRecogniser();
  }

  void Problem(std::string_view option, std::string text) {
    json::object problem;
    problem["option"] = base::JsonView(option);
    problem["text"] = base::JsonView(text);
    problems_.push_back(std::move(problem));
  }
  void Note(const std::string& text) { notes_.push_back(json::string(text)); }

  json::object Report() {
    json::object report;
    report["problems"] = std::move(problems_);
    report["notes"] = std::move(notes_);
    return report;
  }

 private:
  std::string Path(std::string_view name) const { return options_.data + "/" + std::string(name); }
  bool Exists(const std::string& path) const {
    std::error_code error;
    return fs::exists(path, error);
  }

  void CheckFolder() {
    struct stat status {};
    if (::stat(options_.data.c_str(), &status) != 0) return CheckFolderToBe();
    if (!S_ISDIR(status.st_mode))
      return Problem("data",
                     fmt::format("--data: {} is not a folder. Choose another", options_.data));
    for (const std::string& path : {options_.data, Path(kMediaName), Path(kDatabaseName)})
      if (Exists(path) && ::access(path.c_str(), R_OK | W_OK) != 0)
        Problem("data", fmt::format("--data: cannot write {}: {}. Give it to the user who runs "
                                    "Parley",
                                    path, std::strerror(errno)));
    if ((status.st_mode & 077) != 0)
      Problem("data",
              fmt::format("--data: others may look into {}, where keys lie. Run chmod 700 {}",
                          options_.data, options_.data));
    if (auto restored = CheckRestored(options_.data); !restored)
      Problem("data", "--data: " + std::string(restored.error().public_text()));
    holder_ = LockHolder(options_.data);
    Note(holder_ > 0 ? fmt::format("data folder {}, in use by process {}", options_.data, holder_)
                     : fmt::format("data folder {}", options_.data));
    std::error_code error;
    if (const auto space = fs::space(options_.data, error);
        !error && space.available < kLittleSpace)
      Problem("data", fmt::format("--data: only {} MB are free for {}. Make room",
                                  space.available >> 20, options_.data));
  }

  // The folder is made at the first start.
  void CheckFolderToBe() {
    std::error_code error;
    fs::path parent = fs::absolute(options_.data, error).lexically_normal();
    while (!parent.empty() && !fs::exists(parent, error)) {
      if (!parent.has_relative_path()) break;
      parent = parent.parent_path();
    }
    if (::access(parent.c_str(), W_OK | X_OK) != 0)
      return Problem("data", fmt::format("--data: {} cannot be made in {}: {}. Choose another, or "
                                         "make it and give it to the user who runs Parley",
                                         options_.data, parent.string(), std::strerror(errno)));
    Note(fmt::format("data folder {}, to be made at the first start", options_.data));
  }

  void CheckPorts() {
    if (holder_ > 0) return;
    CheckPort("listen", options_.listen);
    const bool has_network = options_.demo || options_.simulated_network;
    if (has_network) CheckPort("sim-listen", SimulatedListen(options_));
  }

  void CheckPort(std::string_view option, const std::string& text) {
    const auto address = ParseListen(text);
    if (!address) return;  // a fault of the options, told as such
    base::RealScheduler scheduler;
    NoService service;
    http::ServerOptions server;
    server.address = address->host;
    server.port = address->port;
    if (auto listening = http::Listen(scheduler, service, server); !listening)
      Problem(option, fmt::format("--{}: {}. Choose another, or stop what uses it", option,
                                  listening.error().public_text()));
    else
      Note(fmt::format("{} {}", option, text));
  }

  // Reads the key only; says nothing of what is in it.
  void CheckKey() {
    const bool own_key = options_.key_file.empty();
    const std::string path = own_key ? Path(kKeyName) : options_.key_file;
    if (own_key && !Exists(path) && !Exists(Path(kDatabaseName))) return;
    const auto random = base::MakeSystemRandom();
    if (auto key = LoadFolderKey(options_.data, options_.key_file, *random); !key)
      return Problem("key-file", "--key-file: " + std::string(key.error().public_text()));
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0 && (status.st_mode & 077) != 0)
      return Problem("key-file",
                     fmt::format("--key-file: others may read {}. Run chmod 600 {}", path, path));
    Note(fmt::format("key file {}", path));
  }

  void CheckDatabase() {
    const std::string path = Path(kDatabaseName);
    if (!Exists(path)) return;
    auto schema = storage::SchemaOf(path);
    if (!schema) return Problem("data", DatabaseFault(path, schema.error()));
    if (*schema > storage::NewestSchema())
      return Problem("data", fmt::format("--data: the database has schema {}, this Parley knows up "
                                         "to {}. Run the newer Parley that wrote it, or restore a "
                                         "backup",
                                         *schema, storage::NewestSchema()));
    auto faults = storage::FaultsOf(path);
    if (!faults) return Problem("data", DatabaseFault(path, faults.error()));
    for (const std::string& fault : *faults)
      Problem("data", fmt::format("--data: the database is damaged: {}. Restore a backup", fault));
    if (!faults->empty()) return;
    Note(*schema == storage::NewestSchema()
             ? fmt::format("database {}, schema {}, sound", path, *schema)
             : fmt::format("database {}, schema {}, sound; to be brought to schema {} at the next "
                           "start",
                           path, *schema, storage::NewestSchema()));
  }

  static std::string DatabaseFault(const std::string& path, const base::Error& error) {
    return fmt::format("--data: {} cannot be used: {}. Restore a backup", path,
                       error.detail.empty() ? std::string(error.public_text()) : error.detail);
  }

  // One by one, so that every faulty file is named.
  void CheckCaFiles() {
    for (const std::string& file : options_.ca_files) {
      if (auto made = http::MakeTlsContext({file}); !made)
        Problem("ca-files", fmt::format("--ca-files: {}. Give files with PEM certificates",
                                        made.error().public_text()));
      else
        Note(fmt::format("certificates {}", file));
    }
  }

  void CheckFileLimit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const auto allowed = static_cast<std::int64_t>(limit.rlim_max);
    if (limit.rlim_max != RLIM_INFINITY && allowed < options_.max_connections + kOtherFiles)
      return Problem(
          "max-connections",
          fmt::format("--max-connections is {}, but only {} files may be open. Raise the "
                      "limit (ulimit -Hn, LimitNOFILE=) to {}, or lower the option",
                      options_.max_connections, allowed, options_.max_connections + kOtherFiles));
    Note(fmt::format("open files: {} allowed",
                     limit.rlim_max == RLIM_INFINITY ? "any number" : std::to_string(allowed)));
  }

  // Most accounts need none.
  void CheckRecogniser() {
    if (const auto fault = RecogniserFault(options_))
      Note("no embedded recogniser of speech: " + *fault);
  }

  const Options& options_;
  int holder_ = 0;
  json::array problems_, notes_;
};

}  // namespace

json::object CheckInstallation(const GatheredOptions& gathered) {
  Checker checker(gathered.options);
  for (const std::string& fault : gathered.faults) checker.Problem("", fault);
  if (!gathered.options.config.empty())
    checker.Note(fmt::format("configuration {}", gathered.options.config));
  checker.Run();
  return checker.Report();
}

}  // namespace parley::app
