// Records on a Log: written one by one, read back by offset, and all of them once at the start.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>

#include "base/result.h"
#include "sim/network/log.h"
#include "sim/network/records.h"

namespace parley::sim::network {

// Thread: that of the network.
class RecordLog {
 public:
  explicit RecordLog(Log& log) : log_(log) {}
  RecordLog(const RecordLog&) = delete;

  // Must be called once, before anything else. Gives every record with its offset, in order; cuts
  // off a torn tail. kInvalidState, with the offset in its text, when a record cannot be understood
  // or `apply` refuses it.
  using Apply = std::function<base::Result<void>(std::uint64_t offset, const Record& record)>;
  base::Result<void> Replay(const Apply& apply);

  // Writes the record and answers its offset. Refuses what could not be read back.
  base::Result<std::uint64_t> Append(std::shared_ptr<const Record> record);

  // Takes back the record that was just appended.
  base::Result<void> TakeBack(std::uint64_t offset);

  // The record at an offset that Replay or Append gave. Recent ones come from memory.
  base::Result<std::shared_ptr<const Record>> Fetch(std::uint64_t offset);

 private:
  struct Cached {
    std::uint64_t offset = 0;
    std::shared_ptr<const Record> record;
  };
  // One place per offset, so that the cache costs neither a list nor a search.
  Cached& PlaceOf(std::uint64_t offset);
  void Remember(std::uint64_t offset, std::size_t size, std::shared_ptr<const Record> record);
  base::Result<void> ReplayRecords(const Apply& apply);
  base::Result<void> CutTail(std::uint64_t offset);

  Log& log_;
  std::array<Cached, 2048> recent_;
};

}  // namespace parley::sim::network
