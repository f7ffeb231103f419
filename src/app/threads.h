// Every thread of the process, and who lives there.
//
// network        one: all HTTP connections, dialects, channels, links, the deliverer and the
//                simulated network. Its scheduler is the process's.
// store writer   one: all write transactions (storage/sqlite/sqlite_store.cc)
// store readers  two: read transactions
// checkpointer   one: copies the write-ahead log into the database
// pool           two: name resolution, media files
// speech         --speech-at-once: wait for the processes that hear voice messages
//
// Crossing from one to another means posting a value; nothing is shared but the store's queues and
// atomic counters.
#pragma once

#include <cstddef>

namespace parley::app {

inline constexpr int kStoreReaders = 2;
inline constexpr std::size_t kPoolThreads = 2;

}  // namespace parley::app
