#include "storage/sqlite/log_vfs.h"

#include <sqlite3.h>

#include <atomic>
#include <cstddef>
#include <new>
#include <vector>

namespace parley::storage {

struct LogVfs::State {
  std::string name;
  sqlite3_vfs vfs{};
  sqlite3_vfs* real = nullptr;
};

namespace {

// So much is gathered at most: SQLite's own VFS takes only the low 17 bits of a write's size
// (seekAndWriteFd in os_unix.c). Some thirty pages; SQLite writes one page at a time at most.
constexpr std::size_t kMostGathered = 0x1FFFF;

// SQLite gives room for this; the real VFS's file lies right behind it.
struct File {
  sqlite3_file base;
  bool is_log;
  sqlite3_int64 begin;         // where `gathered` belongs
  std::vector<char> gathered;  // not written yet
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
static_assert(sizeof(File) % alignof(std::max_align_t) == 0);

File& Of(sqlite3_file* file) { return *reinterpret_cast<File*>(file); }

using Methods = sqlite3_io_methods;

// The same call on the real file.
template <class Method, class... Arguments>
int Pass(sqlite3_file* file, Method method, Arguments... arguments) {
  sqlite3_file* real = Of(file).real();
  return (real->pMethods->*method)(real, arguments...);
}

// A write that failed is not tried again: SQLite is told, and rolls back.
int Flush(sqlite3_file* raw) {
  File& file = Of(raw);
  if (file.gathered.empty()) return SQLITE_OK;
  const int code = Pass(raw, &Methods::xWrite, static_cast<const void*>(file.gathered.data()),
                        static_cast<int>(file.gathered.size()), file.begin);
  file.gathered.clear();
  return code;
}

template <class Method, class... Arguments>
int FlushAndPass(sqlite3_file* file, Method method, Arguments... arguments) {
  if (const int code = Flush(file); code != SQLITE_OK) return code;
  return Pass(file, method, arguments...);
}

int Write(sqlite3_file* raw, const void* from, int size, sqlite3_int64 offset) {
  File& file = Of(raw);
  if (!file.is_log) return Pass(raw, &Methods::xWrite, from, size, offset);
  const auto bytes = static_cast<std::size_t>(size);
  const auto end = file.begin + static_cast<sqlite3_int64>(file.gathered.size());
  if (offset != end || file.gathered.size() + bytes > kMostGathered)
    if (const int code = Flush(raw); code != SQLITE_OK) return code;
  if (file.gathered.empty()) file.begin = offset;
  const char* data = static_cast<const char*>(from);
  file.gathered.insert(file.gathered.end(), data, data + bytes);
  return SQLITE_OK;
}
int Close(sqlite3_file* file) {
  const int flushed = Flush(file);
  const int closed = Pass(file, &Methods::xClose);
  Of(file).~File();
  return flushed != SQLITE_OK ? flushed : closed;
}
int Read(sqlite3_file* file, void* into, int size, sqlite3_int64 offset) {
  return FlushAndPass(file, &Methods::xRead, into, size, offset);
}
int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  return FlushAndPass(file, &Methods::xTruncate, size);
}
int Sync(sqlite3_file* file, int flags) { return FlushAndPass(file, &Methods::xSync, flags); }
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return FlushAndPass(file, &Methods::xFileSize, size);
}
int FileControl(sqlite3_file* file, int op, void* argument) {
  return FlushAndPass(file, &Methods::xFileControl, op, argument);
}
int Lock(sqlite3_file* file, int level) { return Pass(file, &Methods::xLock, level); }
int Unlock(sqlite3_file* file, int level) { return Pass(file, &Methods::xUnlock, level); }
int CheckReservedLock(sqlite3_file* file, int* held) {
  return Pass(file, &Methods::xCheckReservedLock, held);
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

// Version 2: no memory-mapped reads, which would not see what is gathered.
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
  file.is_log = (flags & SQLITE_OPEN_WAL) != 0;
  sqlite3_vfs* real = static_cast<LogVfs::State*>(vfs->pAppData)->real;
  const int code = real->xOpen(real, name, file.real(), flags, out_flags);
  if (file.real()->pMethods != nullptr)
    file.base.pMethods = &kMethods;
  else
    file.~File();  // SQLite does not close it
  return code;
}

}  // namespace

LogVfs::LogVfs(const std::string& real) : state_(std::make_unique<State>()) {
  static std::atomic<int> made{0};
  state_->real = sqlite3_vfs_find(real.empty() ? nullptr : real.c_str());
  if (state_->real == nullptr) return;
  state_->name = "parley-log-" + std::to_string(++made);
  // Everything but opening files goes to the real one, which takes itself for the caller.
  state_->vfs = *state_->real;
  state_->vfs.pNext = nullptr;
  state_->vfs.zName = state_->name.c_str();
  state_->vfs.szOsFile = static_cast<int>(sizeof(File)) + state_->real->szOsFile;
  state_->vfs.pAppData = state_.get();
  state_->vfs.xOpen = Open;
  if (sqlite3_vfs_register(&state_->vfs, 0) != SQLITE_OK) state_->name.clear();
}

LogVfs::~LogVfs() {
  if (!state_->name.empty()) sqlite3_vfs_unregister(&state_->vfs);
}

const std::string& LogVfs::name() const { return state_->name; }

}  // namespace parley::storage
