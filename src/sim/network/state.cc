#include "sim/network/state.h"

#include <fmt/format.h>

#include <algorithm>

namespace parley::sim::network {
namespace {

base::Error Misfit(std::string text) {
  return base::Error(base::ErrorCode::kInvalidState, std::move(text));
}

std::uint64_t PairKey(PersonRow from, PersonRow to) {
  return static_cast<std::uint64_t>(from.value) << 32 | to.value;
}

}  // namespace

// Applies one record; one overload per kind.
struct State::Step {
  State& state;
  std::uint64_t offset;
  Touched& touched;

  base::Result<void> operator()(const PersonRecord& record);
  base::Result<void> operator()(const DeviceRecord& record);
  base::Result<void> operator()(const UnlinkedRecord& record);
  base::Result<void> operator()(const MessageRecord& record);
  base::Result<void> operator()(const ArrivedRecord& record);
  base::Result<void> operator()(const ReadRecord& record);
  base::Result<void> operator()(const ReceiptRecord& record);
  base::Result<void> operator()(const NoticeRecord& record);
  base::Result<void> operator()(const AcknowledgedRecord& record);
  base::Result<void> operator()(const FaultRecord& record);
  base::Result<void> operator()(const FaultUsedRecord& record);
  base::Result<void> operator()(const FaultRemovedRecord& record);

  // What a notice changes, besides the queues that it goes into; one overload per kind.
  base::Result<void> Happened(base::Time at, const GroupChanged& notice);
  base::Result<void> Happened(base::Time at, const GroupParticipantsChanged& notice);
  base::Result<void> Happened(base::Time at, const JoinRequestChanged& notice);
  base::Result<void> Happened(base::Time at, const GroupMuted& notice);
  base::Result<void> Happened(base::Time at, const NewsletterCreated& notice);
  base::Result<void> Happened(base::Time at, const NewsletterFollowed& notice);

  base::Result<void> AddCopies(const MessageRecord& record, PersonRow from);
  base::Result<void> AddCopies(std::string_view id, PersonRow from, PersonRow to, ChatKind chat,
                               const std::vector<base::Time>& arrivals);
  base::Result<GroupState*> GroupOf(const std::string& id) const;
  base::Result<void> PutInvite(const std::string& code, const std::string& address);

  base::Result<void> Happened(base::Time at, const ProfileChanged& notice);
  base::Result<void> Happened(base::Time at, const ContactChanged& notice);
  base::Result<void> Happened(base::Time at, const BlockChanged& notice);
  base::Result<void> Happened(base::Time at, const CallChanged& notice);
  base::Result<void> Happened(base::Time at, const ChatChanged& notice);
  base::Result<void> Happened(base::Time at, const TemplateChanged& notice);
  base::Result<void> Happened(base::Time at, const CommerceChanged& notice);

