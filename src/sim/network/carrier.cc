#include "sim/network/carrier.h"

#include <algorithm>

#include "sim/network/recipients.h"

namespace parley::sim::network {
namespace {

// When the file could not be written, what was to happen is tried again after this.
constexpr base::Duration kCarryRetry = std::chrono::seconds(1);

}  // namespace

void Carrier::Resume() {
  for (const auto& [key, copy] : ledger_.state().copies) Schedule(key, copy.due);
  for (const auto& [key, receipt] : ledger_.state().receipts) Schedule(key, receipt.due);
}

base::Result<MessageRecord> Carrier::Accept(MessageRecord record, const MessageFaults& faults) {
  record.serial = static_cast<std::int64_t>(ledger_.state().messages.size()) + 1;
  record.message.at = timeline_.Now();
  if (ChatOf(record.message.to).kind == ChatKind::kPerson)
    record.arrivals = NeverArrives(record.message) ? std::vector<base::Time>()
                                                   : ArrivalsFrom(record.message.at, faults);
  else
    for (std::string& to : RecipientsOf(ledger_.state(), record.message.from, record.message.to))
      record.recipients.push_back(
          RecipientCopies{std::move(to), ArrivalsFrom(record.message.at, faults)});
  PARLEY_CHECK(ledger_.Commit(record));
  const Serial first(static_cast<std::uint32_t>(record.serial));
  const Serial end = ledger_.state().messages.EndOf(first);
  for (Serial serial = first; serial.value < end.value; ++serial.value) {
    const std::vector<base::Time>& arrivals = ArrivalsOf(record, serial);
    for (std::uint32_t copy = 0; copy < arrivals.size(); ++copy)
      Schedule(CopyKey{serial, copy}, arrivals[copy]);
  }
  return record;
}

std::vector<base::Time> Carrier::ArrivalsFrom(base::Time accepted, const MessageFaults& faults) {
  std::vector<base::Time> arrivals;
  const std::size_t copies = faults.drop ? 0 : std::min(1 + faults.extra_copies, kMaxCopies);
  for (std::size_t i = 0; i < copies; ++i)
    arrivals.push_back(accepted + timeline_.Jittered(options_.delivery_delay) + faults.delay);
  return arrivals;
}

bool Carrier::NeverArrives(const Message& message) const {
  const State& state = ledger_.state();
  if (!message.broadcast.empty()) return !HearsBroadcasts(state, message.from, message.to);
  const auto from = state.people.Find(message.from), to = state.people.Find(message.to);
  return from && to && state.contacts.Blocks(*to, *from);
}

void Carrier::PhoneCameOnline(PersonRow person) {
  const auto waiting = waiting_.extract(person);
  if (waiting.empty()) return;
  for (const CopyKey& copy : waiting.mapped()) Schedule(copy, timeline_.Now());
}

base::Result<void> Carrier::MarkRead(PersonRow reader, std::size_t row, ReceiptStatus status) {
  const Serial serial = ledger_.state().people.at(reader).inbox[row - 1].message;
  ReadRecord record;
  record.message = serial.value;
  record.row = static_cast<std::int64_t>(row);
  record.status = status;
  record.at = timeline_.Now();
  PARLEY_TRY(due, ReceiptDue(serial, status));
  record.receipt_due = due;
  PARLEY_CHECK(ledger_.Commit(record));
  if (due) Schedule(ReceiptKey{serial, static_cast<std::uint32_t>(row), status}, *due);
  return {};
}

base::Result<void> Carrier::Fail(Serial message, std::string code, std::string text) {
  ReceiptRecord record;
  record.message = message.value;
  record.status = ReceiptStatus::kFailed;
  record.at = timeline_.Now();
  record.code = std::move(code);
  record.text = std::move(text);
  return ledger_.Commit(std::move(record));
}

void Carrier::Schedule(CopyKey copy, base::Time due) {
  timeline_.At(due, [this, copy] { Arrive(copy); });
}

void Carrier::Schedule(ReceiptKey receipt, base::Time due) {
  timeline_.At(due, [this, receipt] { Deliver(receipt); });
}

base::Result<std::optional<base::Time>> Carrier::ReceiptDue(Serial message, ReceiptStatus status) {
  const State& state = ledger_.state();
  const MessageEntry& entry = state.messages.at(message);
  const bool is_public = entry.chat == ChatKind::kNewsletter || entry.chat == ChatKind::kStatus;
  if (is_public || state.people.at(entry.from).devices.empty()) return std::optional<base::Time>();
  base::Duration delay = timeline_.Jittered(options_.receipt_delay);
  if (!state.faults.empty()) {
    PARLEY_TRY(record, ledger_.Message(message));
    delay += faults_.ForReceipt(FaultSubject(*record), status);
  }
  return std::optional<base::Time>(timeline_.Now() + delay);
}

void Carrier::Arrive(CopyKey copy) {
  const State& state = ledger_.state();
  const auto pending = state.copies.find(copy);
  if (pending == state.copies.end()) return;  // the message failed meanwhile
  const PersonRow to = state.messages.at(copy.message).to;
  const PersonState& recipient = state.people.at(to);
  ArrivedRecord record;
  record.message = copy.message.value;
  record.copy = copy.copy;
  record.at = timeline_.Now();
  record.phone = recipient.person.online;
  record.devices = !pending->second.devices_have_it && !recipient.devices.empty();
  base::Result<void> done;
  if (record.phone) {
    auto due = ReceiptDue(copy.message, ReceiptStatus::kDelivered);
    if (due) record.receipt_due = *due;
    if (!due) done = due.error();
  }
  if (done && (record.phone || record.devices)) done = ledger_.Commit(record);
  if (!done) return Schedule(copy, timeline_.Now() + kCarryRetry);
  if (!record.phone) return waiting_[to].push_back(copy);
  if (!record.receipt_due) return;
  const auto row = static_cast<std::uint32_t>(recipient.inbox.size());
  Schedule(ReceiptKey{copy.message, row, ReceiptStatus::kDelivered}, *record.receipt_due);
}

void Carrier::Deliver(ReceiptKey receipt) {
  const auto pending = ledger_.state().receipts.find(receipt);
  if (pending == ledger_.state().receipts.end()) return;
  ReceiptRecord record;
  record.message = receipt.message.value;
  record.row = receipt.row;
  record.status = receipt.status;
  record.at = pending->second.at;
  if (!ledger_.Commit(record)) Schedule(receipt, timeline_.Now() + kCarryRetry);
}

}  // namespace parley::sim::network
