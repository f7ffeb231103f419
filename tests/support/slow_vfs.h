// A SQLite VFS for tests: the default one, with a disk that can be told to be slow, broken or full.
//
// It acts on the write-ahead log, where commits become durable; the database itself stays whole.
// Give its name to storage::SqliteOptions::vfs. It must outlive the store.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

namespace parley::testing {

// Thread: any.
class SlowVfs {
 public:
  SlowVfs();
  ~SlowVfs();
  const std::string& name() const;

  // From now on a sync of the log waits until Release, as on a disk that is busy.
  void HoldSyncs();
  // Waits until a sync is held; false after `limit`.
  bool WaitForHeldSync(std::chrono::seconds limit);
  void Release();

  // The next `times` syncs of the log fail (-1: all). What was written stays in the file, as it
  // stays in the system's cache after a failed fsync, where a recovery would find it.
  void FailSyncs(int times);
  // Whether writes to the log fail for want of space.
  void FillDisk(bool full);
  // The next log that is to be opened cannot be, as in a folder that may not be written.
  void RefuseLogs(bool refuse);

  std::int64_t syncs() const;  // of the log, that went well

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace parley::testing
