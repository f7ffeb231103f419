#include "core/messages/modify.h"

#include <algorithm>

#include "core/contacts/contact_store.h"
#include "core/contacts/resolve.h"
#include "core/event_store.h"
#include "core/messages/message_store.h"

namespace parley::core {
namespace {

base::Error NotPossible(std::string why) {
  return base::Error(base::ErrorCode::kInvalidState, std::move(why));
}

// ---------------------------------------------------------------------------- may it be sent?

struct MayBeSent {
  const Message& target;
  base::Duration edit_window;
  base::Time now;

  template <class Plain>
  base::Result<void> operator()(const Plain&) const {
    return base::Error(base::ErrorCode::kInternal, "", "not a modifier");
  }
  base::Result<void> operator()(const ReactionContent&) const { return {}; }
  base::Result<void> operator()(const EditContent& edit) const {
    Content edited = target.content;
    if (target.direction != Direction::kOut) return NotPossible("Only own messages can be edited");
    if (!SetText(edited, edit.body)) return NotPossible("A message of this kind has no text");
    if (now - target.at > edit_window) return NotPossible("The message is too old to be edited");
    return {};
  }
  base::Result<void> operator()(const DeleteContent&) const {
    if (target.direction == Direction::kOut) return {};
    return NotPossible("Only own messages can be deleted");
  }
  base::Result<void> operator()(const VoteContent& vote) const {
    const auto* poll = std::get_if<PollContent>(&target.content);
    if (poll == nullptr) return NotPossible("The message is not a poll");
    if (vote.options.size() > 1 && !poll->multiple)
      return base::FieldError("options", "The poll takes one option only");
    for (const std::string& option : vote.options)
      if (std::find(poll->options.begin(), poll->options.end(), option) == poll->options.end())
        return base::FieldError("options", "Not an option of the poll");
    return {};
  }
};

// ------------------------------------------------------------------------------ what it does

struct Effect {
  Transaction& tx;
  const Channel& channel;
  const Chat& chat;
  const Message& modifier;
  Message& target;
  base::Time at;
  Stamp& stamp;

  bool mine() const { return modifier.direction == Direction::kOut; }
  // Only who wrote a message changes it.
  bool by_its_author() const {
    return target.direction == modifier.direction && target.sender == modifier.sender;
  }
  std::optional<PersonRow> person() const {
    if (mine()) return std::nullopt;
    return modifier.sender ? *modifier.sender : chat.person;
  }
  HistoryEntry Step(MessageStatus status) const {
    HistoryEntry entry;
    entry.status = status;
    entry.at = std::min(at, stamp.now());
    return entry;
  }

  template <class Body>
  base::Result<void> Tell(Body body) {
    body.channel = SnapshotOf(channel);
    body.chat = SnapshotOf(chat);
    body.modifier = SnapshotOf(modifier);
    body.message = SnapshotOf(target);
    Event event;
    event.id = stamp.Next<EventId>();
    event.account = channel.account;
    event.channel = channel.row;
    event.chat = chat.row;
    event.at = stamp.now();
    event.body = std::move(body);
    PARLEY_CHECK(tx.events().Append(event));
    return {};
  }

  template <class Plain>
  base::Result<void> operator()(const Plain&) {
    return base::Error(base::ErrorCode::kInternal, "", "not a modifier");
  }
  base::Result<void> operator()(const ReactionContent& reaction) {
    Reaction put;
    put.person = person();
    put.emoji = reaction.emoji;
    put.at = at;
    PARLEY_CHECK(tx.messages().PutReaction(target.row, put));
    return Tell(MessageReacted());
  }
  base::Result<void> operator()(const EditContent& edit) {
    if (!by_its_author() || target.status == MessageStatus::kDeleted) return {};
    MessageEdited edited;
    edited.old_text = TextOf(target.content);
    if (!SetText(target.content, edit.body)) return {};
    PARLEY_CHECK(tx.messages().SetContent(target, Step(MessageStatus::kEdited)));
    return Tell(std::move(edited));
  }
  base::Result<void> operator()(const DeleteContent&) {
    if (!by_its_author()) return {};
    if (StepFor(target.status, MessageStatus::kDeleted) != StatusStep::kAdvance) return {};
    target.status = MessageStatus::kDeleted;
    PARLEY_CHECK(tx.messages().SetStatus(target, Step(MessageStatus::kDeleted)));
    return Tell(MessageDeleted());
  }
  base::Result<void> operator()(const VoteContent& chosen) {
    const auto* poll = std::get_if<PollContent>(&target.content);
    if (poll == nullptr) return {};
    Vote vote;
    vote.person = person();
    vote.options = chosen.options;
    vote.at = at;
    PARLEY_CHECK(tx.messages().PutVote(target.row, vote));
    PARLEY_TRY(votes, tx.messages().Votes(target.row));
    PollVoted voted;
    for (const std::string& option : poll->options) {
      PollVoted::Result result;
      result.option = option;
      for (const Vote& each : votes)
        if (std::find(each.options.begin(), each.options.end(), option) != each.options.end())
          result.voters.push_back(each.peer);
      voted.results.push_back(std::move(result));
    }
    return Tell(std::move(voted));
  }
};

}  // namespace

base::Result<void> CheckModifier(const Transaction& tx, const SendWrite& write,
                                 base::Duration edit_window, base::Time now) {
  const std::optional<MessageId> id = TargetOf(write.content);
  if (!id) return base::FieldError("target", "Required");
  PARLEY_TRY(found, tx.messages().FindById(write.account, *id));
  if (!found || found->message.channel != write.channel ||
      IsModifier(KindOf(found->message.content)))
    return base::FieldError("target", "Unknown message");
  if (!write.to.value.empty()) {
    Channel channel;
    channel.account = write.account;
    channel.row = write.channel;
    PARLEY_TRY(chat, FindChatWith(tx, channel, write.to));
    if (!chat || chat->row != found->chat.row)
      return base::FieldError("target", "The message is of another chat");
  }
  const Message& target = found->message;
  if (target.status == MessageStatus::kDeleted) return NotPossible("The message was deleted");
  if (target.status == MessageStatus::kFailed) return NotPossible("The message was never sent");
  return std::visit(MayBeSent{target, edit_window, now}, write.content);
}

base::Result<void> ApplyModifier(Transaction& tx, const Channel& channel, const Chat& chat,
                                 const Message& modifier, base::Time at, Stamp& stamp) {
  std::optional<MessageInChat> found;
  if (const auto id = TargetOf(modifier.content)) {
    PARLEY_TRY(target, tx.messages().FindById(channel.account, *id));
    if (target && target->message.chat == chat.row) found = std::move(target);
  }
  if (found) {
    Effect effect{tx, channel, chat, modifier, found->message, at, stamp};
    return std::visit(effect, modifier.content);
  }
  if (KindOf(modifier.content) != ContentKind::kReaction) return {};
  MessageReacted reacted;
  reacted.channel = SnapshotOf(channel);
  reacted.chat = SnapshotOf(chat);
  reacted.modifier = SnapshotOf(modifier);
  Event event;
  event.id = stamp.Next<EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.chat = chat.row;
  event.at = stamp.now();
  event.body = std::move(reacted);
  PARLEY_CHECK(tx.events().Append(event));
  return {};
}

}  // namespace parley::core