  base::Result<PersonRow> PersonOf(const std::string& number) const;
  base::Result<DeviceRow> LinkedDevice(const std::string& id) const;
  base::Result<Serial> MessageOf(std::int64_t serial) const;
  // Adds an item that is this record to the queues of the person's devices, but for `except`.
  void Queue(PersonRow person, std::uint64_t item, std::optional<DeviceRow> except = {});
  // Notes that the message, if it is a modifier, will change another one.
  base::Result<void> NoteModifier(const MessageRecord& record);
  // Lets it do so when it arrives at the first of its recipients.
  void TakeEffect(Serial serial);
  void Touch(PersonRow person, ChangeKind kind) { touched.people.emplace_back(person, kind); }
};

base::Result<PersonRow> State::Step::PersonOf(const std::string& number) const {
  const std::optional<PersonRow> row = state.people.Find(number);
  if (row) return *row;
  return Misfit("it names a person who was not added");
}

base::Result<DeviceRow> State::Step::LinkedDevice(const std::string& id) const {
  const std::optional<DeviceRow> row = state.devices.Find(id);
  if (row && state.devices.at(*row).linked) return *row;
  return Misfit("it names a device that is not linked");
}

base::Result<Serial> State::Step::MessageOf(std::int64_t serial) const {
  if (serial > 0 && serial <= static_cast<std::int64_t>(state.messages.size()))
    return Serial(static_cast<std::uint32_t>(serial));
  return Misfit("it names a message that was not accepted");
}

void State::Step::Queue(PersonRow person, std::uint64_t item, std::optional<DeviceRow> except) {
  for (const DeviceRow row : state.people.at(person).devices) {
    if (row == except) continue;
    state.devices.at(row).queue.Add(item);
    touched.devices.push_back(row);
  }
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

base::Result<void> State::Step::operator()(const PersonRecord& record) {
  PARLEY_CHECK(Check(record.person));
  PARLEY_TRY(row, state.people.Put(record.person));
  Touch(row, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::operator()(const DeviceRecord& record) {
  PARLEY_TRY(person, PersonOf(record.number));
  PersonState& owner = state.people.at(person);
  DeviceState device;
  device.id = record.id;
  device.person = person;
  device.profile = record.profile;
  device.linked_at = record.at;
  const std::optional<DeviceRow> row =
      record.id == MakeDeviceId(record.number, owner.devices_linked + 1)
          ? state.devices.Add(std::move(device))
          : std::nullopt;
  if (!row) return Misfit("the device's id is not the next one");
  ++owner.devices_linked;
  owner.devices.push_back(*row);
  for (const std::int64_t earlier : record.history) {
    PARLEY_TRY(serial, MessageOf(earlier));
    const MessageEntry& message = state.messages.at(serial);
    if (message.from != person && message.to != person) return Misfit("the history is not theirs");
    state.devices.at(*row).queue.AddHistory(message.offset);
  }
  Touch(person, ChangeKind::kDevices);
  return {};
}

base::Result<void> State::Step::operator()(const UnlinkedRecord& record) {
  PARLEY_TRY(row, LinkedDevice(record.device));
  DeviceState& device = state.devices.at(row);
  device.linked = false;
  device.queue.Clear();
  std::erase(state.people.at(device.person).devices, row);
  touched.devices.push_back(row);
  Touch(device.person, ChangeKind::kDevices);
  return {};
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

// An entry per recipient, with the copies that are to arrive there.
base::Result<void> State::Step::AddCopies(const MessageRecord& record, PersonRow from) {
  const Chat chat = ChatOf(record.message.to);
  if (chat.kind == ChatKind::kPerson) {
    PARLEY_TRY(to, PersonOf(record.message.to));
    if (!record.recipients.empty()) return Misfit("a message to one person has one recipient");
    return AddCopies(record.message.id, from, to, chat.kind, record.arrivals);
  }
  const bool is_there = chat.kind == ChatKind::kGroup ? state.groups.contains(chat.id)
                                                      : state.newsletters.contains(chat.id);
  if (!is_there) return Misfit("it names a chat that was not created");
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

base::Result<void> State::Step::operator()(const NoticeRecord& record) {
  std::optional<DeviceRow> except;
  if (record.except) {
    PARLEY_TRY(device, LinkedDevice(*record.except));
    except = device;
  }
  const auto happened = [this, &record](const auto& kind) { return Happened(record.at, kind); };
  PARLEY_CHECK(std::visit(happened, record.notice));
  for (const std::string& number : record.to) {
    PARLEY_TRY(person, PersonOf(number));
    Queue(person, offset, except);
    Touch(person, ChangeKind::kGroups);
  }
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const GroupChanged& notice) {
  PARLEY_CHECK(Check(notice.group));
  for (const GroupParticipant& participant : notice.group.participants)
    PARLEY_CHECK(PersonOf(participant.number));
  const bool is_new = notice.changed.size() == 1 && notice.changed.front() == GroupAspect::kCreated;
  if (is_new == state.groups.contains(notice.group.id))
    return Misfit("the group was created twice, or never");
  Group& group = state.groups[notice.group.id].group;
  state.invites.erase(group.invite_code);
  group = notice.group;
  return PutInvite(group.invite_code, GroupAddress(group.id));
}

base::Result<void> State::Step::Happened(base::Time at, const GroupParticipantsChanged& notice) {
  PARLEY_TRY(group, GroupOf(notice.group));
  for (const std::string& number : notice.participants) {
    PARLEY_CHECK(PersonOf(number));
    if (!ApplyTo(*group, notice.action, number, at))
      return Misfit("the action does not fit the group");
  }
  return {};
}

base::Result<void> State::Step::Happened(base::Time at, const JoinRequestChanged& notice) {
  PARLEY_TRY(group, GroupOf(notice.group));
  PARLEY_CHECK(PersonOf(notice.number));
  if (group->IsRequestedBy(notice.number) != notice.rejected)
    return Misfit("the request was made twice, or never");
  if (notice.rejected)
    std::erase_if(group->requests,
                  [&](const JoinRequest& request) { return request.number == notice.number; });
  else
    group->requests.push_back(JoinRequest{notice.number, at});
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const GroupMuted& notice) {
  PARLEY_TRY(group, GroupOf(notice.group));
  if (group->group.Find(notice.number) == nullptr) return Misfit("the person is not in the group");
  if (notice.until)
    group->muted[notice.number] = *notice.until;
  else
    group->muted.erase(notice.number);
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const NewsletterCreated& notice) {
  const Newsletter& newsletter = notice.newsletter;
  PARLEY_CHECK(Check(newsletter));
  PARLEY_CHECK(PersonOf(newsletter.owner));
  const auto [added, is_new] = state.newsletters.try_emplace(newsletter.id);
  if (!is_new) return Misfit("the newsletter was created twice");
  added->second.newsletter = newsletter;
  return PutInvite(newsletter.invite_code, NewsletterAddress(newsletter.id));
}

base::Result<void> State::Step::Happened(base::Time, const NewsletterFollowed& notice) {
  const auto found = state.newsletters.find(notice.newsletter);
  if (found == state.newsletters.end()) return Misfit("it names a newsletter that was not created");
  PARLEY_CHECK(PersonOf(notice.number));
  std::vector<std::string>& followers = found->second.followers;
  const bool is_full = notice.follows && followers.size() >= kMaxFollowers;
  if (found->second.IsFollowedBy(notice.number) == notice.follows || is_full)
    return Misfit("it cannot be followed, or is not");
  if (notice.follows)
    followers.push_back(notice.number);
  else
    std::erase(followers, notice.number);
  return {};
}

base::Result<GroupState*> State::Step::GroupOf(const std::string& id) const {
  const auto group = state.groups.find(id);
  if (group == state.groups.end()) return Misfit("it names a group that was not created");
  return &group->second;
}

base::Result<void> State::Step::PutInvite(const std::string& code, const std::string& address) {
  if (code.empty() || state.invites.emplace(code, address).second) return {};
  return Misfit("the invite code belongs to another chat");
}

base::Result<void> State::Step::Happened(base::Time, const ProfileChanged& notice) {
  PARLEY_CHECK(PersonOf(notice.person.number));
  return (*this)(PersonRecord{notice.person});
}

base::Result<void> State::Step::Happened(base::Time, const ContactChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  if (!IsNumber(notice.number)) return Misfit("the contact has no number");
  state.contacts.Put(owner, notice.number, notice.name);
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const BlockChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  PARLEY_TRY(other, PersonOf(notice.number));
  state.contacts.Block(owner, other, notice.blocked);
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const CallChanged& notice) {
  PARLEY_TRY(from, PersonOf(notice.call.from));
  PARLEY_TRY(to, PersonOf(notice.call.to));
  Touch(from, ChangeKind::kCalls);
  Touch(to, ChangeKind::kCalls);
  CallState* known = state.calls.Find(notice.call.id);
  if (known == nullptr) {
    if (notice.call.status != CallStatus::kRinging || !notice.rings_until)
      return Misfit("the call was not made");
    state.calls.Add(CallState{notice.call, from, to, *notice.rings_until, notice.blocked});
    return {};
  }
  if (known->from != from || known->to != to || !CanBecome(known->call.status, notice.call.status))
    return Misfit("the call cannot become like this");
  known->call.status = notice.call.status;
  known->call.changed_at = notice.call.changed_at;
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const ChatChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  if (!state.HasChat(notice.chat)) return Misfit("it names a chat that is none");
  ChatState& chat = state.chats.At(owner, notice.chat);
  switch (notice.action) {
    case ChatAction::kMute:
    case ChatAction::kUnmute:
      chat.muted = notice.action == ChatAction::kMute;
      chat.muted_until = chat.muted ? notice.muted_until : std::nullopt;
      break;
    case ChatAction::kArchive:
    case ChatAction::kUnarchive:
      chat.archived = notice.action == ChatAction::kArchive;
      break;
    case ChatAction::kRead:
      break;  // the messages are read by records of their own
    case ChatAction::kDelete:
      chat = ChatState();
      chat.deleted_up_to = Serial(static_cast<std::uint32_t>(state.messages.size()));
      break;
  }
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::Happened(base::Time at, const TemplateChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  const Template& subject = notice.subject;
  PARLEY_CHECK(
      Check(TemplateDraft{subject.name, subject.category, subject.language, subject.components}));
  const std::string_view misfit = state.templates.Apply(owner, at, notice);
  if (!misfit.empty()) return Misfit(std::string(misfit));
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::Happened(base::Time, const CommerceChanged& notice) {
  PARLEY_TRY(owner, PersonOf(notice.owner));
  state.commerce[owner] = notice.commerce;
  Touch(owner, ChangeKind::kPerson);
  return {};
}

base::Result<void> State::Step::operator()(const AcknowledgedRecord& record) {
  for (const AcknowledgedDevice& acknowledged : record.devices) {
    PARLEY_TRY(row, LinkedDevice(acknowledged.id));
    ItemQueue& queue = state.devices.at(row).queue;
    if (acknowledged.up_to < 0 || static_cast<std::uint64_t>(acknowledged.up_to) > queue.last())
      return Misfit("the item was never given");
    queue.AcknowledgeUpTo(static_cast<std::uint64_t>(acknowledged.up_to));
    touched.devices.push_back(row);
  }
  return {};
}

base::Result<void> State::Step::operator()(const FaultRecord& record) {
  if (record.id <= state.last_fault) return Misfit("the rule's id is not the next one");
  PARLEY_TRY(rule, FromForm(record.rule));
  state.faults.emplace(record.id, Fault{record.id, rule});
  state.last_fault = record.id;
  touched.faults = true;
  return {};
}

base::Result<void> State::Step::operator()(const FaultUsedRecord& record) {
  const auto fault = state.faults.find(record.id);
  if (fault == state.faults.end() || !fault->second.rule.count)
    return Misfit("there is no such rule with a count");
  if (--*fault->second.rule.count <= 0) state.faults.erase(fault);
  touched.faults = true;
  return {};
}

base::Result<void> State::Step::operator()(const FaultRemovedRecord& record) {
  if (state.faults.erase(record.id) == 0) return Misfit("there is no such rule");
  touched.faults = true;
  return {};
}

void Touched::Clear() {
  devices.clear();
  people.clear();
  faults = false;
}

base::Result<void> State::Apply(std::uint64_t offset, const Record& record, Touched& touched) {
  return std::visit(Step{*this, offset, touched}, record);
}

bool State::HasChat(std::string_view address) const {
  const Chat chat = ChatOf(address);
  switch (chat.kind) {
    case ChatKind::kPerson:
      return people.Find(chat.id).has_value();
    case ChatKind::kGroup:
      return groups.contains(chat.id);
    case ChatKind::kNewsletter:
      return newsletters.contains(chat.id);
  }
  return false;
}

std::optional<base::Time> State::LastArrival(PersonRow from, PersonRow to) const {
  const auto found = last_arrivals_.find(PairKey(from, to));
  if (found == last_arrivals_.end()) return std::nullopt;
  return found->second;
}

std::string MakeDeviceId(std::string_view number, std::uint32_t n) {
  return fmt::format("{}:{}", number, n);
}

}  // namespace parley::sim::network
