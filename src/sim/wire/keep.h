// Keep: what the wire's side of the network remembers over restarts: keys of phones and devices,
// and their sessions. A map from names to bytes in an append-only file
// (docs/protocol/simulated-wire.md, "The file").
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sim/network/log.h"
#include "sim/wire/layers.h"

namespace parley::sim::wire {

// Thread: that of the network.
class Keep {
 public:
  // Reads the log, which must outlive it, and cuts a last record off that is not whole.
  // kInvalidState when there is something else in the file.
  static base::Result<std::unique_ptr<Keep>> Open(net::Log& log);

  // nullptr when there is nothing of that name; valid until the next Set.
  const std::string* Find(std::string_view name) const;
  // Writes it; empty removes it. When the file cannot be written it is logged, and holds until the
  // process ends: a simulated network goes on without its disk.
  void Set(std::string name, std::string value);
  // Everything whose name begins like that, by name.
  void Visit(std::string_view prefix,
             const std::function<void(std::string_view name, std::string_view value)>& visit) const;

 private:
  explicit Keep(net::Log& log) : log_(log) {}
  base::Result<void> Read();

  net::Log& log_;
  std::map<std::string, std::string, std::less<>> values_;
  bool complained_ = false;
};

// Opens the file for a Keep. One that holds much that was written over since is written anew first.
base::Result<std::unique_ptr<net::Log>> OpenKeepFile(const std::string& path);

}  // namespace parley::sim::wire
