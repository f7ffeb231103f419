// Carrier: what happens to a message after it is accepted, and when. Copies arrive at phone and
// devices, people read them, receipts go back. What is still to happen is in the State, so that it
// goes on after a restart.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "sim/network/fault_draw.h"
#include "sim/network/ledger.h"
#include "sim/network/options.h"
#include "sim/network/timeline.h"

namespace parley::sim::network {

// Thread: that of the network.
class Carrier {
 public:
  Carrier(Ledger& ledger, Timeline& timeline, FaultDraw& faults, const NetworkOptions& options)
      : ledger_(ledger), timeline_(timeline), faults_(faults), options_(options) {}

  // Goes on with what was under way when the file was left. Call it once, after Ledger::Open.
  void Resume();

  // Writes the message and sends it on its way; the record's serial, time and arrivals are made
  // here.
  base::Result<MessageRecord> Accept(MessageRecord record, const MessageFaults& faults);

  void PhoneCameOnline(PersonRow person);

  // Row `row` (from 1) of the inbox was read, or played, which must be new.
  base::Result<void> MarkRead(PersonRow reader, std::size_t row, ReceiptStatus status);

  // Gives the message back to its sender: a `failed` receipt. Copies under way never arrive.
  base::Result<void> Fail(Serial message, std::string code, std::string text);

 private:
  void Schedule(CopyKey copy, base::Time due);
  void Schedule(ReceiptKey receipt, base::Time due);
  void Arrive(CopyKey copy);
  void Deliver(ReceiptKey receipt);
  // Blocked by its recipient, or sent to many of whom this one does not hear it.
  bool NeverArrives(const Message& message) const;
  // When the copies for one recipient arrive.
  std::vector<base::Time> ArrivalsFrom(base::Time accepted, const MessageFaults& faults);
  // When a receipt for the message is due; nullopt when its sender has no device to hear of it, or
  // when nobody hears who read it, as of a newsletter or a status.
  base::Result<std::optional<base::Time>> ReceiptDue(Serial message, ReceiptStatus status);

  Ledger& ledger_;
  Timeline& timeline_;
  FaultDraw& faults_;
  const NetworkOptions& options_;
  std::map<PersonRow, std::vector<CopyKey>> waiting_;  // for a phone that is offline
};

}  // namespace parley::sim::network
