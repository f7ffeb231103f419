#include "sim/network/rules.h"

#include <algorithm>
#include <array>

namespace parley::sim::network {
namespace {

// Entries with one id that are looked at; more than there are of a message to a full group, and
// than anybody makes by repeating.
constexpr std::size_t kMaxTargets = 10'000;

// The kinds up to these can be shown in the status, and sent to a list.
constexpr MessageKind kLastOfStatus = MessageKind::kAudio;
constexpr MessageKind kLastOfBroadcast = MessageKind::kContacts;

// Who can send a kind.
struct Senders {
  MessageKind kind;
  bool phone;     // typed on the phone, or by a device of profile phone
  bool business;  // by a device of profile business
};
constexpr auto kSenders = std::to_array<Senders>({
    {MessageKind::kText, true, true},       {MessageKind::kImage, true, true},
    {MessageKind::kVideo, true, true},      {MessageKind::kAudio, true, true},
    {MessageKind::kDocument, true, true},   {MessageKind::kSticker, true, true},
    {MessageKind::kLocation, true, true},   {MessageKind::kContacts, true, true},
    {MessageKind::kPoll, true, false},      {MessageKind::kList, false, true},
    {MessageKind::kButtons, false, true},   {MessageKind::kLocationRequest, false, true},
    {MessageKind::kTemplate, false, true},  {MessageKind::kProduct, false, true},
    {MessageKind::kListReply, true, false}, {MessageKind::kButtonReply, true, false},
    {MessageKind::kReaction, true, true},   {MessageKind::kEdit, true, false},
    {MessageKind::kDelete, true, false},    {MessageKind::kVote, true, false},
    {MessageKind::kCtaUrl, false, true},    {MessageKind::kFlow, false, true},
    {MessageKind::kFlowReply, true, false},
});
static_assert(kSenders.size() == kMessageKindNames.rows.size());

Refused Never(std::string code, std::string text) {
  return Refused{std::move(code), std::move(text), false};
}

bool HasText(const Content& content) {
  if (std::holds_alternative<TextContent>(content)) return true;
  const MessageKind kind = KindOf(content);
  return kind == MessageKind::kImage || kind == MessageKind::kVideo ||
         kind == MessageKind::kDocument;
}

// What a modifier or an answer is judged by.
struct Judged {
  Ledger& ledger;
  base::Time now;
  PersonRow sender;
  Serial target;
  const Message& meant;  // the target
  const Message& message;
  using Objection = std::optional<Refused>;

  const MessageEntry& entry() const { return ledger.state().messages.at(target); }
  bool IsOwn() const { return entry().from == sender; }

  Objection operator()(const ReactionContent&) const { return std::nullopt; }
  Objection operator()(const EditContent&) const {
    if (!IsOwn()) return Never("not-yours", "Only one's own messages can be edited");
    if (!HasText(meant.content)) return Never("not-editable", "This kind cannot be edited");
    if (now - meant.at > kEditTime) return Never("too-late", "Messages can be edited for a while");
    return std::nullopt;
  }
  Objection operator()(const DeleteContent&) const {
    if (!IsOwn()) return Never("not-yours", "Only one's own messages can be deleted");
    if (now - meant.at > kDeleteTime)
      return Never("too-late", "Messages can be deleted for a while");
    return std::nullopt;
  }
  Objection operator()(const VoteContent& vote) const {
    const auto* poll = std::get_if<PollContent>(&meant.content);
    if (poll == nullptr) return Never("invalid-vote", "Not a poll");
    for (const std::string& option : vote.options)
      if (std::find(poll->options.begin(), poll->options.end(), option) == poll->options.end())
        return Never("invalid-vote", "Not an option of the poll");
    if (!poll->multiple && vote.options.size() > 1)
      return Never("invalid-vote", "Only one option can be chosen");
    return std::nullopt;
  }
  Objection operator()(const ListReplyContent& reply) const { return Chosen(reply.id); }
  Objection operator()(const ButtonReplyContent& reply) const { return Chosen(reply.id); }
  Objection operator()(const FlowReplyContent& reply) const {
    if (!IsOwn() && IsAnswerTo(meant.content, reply)) return std::nullopt;
    return Never("invalid-reply", "The message quoted is no such form");
  }
  template <class Other>
  Objection operator()(const Other&) const {
    return std::nullopt;
  }

