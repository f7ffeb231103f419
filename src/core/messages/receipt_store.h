// Where it is kept how far messages to groups have come with each of those who get them. Thread:
// inside a transaction only.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "core/messages/message.h"

namespace parley::core {

class ReceiptStore {
 public:
  virtual ~ReceiptStore() = default;

  virtual base::Result<std::optional<Receipt>> Find(MessageRow message, PersonRow person) const = 0;
  // Replaces what is known of its person. A person more than kMaxReceipts is left out: false.
  virtual base::Result<bool> Put(MessageRow message, const Receipt& receipt) = 0;
  // Whether the step (kDelivered, kRead or kPlayed), or one after it, was reached by so many
  // people.
  virtual base::Result<bool> Reached(MessageRow message, MessageStatus step, int people) const = 0;
  // In the order of the people's rows, each as whom they were merged into.
  virtual base::Result<std::vector<Receipt>> List(MessageRow message) const = 0;
};

}  // namespace parley::core
