// State: messages, their copies and receipts, and what modifiers do.
#include <algorithm>

#include "sim/network/state_step.h"

namespace parley::sim::network {

base::Result<Serial> State::Step::MessageOf(std::int64_t serial) const {
  if (serial > 0 && serial <= static_cast<std::int64_t>(state.messages.size()))
    return Serial(static_cast<std::uint32_t>(serial));
  return Misfit("it names a message that was not accepted");
}

base::Result<void> State::Step::NoteModifier(const MessageRecord& record) {
  const bool is_modifier = TargetOf(record.message.content) != nullptr;
  if (is_modifier != (record.target != 0)) return Misfit("a modifier, and no other, has a target");
  if (!is_modifier) return {};
  PARLEY_TRY(target, MessageOf(record.target));
  const Serial first(static_cast<std::uint32_t>(record.serial));
  const Serial end = state.messages.EndOf(first);
  const MessageEntry& meant = state.messages.at(target);
  if (target >= first || meant.modifier || meant.chat != state.messages.at(first).chat)
    return Misfit("the target is no message of the same chat");
  bool arrives = false;
  for (Serial serial = first; serial < end; ++serial.value) {
    state.messages.at(serial).modifier = true;
    arrives = arrives || !ArrivalsOf(record, serial).empty();
  }
  if (arrives)
    state.modifiers.emplace(
        first, Modifier{state.messages.FirstOf(target), KindOf(record.message.content)});
  return {};
}

void State::Step::TakeEffect(Serial serial) {
  if (state.modifiers.empty()) return;
  const Serial first = state.messages.FirstOf(serial);
  const auto found = state.modifiers.find(first);
  if (found == state.modifiers.end()) return;
  const Modifier modifier = found->second;
  state.modifiers.erase(found);
  const PersonRow by = state.messages.at(first).from;
  MarkSerials& marks = state.marks[modifier.target];
  Serial* mark = &marks.edit;
  if (modifier.kind == MessageKind::kDelete) mark = &marks.deletion;
  if (modifier.kind == MessageKind::kReaction) mark = &marks.reactions[by];
  if (modifier.kind == MessageKind::kVote) mark = &marks.votes[by];
  *mark = std::max(*mark, first);
  const Serial end = state.messages.EndOf(modifier.target);
  for (Serial each = modifier.target; each < end; ++each.value)
    Touch(state.messages.at(each).to, ChangeKind::kInbox);
  Touch(state.messages.at(modifier.target).from, ChangeKind::kOutbox);
}

base::Result<void> State::Step::operator()(const MessageRecord& record) {
  PARLEY_TRY(from, PersonOf(record.message.from));
  std::optional<DeviceRow> sender;
  if (record.device) {
    PARLEY_TRY(device, LinkedDevice(*record.device));
    if (state.devices.at(device).person != from) return Misfit("the device is somebody else's");
    sender = device;
  }
  if (record.serial != static_cast<std::int64_t>(state.messages.size()) + 1)
    return Misfit("the serial is not the next one");
  PARLEY_CHECK(AddCopies(record, from));
  PARLEY_CHECK(NoteModifier(record));
  if (!sender || state.devices.at(*sender).profile == Profile::kPhone)
    state.people.at(from).outbox.push_back(Serial(static_cast<std::uint32_t>(record.serial)));
  Queue(from, offset, sender);
  Touch(from, ChangeKind::kOutbox);
  return {};
}

base::Result<void> State::Step::AddCopies(const MessageRecord& record, PersonRow from) {
  const Chat chat = ChatOf(record.message.to);
  if (chat.kind == ChatKind::kPerson) {
    PARLEY_TRY(to, PersonOf(record.message.to));
    if (!record.recipients.empty()) return Misfit("a message to one person has one recipient");
    if (record.conversation) state.billing.Enter(from, to, *record.conversation);
    return AddCopies(record.message.id, from, to, chat.kind, record.arrivals);
  }
  if (chat.kind != ChatKind::kStatus && !state.HasChat(record.message.to))
    return Misfit("it names a chat that was not created");
  if (!record.arrivals.empty()) return Misfit("it arrives at nobody");
  if (record.recipients.empty()) return AddCopies(record.message.id, from, from, chat.kind, {});
  for (const RecipientCopies& copies : record.recipients) {
    PARLEY_TRY(to, PersonOf(copies.to));
    PARLEY_CHECK(AddCopies(record.message.id, from, to, chat.kind, copies.arrivals));
  }
  return {};
}

base::Result<void> State::Step::AddCopies(std::string_view id, PersonRow from, PersonRow to,
                                          ChatKind chat, const std::vector<base::Time>& arrivals) {
  const std::optional<Serial> serial = state.messages.Add(id, offset, from, to, chat);
  if (!serial) return Misfit("there are too many messages");
  for (std::uint32_t copy = 0; copy < arrivals.size(); ++copy)
    state.copies.emplace(CopyKey{*serial, copy}, PendingCopy{arrivals[copy]});
  return {};
}

base::Result<void> State::Step::operator()(const ArrivedRecord& record) {
  PARLEY_TRY(serial, MessageOf(record.message));
  const auto copy =
      record.copy < 0 || record.copy >= static_cast<std::int64_t>(kMaxCopies)
          ? state.copies.end()
          : state.copies.find(CopyKey{serial, static_cast<std::uint32_t>(record.copy)});
  if (copy == state.copies.end()) return Misfit("the copy is not under way");
  MessageEntry& message = state.messages.at(serial);
  if (record.devices) {
    if (copy->second.devices_have_it) return Misfit("the devices have the copy already");
    copy->second.devices_have_it = true;
    if (message.from != message.to) Queue(message.to, message.offset);
  }
  if (message.chat == ChatKind::kPerson)
    state.last_arrivals_[PairKey(message.from, message.to)] = record.at;
  if (!record.phone) return {};
  state.copies.erase(copy);
  message.delivered = true;
  PersonState& recipient = state.people.at(message.to);
  recipient.inbox.push_back(InboxEntry{serial});
  TakeEffect(serial);
  if (record.receipt_due) {
    const auto row = static_cast<std::uint32_t>(recipient.inbox.size());
    state.receipts.emplace(ReceiptKey{serial, row, ReceiptStatus::kDelivered},
                           PendingReceipt{*record.receipt_due, record.at});
  }
  Touch(message.to, ChangeKind::kInbox);
  Touch(message.from, ChangeKind::kOutbox);
  return {};
}

base::Result<void> State::Step::operator()(const ReadRecord& record) {
  PARLEY_TRY(serial, MessageOf(record.message));
  MessageEntry& message = state.messages.at(serial);
  PersonState& reader = state.people.at(message.to);
  const bool played = record.status == ReceiptStatus::kPlayed;
  if (!played && record.status != ReceiptStatus::kRead) return Misfit("nobody reads like that");
  if (record.row < 1 || record.row > static_cast<std::int64_t>(reader.inbox.size()) ||
      reader.inbox[static_cast<std::size_t>(record.row) - 1].message != serial)
    return Misfit("the message is not in that row of the inbox");
  InboxEntry& entry = reader.inbox[static_cast<std::size_t>(record.row) - 1];
  if (played)
    entry.played = message.played = true;
  else
    entry.read = message.read = true;
  while (reader.first_unread < reader.inbox.size() && reader.inbox[reader.first_unread].read)
    ++reader.first_unread;
  if (record.receipt_due)
    state.receipts.emplace(
        ReceiptKey{serial, static_cast<std::uint32_t>(record.row), record.status},
        PendingReceipt{*record.receipt_due, record.at});
  Touch(message.to, ChangeKind::kInbox);
  Touch(message.from, ChangeKind::kOutbox);
  return {};
}

base::Result<void> State::Step::operator()(const ReceiptRecord& record) {
  PARLEY_TRY(serial, MessageOf(record.message));
  MessageEntry& message = state.messages.at(serial);
  if (record.status == ReceiptStatus::kFailed) {
    const Serial first = state.messages.FirstOf(serial), end = state.messages.EndOf(serial);
    for (Serial each = first; each.value < end.value; ++each.value)
      state.messages.at(each).failed = true;
    state.copies.erase(state.copies.lower_bound(CopyKey{first, 0}),
                       state.copies.lower_bound(CopyKey{end, 0}));
    state.modifiers.erase(first);
  } else {
    const bool fits = record.row > 0 && record.row <= UINT32_MAX;
    const ReceiptKey key{serial, static_cast<std::uint32_t>(record.row), record.status};
    if (!fits || state.receipts.erase(key) == 0) return Misfit("the receipt is not under way");
  }
  Queue(message.from, offset);
  Touch(message.from, ChangeKind::kOutbox);
  return {};
}

}  // namespace parley::sim::network
