#include "sim/network/network.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/network/invites.h"
#include "sim/network/parts.h"
#include "sim/network/reading.h"

namespace parley::sim::network {
namespace {

// Rows [first, last) of a list with `size` rows.
struct Page {
  std::size_t first, last;
  Page(std::uint64_t after, std::size_t limit, std::size_t size)
      : first(static_cast<std::size_t>(std::min<std::uint64_t>(after, size))),
        last(first + std::min({limit, kMaxPage, size - first})) {}
};

Progress ProgressOf(const MessageEntry& entry) {
  Progress progress;
  progress.delivered = entry.delivered;
  progress.read = entry.read;
  progress.played = entry.played;
  progress.failed = entry.failed;
  return progress;
}

// As far as it came with all of its recipients.
Progress ProgressOf(const MessageIndex& messages, Serial first) {
  Progress progress = ProgressOf(messages.at(first));
  const Serial end = messages.EndOf(first);
  for (Serial serial = first; serial.value < end.value; ++serial.value) {
    const MessageEntry& entry = messages.at(serial);
    progress.delivered = progress.delivered && entry.delivered;
    progress.read = progress.read && entry.read;
    progress.played = progress.played && entry.played;
  }
  return progress;
}

std::size_t CountUnderWay(const State& state, Serial serial) {
  return static_cast<std::size_t>(
      std::distance(state.copies.lower_bound(CopyKey{serial, 0}),
                    state.copies.upper_bound(CopyKey{serial, UINT32_MAX})));
}

}  // namespace

Network::Network(base::Scheduler& scheduler, base::Random& random, Log& log, MediaShelf& media,
                 NetworkOptions options)
    : media_(media), parts_(std::make_unique<Parts>(scheduler, random, log, media, options)) {}

Network::~Network() = default;

base::Result<std::unique_ptr<Network>> Network::Open(base::Scheduler& scheduler,
                                                     base::Random& random, Log& log,
                                                     MediaShelf& media, NetworkOptions options) {
  std::unique_ptr<Network> network(new Network(scheduler, random, log, media, options));
  PARLEY_CHECK(network->parts_->ledger.Open());
  network->parts_->carrier.Resume();
  network->parts_->ringing.Resume();
  network->parts_->reviews.Resume();
  return network;
}

base::Time Network::Now() const { return parts_->timeline.Now(); }

// -------------------------------------------------------------------------------------- the phone

base::Result<std::vector<InboxRow>> Network::ListInbox(std::string_view number,
                                                       std::uint64_t after_seq,
                                                       std::size_t limit) const {
  PARLEY_TRY(person, parts_->PersonOf(number));
  const std::vector<InboxEntry>& inbox = parts_->ledger.state().people.at(person).inbox;
  const Page page(after_seq, limit, inbox.size());
  std::vector<InboxRow> rows;
  for (std::size_t i = page.first; i < page.last; ++i) {
    PARLEY_TRY(record, parts_->ledger.Message(inbox[i].message));
    InboxRow& row = rows.emplace_back();
    row.seq = i + 1;
    row.message = AsReceived(record->message);
    row.read = inbox[i].read;
    row.played = inbox[i].played;
    PARLEY_TRY(marks, MarksOf(parts_->ledger, inbox[i].message));
    row.marks = std::move(marks);
  }
  return rows;
}

base::Result<std::vector<OutboxRow>> Network::ListOutbox(std::string_view number,
                                                         std::uint64_t after_seq,
                                                         std::size_t limit) const {
  PARLEY_TRY(person, parts_->PersonOf(number));
  const State& state = parts_->ledger.state();
  const std::vector<Serial>& outbox = state.people.at(person).outbox;
  const Page page(after_seq, limit, outbox.size());
  std::vector<OutboxRow> rows;
  for (std::size_t i = page.first; i < page.last; ++i) {
    PARLEY_TRY(record, parts_->ledger.Message(outbox[i]));
    OutboxRow& row = rows.emplace_back();
    row.seq = i + 1;
    row.message = record->message;
    row.progress = ProgressOf(state.messages, outbox[i]);
    PARLEY_TRY(marks, MarksOf(parts_->ledger, outbox[i]));
    row.marks = std::move(marks);
  }
  return rows;
}

base::Result<Typed> Network::SendAsPerson(std::string_view number, Draft draft) {
  PARLEY_TRY(person, parts_->PhoneOf(number));
  PARLEY_TRY(record, parts_->Compose(number, std::move(draft)));
  return parts_->Carry(person, std::move(record));
}

base::Result<Typed> Network::SendBroadcast(std::string_view number, std::vector<std::string> to,
                                           Draft draft) {
  PARLEY_TRY(person, parts_->PhoneOf(number));
  std::sort(to.begin(), to.end());
  to.erase(std::unique(to.begin(), to.end()), to.end());
  if (to.empty() || to.size() > kMaxBroadcast)
    return base::FieldError("to", fmt::format("Must be 1 to {} numbers", kMaxBroadcast));
  draft.broadcast = BroadcastAddress(MakeChatId(parts_->timeline.random()));
  std::vector<MessageRecord> records;
  for (const std::string& recipient : to) {
    draft.to = recipient;
    PARLEY_TRY(record, parts_->Compose(number, draft));
    if (!records.empty()) record.message.id = records.front().message.id;
    records.push_back(std::move(record));
  }
  Typed first;
  for (MessageRecord& record : records) {
    PARLEY_TRY(typed, parts_->Carry(person, std::move(record)));
    if (first.id.empty()) first = std::move(typed);
  }
  return first;
}

base::Result<SentMessage> Network::FindOwnMessage(std::string_view number,
                                                  std::string_view id) const {
  PARLEY_TRY(known, parts_->PersonOf(number));
  PARLEY_TRY(messages, FindMessages(id));
  for (auto message = messages.rbegin(); message != messages.rend(); ++message)
    if (message->message.from == number || message->message.to == number ||
        message->recipient == number)
      return *message;
  return base::Error(base::ErrorCode::kNotFound, "There is no such message");
}

base::Result<std::size_t> Network::Read(std::string_view number, std::string_view message_id,
                                        bool played) {
  PARLEY_TRY(person, parts_->PhoneOf(number));
  PARLEY_TRY(found, ReadById(parts_->ledger, parts_->carrier, person, message_id, played));
  if (found > 0) return found;
  return base::Error(base::ErrorCode::kNotFound, "This message is not in the inbox");
}

base::Result<std::size_t> Network::ReadUpTo(std::string_view number, std::uint64_t seq) {
  PARLEY_TRY(person, parts_->PhoneOf(number));
  return network::ReadUpTo(parts_->ledger, parts_->carrier, person, seq);
}

Groups& Network::groups() { return parts_->groups; }

Newsletters& Network::newsletters() { return parts_->newsletters; }

// --------------------------------------------------------------------------------------- messages

base::Result<std::vector<SentMessage>> Network::FindMessages(std::string_view id) const {
  PARLEY_TRY(serials, parts_->MessagesWithId(id));
  std::vector<SentMessage> found;
  for (const Serial serial : serials) {
    PARLEY_TRY(record, parts_->ledger.Message(serial));
    const State& state = parts_->ledger.state();
    const MessageEntry& entry = state.messages.at(serial);
    SentMessage& sent = found.emplace_back();
    sent.message = record->message;
    if (entry.chat != ChatKind::kPerson) sent.recipient = state.people.at(entry.to).person.number;
    sent.device = record->device;
    sent.progress = ProgressOf(entry);
    sent.copies = ArrivalsOf(*record, serial).size();
    sent.copies_under_way = CountUnderWay(state, serial);
    PARLEY_TRY(marks, MarksOf(parts_->ledger, serial));
    sent.marks = std::move(marks);
  }
  return found;
}

// ----------------------------------------------------------------------------------------- faults

base::Result<Fault> Network::AddFault(FaultRule rule) {
  const State& state = parts_->ledger.state();
  if (state.faults.size() >= kMaxFaults)
    return base::Error(base::ErrorCode::kInvalidState, "There are too many rules; remove some");
  FaultRecord record;
  record.id = state.last_fault + 1;
  record.rule = ToForm(rule);
  PARLEY_CHECK(FromForm(record.rule));  // so that it can be read again
  const std::int64_t id = record.id;
  PARLEY_CHECK(parts_->ledger.Commit(std::move(record)));
  return state.faults.at(id);
}

std::vector<Fault> Network::ListFaults() const {
  std::vector<Fault> faults;
  for (const auto& [id, fault] : parts_->ledger.state().faults) faults.push_back(fault);
  return faults;
}

base::Result<void> Network::RemoveFault(std::int64_t id) {
  if (!parts_->ledger.state().faults.contains(id))
    return base::Error(base::ErrorCode::kNotFound, "There is no such rule");
  return parts_->ledger.Commit(FaultRemovedRecord{id});
}

base::Result<void> Network::CutConnection(std::string_view device) {
  PARLEY_TRY(row, parts_->DeviceOf(device));
  parts_->sessions.Close(row, CloseReason::kConnectionLost);
  return {};
}

base::Result<void> Network::FailMessage(std::string_view id, std::string code, std::string text) {
  PARLEY_TRY(serials, parts_->MessagesWithId(id));
  if (parts_->ledger.state().messages.at(serials.back()).failed)
    return base::Error(base::ErrorCode::kInvalidState, "The message failed before");
  return parts_->carrier.Fail(serials.back(), std::move(code), std::move(text));
}

// --------------------------------------------------------------------------------------- watching

base::Result<std::unique_ptr<Watch>> Network::WatchPerson(std::string_view number,
                                                          ChangeCallback callback) {
  PARLEY_TRY(person, parts_->PersonOf(number));
  return parts_->watchers.Add(person, std::move(callback));
}

std::unique_ptr<Watch> Network::WatchAll(ChangeCallback callback) {
  return parts_->watchers.Add(std::nullopt, std::move(callback));
}

}  // namespace parley::sim::network