  Objection Chosen(const std::string& id) const {
    const auto choice = ChoiceOf(meant.content, id);
    if (!IsOwn() && choice && KindOf(*choice) == KindOf(message.content) &&
        TextOf(*choice) == TextOf(message.content))
      return std::nullopt;
    return Never("invalid-reply", "The message quoted does not offer this");
  }
};

// Whether the message reached the reader: the phone, or, while that is offline, the devices.
bool HasReached(const State& state, Serial first, PersonRow reader) {
  const Serial end = state.messages.EndOf(first);
  for (Serial serial = first; serial < end; ++serial.value) {
    if (state.messages.at(serial).to != reader) continue;
    if (state.messages.at(serial).delivered) return true;
    const auto copy = state.copies.lower_bound(CopyKey{serial, 0});
    return copy != state.copies.end() && copy->first.message == serial &&
           copy->second.devices_have_it;
  }
  return false;
}

// Whether what goes from `from` to `to` is in the chat of the message.
bool IsInChat(const Message& message, std::string_view from, std::string_view to) {
  if (message.to == to && ChatOf(to).kind != ChatKind::kPerson) return true;
  return (message.from == from && message.to == to) || (message.from == to && message.to == from);
}

bool IsDeleted(const State& state, Serial serial) {
  const auto marks = state.marks.find(serial);
  return marks != state.marks.end() && marks->second.deletion != Serial();
}

Verdict Refuse(Refused refused) {
  Verdict verdict;
  verdict.refused = std::move(refused);
  return verdict;
}

Refused CannotRead() { return Refused{"unavailable", "The network cannot read its file", true}; }

// Judges what refers to another message, by `id`.
Verdict JudgeReference(Ledger& ledger, base::Time now, const Message& message,
                       const std::string& id) {
  const auto found = FindInChat(ledger, id, message.from, message.to);
  if (!found) return Refuse(CannotRead());
  const State& state = ledger.state();
  const PersonRow sender = *state.people.Find(message.from);
  if (!*found || (state.messages.at(**found).from != sender && !HasReached(state, **found, sender)))
    return Refuse(Never("message-not-found", "The message meant is not in this chat"));
  if (IsDeleted(state, **found)) return Refuse(Never("deleted", "The message meant was deleted"));
  const auto meant = ledger.Message(**found);
  if (!meant) return Refuse(CannotRead());
  const Judged judged{ledger, now, sender, **found, (*meant)->message, message};
  Verdict verdict;
  verdict.refused = std::visit(judged, message.content);
  if (TargetOf(message.content) != nullptr) verdict.target = **found;
  return verdict;
}

}  // namespace

bool CanSend(Profile profile, MessageKind kind) {
  for (const Senders& senders : kSenders)
    if (senders.kind == kind)
      return profile == Profile::kBusiness ? senders.business : senders.phone;
  return false;
}

Verdict Judge(Ledger& ledger, base::Time now, const Message& message,
              std::optional<Profile> profile) {
  const MessageKind kind = KindOf(message.content);
  if (!CanSend(profile.value_or(Profile::kPhone), kind))
    return Refuse(Never("unsupported-kind",
                        "The kind " + std::string(NameOf(kind)) + " cannot be sent from here"));
  const bool is_status = ChatOf(message.to).kind == ChatKind::kStatus;
  if (is_status ? kind > kLastOfStatus : !message.broadcast.empty() && kind > kLastOfBroadcast)
    return Refuse(Never("unsupported-kind",
                        "The kind " + std::string(NameOf(kind)) + " goes to one chat at a time"));
  const People& people = ledger.state().people;
  const std::optional<PersonRow> to = people.Find(message.to);
  if (kind == MessageKind::kProduct && to && people.at(*to).person.is_business)
    return Refuse(Never("131051", "Products cannot be sent to a business"));
  if (const std::string* target = TargetOf(message.content))
    return JudgeReference(ledger, now, message, *target);
  if (kind == MessageKind::kListReply || kind == MessageKind::kButtonReply ||
      kind == MessageKind::kFlowReply)
    return JudgeReference(ledger, now, message, message.quoted);
  return Verdict();
}

base::Result<std::optional<Serial>> FindInChat(Ledger& ledger, std::string_view id,
                                               std::string_view from, std::string_view to) {
  const MessageIndex& messages = ledger.state().messages;
  std::optional<std::uint64_t> seen;  // the record looked at before; a group's has many entries
  for (const Serial serial : messages.Candidates(id, kMaxTargets)) {
    const MessageEntry& entry = messages.at(serial);
    if (entry.modifier || std::exchange(seen, entry.offset) == entry.offset) continue;
    PARLEY_TRY(record, ledger.Message(serial));
    if (record->message.id == id && IsInChat(record->message, from, to))
      return std::optional<Serial>(messages.FirstOf(serial));
  }
  return std::optional<Serial>();
}

}  // namespace parley::sim::network
