// An SQLite VFS that writes the write-ahead log in large pieces.
//
// SQLite writes a page to its log with two system calls, one for the frame's header and one for the
// page: a commit of thirty pages is sixty calls, then one sync. Here what lies end to end is
// gathered and written with one call before anything could tell the difference: before a sync, a
// read, a question for the size, a truncation, and before a write elsewhere.
//
// Durability is SQLite's: with synchronous=FULL it syncs the log before it publishes a commit in
// the log's index, so no other connection looks for a frame that is still in memory
// (https://sqlite.org/walformat.html, "The WAL-Index File Format"). A failed write is reported by
// the call that made it happen, in a commit that is the sync.
#pragma once

#include <memory>
#include <string>

namespace parley::storage {

// Thread: any may open files by it; a file is its connection's.
class LogVfs {
 public:
  // Over the named VFS; empty = SQLite's default. It must outlive this one, and this one every
  // connection that was opened with it.
  explicit LogVfs(const std::string& real);
  ~LogVfs();

  // For sqlite3_open_v2. Each object has a name of its own. Empty if there is no such VFS.
  const std::string& name() const;

  struct State;

 private:
  std::unique_ptr<State> state_;
};

}  // namespace parley::storage
