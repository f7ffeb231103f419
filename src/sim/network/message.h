// Messages: what a message is before and once the network has taken it.
#pragma once

#include <string>

#include "base/time.h"
#include "sim/network/chat.h"
#include "sim/network/content.h"

namespace parley::sim::network {

struct Message {
  std::string id;    // chosen by the sender; the network does not mind if it is not unique
  std::string from;  // a number
  std::string to;    // the address of a chat
  base::Time at;     // the network's time when it accepted the message
  Content content;
  std::string quoted;  // the id of the message this one answers; empty: none
  // The list by which it went to many at once, "<id>@broadcast"; empty: it was written to this
  // chat.
  std::string broadcast;
};

// As recipients see it: what was posted to a newsletter comes from the newsletter.
Message AsReceived(Message message);

// A message that somebody is about to type on a phone.
struct Draft {
  std::string to;  // the address of a chat
  Content content;
  std::string quoted;
  std::string broadcast;  // as Message::broadcast
};

// A message that a device is about to send.
struct DeviceMessage {
  std::string id;
  std::string to;
  Content content;
  std::string quoted;
};

}  // namespace parley::sim::network
