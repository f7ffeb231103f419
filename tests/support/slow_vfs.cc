#include "tests/support/slow_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <new>

namespace parley::testing {

struct SlowVfs::State {
  std::string name;
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;

  mutable std::mutex mutex;
  std::condition_variable changed;
  bool hold = false;      // guarded by mutex, as all below
  int held = 0;           // syncs that wait now
  int failing_syncs = 0;  // -1: all
  bool full = false, refuse_logs = false;
  std::int64_t syncs = 0;

  int SyncLog() {
    std::unique_lock lock(mutex);
    ++held;
    changed.notify_all();
    changed.wait(lock, [&] { return !hold; });
    --held;
    if (failing_syncs == 0) {
      ++syncs;
      return SQLITE_OK;
    }
    if (failing_syncs > 0) --failing_syncs;
    return SQLITE_IOERR_FSYNC;
  }
  bool Full() {
    const std::lock_guard lock(mutex);
    return full;
  }
  bool RefusesLogs() {
    const std::lock_guard lock(mutex);
    return refuse_logs;
  }
};

namespace {

// SQLite gives room for this; the real VFS's file lies right behind it.
struct File {
  sqlite3_file base;
  SlowVfs::State* state;
  bool is_log;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File& Of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }
// The same call on the real file.
template <class Method, class... Arguments>
int Pass(sqlite3_file* file, Method method, Arguments... arguments) {
  sqlite3_file* real = Of(file).real();
  return (real->pMethods->*method)(real, arguments...);
}

using Methods = sqlite3_io_methods;

int Close(sqlite3_file* file) { return Pass(file, &Methods::xClose); }
int Read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  return Pass(file, &Methods::xRead, into, size, offset);
}
int Write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
  if (Of(file).is_log && Of(file).state->Full()) return SQLITE_FULL;
  return Pass(file, &Methods::xWrite, from, size, offset);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return Pass(file, &Methods::xTruncate, size);
}
int Sync(sqlite3_file* file, int flags) {
  if (Of(file).is_log)
    if (const int failed = Of(file).state->SyncLog(); failed != SQLITE_OK) return failed;
  return Pass(file, &Methods::xSync, flags);
}
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Pass(file, &Methods::xFileSize, size);
}
int Lock(sqlite3_file* file, int level) { return Pass(file, &Methods::xLock, level); }
int Unlock(sqlite3_file* file, int level) { return Pass(file, &Methods::xUnlock, level); }
int CheckReservedLock(sqlite3_file* file, int* held) {
  return Pass(file, &Methods::xCheckReservedLock, held);
}
int FileControl(sqlite3_file* file, int op, void* argument) {
  return Pass(file, &Methods::xFileControl, op, argument);
}
int SectorSize(sqlite3_file* file) { return Pass(file, &Methods::xSectorSize); }
int DeviceCharacteristics(sqlite3_file* file) {
  return Pass(file, &Methods::xDeviceCharacteristics);
}
int ShmMap(sqlite3_file* file, int page, int size, int extend, void volatile** into) {
  return Pass(file, &Methods::xShmMap, page, size, extend, into);
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Pass(file, &Methods::xShmLock, offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) {
  sqlite3_file* real = Of(file).real();
  real->pMethods->xShmBarrier(real);
}
int ShmUnmap(sqlite3_file* file, int remove) { return Pass(file, &Methods::xShmUnmap, remove); }

constexpr sqlite3_io_methods kMethods = {2,
                                         Close,
                                         Read,
                                         Write,
                                         Truncate,
                                         Sync,
                                         FileSize,
                                         Lock,
                                         Unlock,
                                         CheckReservedLock,
                                         FileControl,
                                         SectorSize,
                                         DeviceCharacteristics,
                                         ShmMap,
                                         ShmLock,
                                         ShmBarrier,
                                         ShmUnmap,
                                         nullptr,
                                         nullptr};

int Open(sqlite3_vfs* vfs, const char* name, sqlite3_file* raw, int flags, int* out_flags) {
  File& file = *new (raw) File{};
  file.state = static_cast<SlowVfs::State*>(vfs->pAppData);
  file.is_log = (flags & SQLITE_OPEN_WAL) != 0;
  if (file.is_log && file.state->RefusesLogs()) return SQLITE_CANTOPEN;
  const int code = file.state->real->xOpen(file.state->real, name, file.real(), flags, out_flags);
  if (file.real()->pMethods != nullptr) file.base.pMethods = &kMethods;
  return code;
}

}  // namespace

SlowVfs::SlowVfs() : state_(std::make_unique<State>()) {
  static std::atomic<int> made{0};
  state_->name = "slow" + std::to_string(++made);
  state_->real = sqlite3_vfs_find(nullptr);
  if (state_->real == nullptr) std::abort();
  // Everything but opening files goes to the real one, which takes itself for the caller.
  state_->vfs = *state_->real;
  state_->vfs.pNext = nullptr;
  state_->vfs.zName = state_->name.c_str();
  state_->vfs.szOsFile = static_cast<int>(sizeof(File)) + state_->real->szOsFile;
  state_->vfs.pAppData = state_.get();
  state_->vfs.xOpen = Open;
  if (sqlite3_vfs_register(&state_->vfs, 0) != SQLITE_OK) std::abort();
}

SlowVfs::~SlowVfs() {
  Release();
  sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& SlowVfs::name() const { return state_->name; }

void SlowVfs::HoldSyncs() {
  const std::lock_guard lock(state_->mutex);
  state_->hold = true;
}

bool SlowVfs::WaitForHeldSync(std::chrono::seconds limit) {
  std::unique_lock lock(state_->mutex);
  return state_->changed.wait_for(lock, limit, [&] { return state_->hold && state_->held > 0; });
}

void SlowVfs::Release() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->hold = false;
  }
  state_->changed.notify_all();
}

void SlowVfs::FailSyncs(int times) {
  const std::lock_guard lock(state_->mutex);
  state_->failing_syncs = times;
}

void SlowVfs::FillDisk(bool full) {
  const std::lock_guard lock(state_->mutex);
  state_->full = full;
}

void SlowVfs::RefuseLogs(bool refuse) {
  const std::lock_guard lock(state_->mutex);
  state_->refuse_logs = refuse;
}

std::int64_t SlowVfs::syncs() const {
  const std::lock_guard lock(state_->mutex);
  return state_->syncs;
}

}  // namespace parley::testing
