// The commands that open the data folder themselves, under the lock that `serve` holds.
#pragma once

#include "app/option_sources.h"
#include "cli/command.h"

namespace parley::app {

class LocalCommands final : public cli::Local {
 public:
  // `gathered` and `api` outlive it; `api` reaches the server that runs on the data folder, if any.
  LocalCommands(const GatheredOptions& gathered, cli::AdminApi& api)
      : gathered_(gathered), options_(gathered.options), api_(api) {}

  base::Result<base::json::object> Check() override;
  base::Result<base::json::object> Migrate() override;
  base::Result<base::json::object> Backup(const std::string& folder, bool with_key) override;
  base::Result<base::json::object> Restore(const std::string& backup) override;
  base::Result<base::json::object> WriteDocs(const std::string& folder) override;
  std::string Version() const override;

 private:
  std::string DatabasePath() const;
  base::Result<void> NeedDatabase() const;

  const GatheredOptions& gathered_;
  const Options& options_;
  cli::AdminApi& api_;
};

}  // namespace parley::app
