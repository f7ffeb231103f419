// WebSocket: one open connection (RFC 6455), of either side, over TCP or TLS. Binary messages.
//
// Thread: that of the scheduler it was made on.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "base/task.h"

namespace parley::http {

class WebSocket {
 public:
  // Closes the connection without ceremony if it is still open.
  virtual ~WebSocket() = default;

  // The next message, whole. One call at a time. kUnavailable when the connection ended, also by
  // the other side's wish or by Close; kBodyTooLarge for a message over the bound, kMalformedBody
  // for text. After a failure it is closed, and every later call fails as well.
  virtual base::Task<base::Result<std::string>> Read() = 0;
  // Returns when the message was handed to the kernel. Calls may overlap; messages go out in the
  // order of the calls. kUnavailable as for Read.
  virtual base::Task<base::Result<void>> Write(std::string message) = 0;
  // The bound from the next message on; before, it is what the connection was made with. So a
  // stranger cannot make this side hold more than a handshake needs.
  virtual void BoundMessages(std::size_t bytes) = 0;
  // Ends what waits in Read and Write. Thread: its own; any number of times.
  virtual void Close() = 0;
};

}  // namespace parley::http
