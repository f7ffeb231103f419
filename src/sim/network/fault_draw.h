// Decides which fault rules take effect on a message or a receipt.
#pragma once

#include <string_view>
#include <variant>

#include "base/random.h"
#include "sim/network/fault.h"
#include "sim/network/ledger.h"

namespace parley::sim::network {

// What rules are matched with.
struct FaultSubject {
  std::string_view from, to;
  MessageKind kind = MessageKind::kText;
  std::string_view device;  // that sends; empty: the phone

  explicit FaultSubject(const MessageRecord& record);
};

// Everything that is to go wrong with one message.
struct MessageFaults {
  base::Duration delay{0};
  bool drop = false;
  std::size_t extra_copies = 0;
  std::variant<std::monostate, RefuseMessage, DisconnectBeforeAnswer, NoAnswer> answer;
};

// Draws are made from the network's randomness in the order of the rules; a rule with a count is
// counted when it takes effect. Thread: that of the network.
class FaultDraw {
 public:
  FaultDraw(Ledger& ledger, base::Random& random) : ledger_(ledger), random_(random) {}

  MessageFaults ForMessage(const FaultSubject& subject);
  // How much later the receipt comes.
  base::Duration ForReceipt(const FaultSubject& subject, ReceiptStatus status);

 private:
  template <class Applies, class Effect>
  void Draw(const FaultSubject& subject, const Applies& applies, const Effect& effect);

  Ledger& ledger_;
  base::Random& random_;
};

}  // namespace parley::sim::network
