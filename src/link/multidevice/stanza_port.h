// StanzaPort: the live connection as the topics of the link see it (messages, receipts, usync,
// ...).
//
// Thread: the channel's. A port belongs to one connection; after that has ended it answers
// kUnavailable, and the topics get the port of the next one.
#pragma once

#include <string>

#include "base/result.h"
#include "base/task.h"
#include "base/time.h"
#include "wire/binary/node.h"

namespace parley::link::multidevice {

class StanzaPort {
 public:
  virtual ~StanzaPort() = default;

  // Returns when the stanza was handed to the kernel, which says nothing of whether it arrives.
  // Stanzas go out in the order of the calls. kUnavailable: the connection ended, and it did not
  // leave, or not whole.
  virtual base::Task<base::Result<void>> Send(wire::binary::Node stanza) = 0;

  // Sends an <iq> without an id, gives it one, and waits for the answer of that id. An answer of
  // type "error" is a value, too: the node itself (QueryError in queries.h reads it).
  // kTimeout after `limit`, kUnavailable when the connection ended first.
  virtual base::Task<base::Result<wire::binary::Node>> Ask(wire::binary::Node iq,
                                                           base::Duration limit) = 0;

  // A fresh id of this connection, for stanzas that are no queries and carry one.
  virtual std::string NextId() = 0;
};

}  // namespace parley::link::multidevice
