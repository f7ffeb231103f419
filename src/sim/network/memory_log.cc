#include "sim/network/log.h"

namespace parley::sim::network {

base::Result<void> MemoryLog::Append(std::string_view bytes) {
  bytes_ += bytes;
  return {};
}

base::Result<std::string> MemoryLog::Read(std::uint64_t offset, std::size_t length) const {
  if (offset >= bytes_.size()) return std::string();
  return bytes_.substr(offset, length);
}

base::Result<void> MemoryLog::Truncate(std::uint64_t size) {
  if (size < bytes_.size()) bytes_.resize(size);
  return {};
}

}  // namespace parley::sim::network
