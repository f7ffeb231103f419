#include "sim/network/message.h"

namespace parley::sim::network {

Message AsReceived(Message message) {
  if (ChatOf(message.to).kind == ChatKind::kNewsletter) message.from = message.to;
  return message;
}

}  // namespace parley::sim::network
