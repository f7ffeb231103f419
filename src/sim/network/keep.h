// Keep: what a front of the network (its wire, its Graph API) remembers over restarts. A map from
// names to bytes in an append-only file (docs/protocol/simulated-wire.md, "The file").
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sim/network/log.h"

namespace parley::sim::network {

// Thread: that of the network.
class Keep {
 public:
  // Reads the log, which must outlive it, and cuts a last record off that is not whole. `mark` is
  // what the file begins with, and must live as long. kInvalidState when there is something else
  // in the file.
  static base::Result<std::unique_ptr<Keep>> Open(Log& log, std::string_view mark);

  // nullptr when there is nothing of that name; valid until the next Set.
  const std::string* Find(std::string_view name) const;
  // Writes it; empty removes it. When the file cannot be written it is logged, and holds until the
  // process ends: a simulated network goes on without its disk.
  void Set(std::string name, std::string value);
  // Everything whose name begins like that, by name.
  void Visit(std::string_view prefix,
             const std::function<void(std::string_view name, std::string_view value)>& visit) const;

 private:
  Keep(Log& log, std::string_view mark) : log_(log), mark_(mark) {}
  base::Result<void> Read();

  Log& log_;
  const std::string_view mark_;
  std::map<std::string, std::string, std::less<>> values_;
  bool complained_ = false;
};

// Opens the file for a Keep. One that holds much that was written over since is written anew first.
base::Result<std::unique_ptr<Log>> OpenKeepFile(const std::string& path, std::string_view mark);

}  // namespace parley::sim::network
