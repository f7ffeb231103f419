// Log: the append-only bytes of the network's file. What stands in them is record_log.h's business;
// the format is described in docs/protocol/simulated-network-file.md.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::sim::network {

// Thread: one at a time.
class Log {
 public:
  virtual ~Log() = default;

  virtual std::uint64_t size() const = 0;
  // Adds the bytes at the end in one write. After an error nothing of them is left.
  virtual base::Result<void> Append(std::string_view bytes) = 0;
  // Up to `length` bytes from `offset`; fewer only at the end.
  virtual base::Result<std::string> Read(std::uint64_t offset, std::size_t length) const = 0;
  // Cuts off everything from `size` on.
  virtual base::Result<void> Truncate(std::uint64_t size) = 0;
};

// Opens or makes the file and locks it against other processes. kUnavailable names the file and the
// reason: in use, no permission, no such folder.
base::Result<std::unique_ptr<Log>> OpenFileLog(const std::string& path);

// For virtual time. `bytes` is what an earlier run left.
class MemoryLog final : public Log {
 public:
  explicit MemoryLog(std::string bytes = {}) : bytes_(std::move(bytes)) {}

  std::uint64_t size() const override { return bytes_.size(); }
  base::Result<void> Append(std::string_view bytes) override;
  base::Result<std::string> Read(std::uint64_t offset, std::size_t length) const override;
  base::Result<void> Truncate(std::uint64_t size) override;

  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace parley::sim::network
