// The writes of a walk.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "tests/contracts/store_answers.h"
#include "tests/contracts/store_walk.h"

namespace parley::testing {

Write Walk::Any() {
  switch (Below(17)) {
    case 0:
      return PutAccount(Chance(6));
    case 1:
      return PutCredential();
    case 2:
      return PutChannel(Chance(6));
    case 3:
      return PutPerson(Chance(2));
    case 4:
      return PutChat();
    case 5:
      return WidenWindow();
    case 6:
      return AppendEvent();
    case 7:
      return PutSubscription(Chance(4));
    case 8:
      return PutDelivery();
    case 9:
      return PutMedia();
    case 10:
      return PutRecord();
    case 11:
      return PutLinkState();
    case 12:
      return SetStatus();
    case 13:
      return CountUsage();
    default:
      return PutMessage();
  }
}

Write Walk::Alone() {
  switch (Below(6)) {
    case 5:
      return EnterConversation();
    case 0:
      return Merge();
    case 1:
      return MoveDeliveries();
    case 2:
      return PutOperation();
    default:
      return Prune();
  }
}

// Writes a few things, whatever they are, and then gives up; or asks for what must not be.
Write Walk::Refused() {
  Write refused;
  refused.fails = true;
  if (Chance(3)) {
    const core::Message twin = model_.messages.rbegin()->second;  // the newest is never pruned
    refused.run = [twin](Transaction& tx) -> Result<void> {
      PARLEY_CHECK(tx.messages().Insert(twin));
      return {};
    };
    return refused;
  }
  std::vector<Write> parts;
  for (std::size_t i = 1 + Below(4); i > 0; --i) parts.push_back(Chance(4) ? Alone() : Any());
  refused.run = [parts](Transaction& tx) -> Result<void> {
    for (const Write& part : parts) PARLEY_CHECK(part.run(tx));
    return base::ErrorCode::kInvalidState;
  };
  return refused;
}

Write Walk::PutAccount(bool is_new) {
  core::Account account;
  if (is_new) {
    account.id = NewId<core::AccountId>();
    account.created_at = Tick();
  } else {
    account = Any(model_.accounts);
  }
  account.name = "account " + std::to_string(Below(100));
  account.on_trial = Chance(2);
  account.blocked = Chance(2);
  if (account.blocked) account.block_reason = "unpaid";
  if (Chance(2)) account.expires_at = Tick();
  account.requests_per_minute = static_cast<std::int64_t>(Below(100));
  account.messages_per_month = static_cast<std::int64_t>(Below(100));
  account.settings.wapio_envelope = Chance(2);
  const auto stored = std::make_shared<core::Account>(account);
  return {[stored, is_new](Transaction& tx) -> Result<void> {
            if (!is_new) return tx.accounts().Update(*stored);
            PARLEY_TRY(row, tx.accounts().Insert(*stored));
            stored->row = row;
            return {};
          },
          [this, stored] { model_.accounts[stored->row] = *stored; }};
}

Write Walk::PutCredential() {
  if (!model_.credentials.empty() && Chance(4)) {
    const core::CredentialRow row = Any(model_.credentials).row;
    return {[row](Transaction& tx) { return tx.credentials().Delete(row); },
            [this, row] { model_.credentials.erase(row); }};
  }
  const auto stored = std::make_shared<core::Credential>();
  stored->account = Any(model_.accounts).row;
  stored->dialect = static_cast<core::Dialect>(1 + Below(4));
  if (Chance(2)) stored->channel = Any(model_.channels).row;
  stored->digest = base::Sha256(random_->Token(8));
  stored->fingerprint = core::FingerprintOf(stored->digest);
  stored->label = "key";
  stored->created_at = Tick();
  return {[stored](Transaction& tx) -> Result<void> {
            PARLEY_TRY(row, tx.credentials().Insert(*stored));
            stored->row = row;
            return {};
          },
          [this, stored] { model_.credentials[stored->row] = *stored; }};
}

Write Walk::PutChannel(bool is_new) {
  core::Channel channel;
  if (is_new) {
    channel.id = NewId<core::ChannelId>();
    channel.account = Any(model_.accounts).row;
    channel.code = "C" + random_->Token(6);
    channel.created_at = Tick();
  } else {
    channel = Any(model_.channels);
    channel.state = static_cast<core::ChannelState>(1 + Below(8));
  }
  channel.phone = Phone();
  channel.label = "channel " + std::to_string(Below(100));
  channel.settings.typing = Chance(2);
  channel.profile.push_name = "name";
  channel.updated_at = Tick();
  const auto stored = std::make_shared<core::Channel>(channel);
  return {[stored, is_new](Transaction& tx) -> Result<void> {
            if (!is_new) return tx.channels().Update(*stored);
            PARLEY_TRY(row, tx.channels().Insert(*stored));
            stored->row = row;
            return {};
          },
          [this, stored] { model_.channels[stored->row] = *stored; }};
}

// A person's address moves to whoever was stored with it last.
Write Walk::PutPerson(bool is_new) {
  core::Person person;
  if (is_new) {
    person.id = NewId<core::PersonId>();
    person.account = Any(model_.accounts).row;
    person.created_at = Tick();
  } else {
    person = Any(model_.persons);
    if (model_.merged.contains(person.row)) person = model_.persons[model_.merged[person.row]];
  }
  if (Chance(2)) person.peer.phone = Phone();
  if (Chance(2)) person.peer.lid = Lid();
  if (Chance(4)) person.peer.username = "user" + std::to_string(Below(25));
  person.peer.push_name = "push " + std::to_string(Below(100));
  person.peer.is_business = Chance(2);
  const auto stored = std::make_shared<core::Person>(person);
  return {[stored, is_new](Transaction& tx) -> Result<void> {
            if (!is_new) return tx.contacts().UpdatePerson(*stored);
            PARLEY_TRY(row, tx.contacts().InsertPerson(*stored));
            stored->row = row;
            return {};
          },
          [this, stored] { model_.PutPerson(*stored); }};
}

// Found or made, as core/contacts/resolve.cc does.
Write Walk::PutChat() {
  const auto stored = std::make_shared<core::Chat>();
  stored->channel = Any(model_.channels).row;
  stored->person = Any(model_.persons).row;
  if (model_.merged.contains(stored->person)) stored->person = model_.merged[stored->person];
  if (Chance(3)) stored->window_until = Tick();
  return {[stored](Transaction& tx) -> Result<void> {
            PARLEY_TRY(known, tx.contacts().FindChat(stored->channel, stored->person));
            if (known) {
              stored->row = known->row;
              stored->window_until = known->window_until;
              return {};
            }
            PARLEY_TRY(row, tx.contacts().InsertChat(*stored));
            stored->row = row;
            return {};
          },
          [this, stored] { model_.chats.try_emplace(stored->row, *stored); }};
}

Write Walk::PutMessage() {
  const core::Chat& chat = Any(model_.chats);
  const auto stored = std::make_shared<core::Message>();
  core::Message& message = *stored;
  message.id = NewId<core::MessageId>();
  message.account = model_.channels.at(chat.channel).account;
  message.channel = chat.channel;
  message.chat = chat.row;
  message.direction = static_cast<core::Direction>(1 + Below(2));
  message.content = core::TextContent{"text " + std::to_string(Below(1000))};
  message.status = static_cast<core::MessageStatus>(1 + Below(3));
  if (Chance(2)) message.link_id = LinkId();
  if (Chance(5)) message.quoted = NewId<core::MessageId>();
  if (Chance(5)) message.sender = chat.person;
  if (Chance(6)) message.failure = core::Failure{"7", "no such number"};
  message.accepted_at = Tick();
  // Often the same time, sometimes earlier than what is there.
  message.at = base::FromUnixMs(base::ToUnixMs(now_) / 10'000 * 10'000 -
                                static_cast<std::int64_t>(Below(3)) * 10'000);
  return {[stored](Transaction& tx) -> Result<void> {
            PARLEY_TRY(row, tx.messages().Insert(*stored));
            stored->row = row;
            // What was written is there at once.
            PARLEY_TRY(found, tx.messages().FindById(stored->account, stored->id));
            if (!found || found->message.row != row)
              return base::Error(base::ErrorCode::kInternal, "", "written and not found");
            return {};
          },
          [this, stored] { model_.messages[stored->row] = *stored; }};
}

Write Walk::SetStatus() {
  core::Message message = Any(model_.messages);
  message.status = static_cast<core::MessageStatus>(2 + Below(5));
  if (Chance(2)) message.link_id = LinkId();
  message.failure.reset();
  if (Chance(4)) message.failure = core::Failure{"", "late"};
  message.recipients = static_cast<int>(Below(3));
  message.conversation.reset();
  if (Chance(3)) message.conversation = SomeConversation();
  const core::HistoryEntry entry{message.status, Tick()};
  return {[message, entry](Transaction& tx) { return tx.messages().SetStatus(message, entry); },
          [this, message, entry] {
            core::Message& stored = model_.messages[message.row];
            stored.status = message.status;
            stored.failure = message.failure;
            stored.recipients = message.recipients;
            if (!message.link_id.empty()) stored.link_id = message.link_id;
            if (!stored.conversation) stored.conversation = message.conversation;
            stored.history.push_back(entry);
          }};
}

Write Walk::CountUsage() {
  core::UsageKey key;
  key.month = SomeMonth();
  key.direction = static_cast<core::Direction>(1 + Below(2));
  key.kind = static_cast<core::ContentKind>(1 + Below(3));
  if (Chance(2)) key.category = static_cast<core::ConversationCategory>(1 + Below(4));
  core::UsageCount count;
  count.messages = 1;
  count.conversations = Chance(2) ? 1 : 0;
  count.billable = count.conversations != 0 && Chance(2) ? 1 : 0;
  const core::ChannelRow channel = Any(model_.channels).row;
  const core::AccountRow account = Any(model_.accounts).row;
  return {[=](Transaction& tx) -> Result<void> {
            PARLEY_CHECK(tx.usage().CountAccepted(account, key.month));
            return tx.usage().Add(channel, key, count);
          },
          [this, key, count, channel, account] {
            ++model_.accepted[{account, key.month}];
            core::UsageCount& sum = model_.usage[{channel, key}];
            sum.messages += count.messages;
            sum.conversations += count.conversations;
            sum.billable += count.billable;
          }};
}

core::Conversation Walk::SomeConversation() {
  core::Conversation conversation;
  conversation.id = "conversation-" + std::to_string(Below(4));
  conversation.category = static_cast<core::ConversationCategory>(1 + Below(4));
  conversation.expires_at = now_;
  conversation.billable = Chance(2);
  return conversation;
}

// Compared in what it says: whether the chat was in another one before.
Write Walk::EnterConversation() {
  const core::ChatRow chat = Any(model_.chats).row;
  const core::Conversation conversation = SomeConversation();
  const std::pair key(chat, conversation.category);
  const auto known = model_.conversations.find(key);
  const bool is_new = known == model_.conversations.end() || known->second != conversation.id;
  return {[=](Transaction& tx) -> Result<void> {
            PARLEY_TRY(entered, tx.usage().Enter(chat, conversation));
            if (entered != is_new)
              return base::Error(base::ErrorCode::kInternal, "", "a conversation is not as new");
            return {};
          },
          [this, key, conversation] { model_.conversations[key] = conversation.id; }};
}

Write Walk::WidenWindow() {
  const core::Chat chat = Any(model_.chats);
  const base::Time until = now_ + std::chrono::seconds(Below(100)) - std::chrono::seconds(50);
  return {[chat, until](Transaction& tx) { return tx.contacts().WidenWindow(chat, until); },
          [this, chat, until] {
            auto& window = model_.chats[chat.row].window_until;
            window = std::max(window.value_or(base::FromUnixMs(0)), until);
          }};
}

Write Walk::AppendEvent() {
  const auto stored = std::make_shared<core::Event>();
  const core::Chat& chat = Any(model_.chats);
  stored->id = NewId<core::EventId>();
  stored->account = Any(model_.accounts).row;
  if (Chance(2)) stored->channel = chat.channel;
  if (Chance(2)) stored->chat = chat.row;
  stored->at = Tick();
  stored->body =
      core::SubscriptionDisabled{NewId<core::SubscriptionId>(), "https://x.test", "gone"};
  if (Chance(2)) {
    core::ChannelStateChanged changed;
    changed.channel.state_reason = "reason " + std::to_string(Below(10));
    stored->body = std::move(changed);
  }
  return {[stored](Transaction& tx) -> Result<void> {
            PARLEY_TRY(position, tx.events().Append(*stored));
            stored->position = position;
            return {};
          },
          [this, stored] { model_.events[stored->position] = *stored; }};
}

Write Walk::PutSubscription(bool is_new) {
  const auto stored = std::make_shared<core::Subscription>();
  core::Subscription& s = *stored;
  if (is_new) {
    s.id = NewId<core::SubscriptionId>();
    s.account = Any(model_.accounts).row;
    s.account_id = model_.accounts[s.account].id;
    s.dialect = static_cast<core::Dialect>(1 + Below(3));
    if (Chance(2)) s.channel = Any(model_.channels).row;
    s.created_at = Tick();
  } else {
    s = Any(model_.subscriptions);
  }
  s.url = "https://hooks.test/" + std::to_string(Below(10));
  if (Chance(2)) s.events = {"a", "b"};
  s.sealed_secret = std::string("\x00\xFFsecret", 8);
  s.parameters.acks = Chance(2);
  s.state = static_cast<core::SubscriptionState>(1 + Below(3));
  s.failing_since = Chance(2) ? std::optional(Tick()) : std::nullopt;
  s.position = core::EventPosition(static_cast<std::int64_t>(Below(20)));
  s.behind = Chance(2);
  // The owner's way, or the deliverer's two.
  const std::size_t way = is_new ? 0 : 1 + Below(3);
  const core::Subscription before = is_new ? core::Subscription() : model_.subscriptions[s.row];
  if (way == 2) {
    core::Subscription kept = before;
    kept.state = s.state;
    kept.state_reason = "failing";
    kept.failing_since = s.failing_since;
    s = kept;
  } else if (way == 3) {
    core::Subscription kept = before;
    kept.position = s.position;
    kept.behind = s.behind;
    s = kept;
  }
  return {[stored, way](Transaction& tx) -> Result<void> {
            const core::Subscription& put = *stored;
            switch (way) {
              case 0: {
                PARLEY_TRY(row, tx.subscriptions().Insert(put));
                stored->row = row;
                return {};
              }
              case 1:
                return tx.subscriptions().Update(put);
              case 2:
                return tx.subscriptions().SetHealth(put.row, put.state, put.state_reason,
                                                    put.failing_since);
              default:
                return tx.subscriptions().SetPosition(put.row, put.position, put.behind);
            }
          },
          [this, stored, way] {
            core::Subscription& kept = model_.subscriptions[stored->row];
            if (way == 2) {
              kept.state = stored->state;
              kept.state_reason = stored->state_reason;
              kept.failing_since = stored->failing_since;
            } else if (way == 3) {
              kept.position = stored->position;
              kept.behind = stored->behind;
            } else {
              kept = *stored;
            }
          }};
}

Write Walk::PutDelivery() {
  core::Delivery row;
  row.subscription = Any(model_.subscriptions).row;
  row.event = Any(model_.events).position;
  row.name = Chance(2) ? "a" : "b";
  row.order_key = static_cast<std::int64_t>(Below(4)) - 1;
  row.state = static_cast<core::DeliveryState>(1 + Below(4));
  row.attempts = static_cast<int>(Below(9));
  if (row.state == core::DeliveryState::kWaiting) row.next_at = Tick();
  row.last_status = 500;
  row.last_error = "no";
  row.last_duration_ms = 12;
  row.body = Chance(2) ? "{}" : "";
  if (row.state >= core::DeliveryState::kDone) row.finished_at = Tick();
  return {[row](Transaction& tx) { return tx.deliveries().Put(row); },
          [this, row] {
            model_.deliveries[{row.subscription, row.event, row.name}] = row;
          }};
}

Write Walk::MoveDeliveries() {
  const core::SubscriptionRow subscription = Any(model_.subscriptions).row;
  const base::Time now = Tick();
  const auto each = [this, subscription](const std::function<void(core::Delivery&)>& change) {
    for (auto& [key, row] : model_.deliveries)
      if (row.subscription == subscription) change(row);
  };
  switch (Below(5)) {
    case 0: {
      const core::EventPosition from(static_cast<std::int64_t>(Below(20)));
      const core::EventPosition to(from.value + static_cast<std::int64_t>(Below(20)));
      const bool also_done = Chance(2);
      return {[=](Transaction& tx) -> Result<void> {
                PARLEY_CHECK(tx.deliveries().Replay(subscription, from, to, also_done, now));
                return {};
              },
              [=, this] { model_.Replay(subscription, from, to, also_done, now); }};
    }
    case 1:
      return {[=](Transaction& tx) { return tx.deliveries().MakeDue(subscription, now); },
              [=] {
                each([=](core::Delivery& row) {
                  if (row.state == core::DeliveryState::kWaiting) row.next_at = now;
                });
              }};
    case 2:
      return {[=](Transaction& tx) -> Result<void> {
                PARLEY_CHECK(tx.deliveries().GiveUp(subscription, now));
                return {};
              },
              [=] {
                each([=](core::Delivery& row) {
                  if (row.state > core::DeliveryState::kParked) return;
                  row.state = core::DeliveryState::kDead;
                  row.next_at.reset();
                  row.finished_at = now;
                });
              }};
    case 3: {
      const core::EventPosition position(static_cast<std::int64_t>(Below(50)));
      return {[=](Transaction& tx) { return tx.deliveries().SetCommonPosition(position); },
              [=, this] { model_.common_position = position; }};
    }
    default:
      if (model_.subscriptions.size() < 3) return PutSubscription(true);
      return {[=](Transaction& tx) { return tx.subscriptions().Delete(subscription); },
              [=, this] {
                model_.subscriptions.erase(subscription);
                std::erase_if(model_.deliveries, [=](const auto& row) {
                  return row.second.subscription == subscription;
                });
              }};
  }
}

Write Walk::PutMedia() {
  core::Media media;
  media.account = Any(model_.accounts).row;
  if (Chance(2)) media.channel = Any(model_.channels).row;
  media.ref.id = NewId<core::MediaId>();
  media.ref.mime_type = "image/png";
  media.ref.size = static_cast<std::int64_t>(Below(10000));
  media.ref.sha256 = base::ToHexText(base::AsText(Digest(Below(8))));
  media.ref.file_name = Chance(2) ? "a.png" : "";
  media.created_at = Tick();
  return {[media](Transaction& tx) { return tx.media().Insert(media); },
          [this, media] { model_.media[media.ref.id] = media; }};
}

Write Walk::PutOperation() {
  core::Operation operation;
  const bool is_new = model_.operations.empty() || Chance(2);
  if (is_new) {
    operation.id = NewId<core::OperationId>();
    operation.account = Any(model_.accounts).row;
    operation.type = "delete_channel";
    operation.enqueued_at = Tick();
  } else {
    operation = Any(model_.operations);
    operation.state = static_cast<core::OperationState>(1 + Below(4));
    operation.error = "no";
    operation.started_at = operation.finished_at = Tick();
  }
  return {[operation, is_new](Transaction& tx) {
            return is_new ? tx.operations().Insert(operation) : tx.operations().Update(operation);
          },
          [this, operation] { model_.operations[operation.id] = operation; }};
}

Write Walk::PutRecord() {
  const base::Digest scope = Digest(Below(12));
  core::IdempotencyRecord record;
  record.command = Digest(Below(1000));
  record.result = random_->Token(10);
  // Rows stand in the order they expire.
  record.expires_at = Tick() + std::chrono::seconds(10);
  return {[scope, record](Transaction& tx) { return tx.idempotency().Insert(scope, record); },
          [this, scope, record] {
            model_.idempotency.push_back({scope, record});
          }};
}

Write Walk::PutLinkState() {
  const core::ChannelRow channel = Any(model_.channels).row;
  if (Chance(8))
    return {[channel](Transaction& tx) { return tx.link_state().DeleteAll(channel); },
            [this, channel] {
              std::erase_if(model_.link_state, [channel](const auto& entry) {
                return std::get<0>(entry.first) == channel;
              });
            }};
  core::LinkWrites writes;
  for (std::size_t i = 1 + Below(3); i > 0; --i) {
    core::LinkWrite write;
    write.space = Chance(2) ? "keys" : "sessions";
    write.key = std::to_string(Below(6));
    if (!Chance(3)) write.value = random_->Token(5) + std::string(1, '\0');
    writes.push_back(write);
  }
  return {[channel, writes](Transaction& tx) { return tx.link_state().Apply(channel, writes); },
          [this, channel, writes] {
            for (const core::LinkWrite& write : writes) {
              const std::tuple key(channel, write.space, write.key);
              if (write.value)
                model_.link_state[key] = *write.value;
              else
                model_.link_state.erase(key);
            }
          }};
}

Write Walk::Merge() {
  std::vector<core::Person> candidates;
  const core::AccountRow account = Any(model_.accounts).row;
  for (const auto& [row, person] : model_.persons)
    if (person.account == account && !model_.merged.contains(row)) candidates.push_back(person);
  if (candidates.size() < 3) return PutPerson(true);
  const core::PersonRow kept = candidates[Below(candidates.size())].row;
  core::PersonRow dropped = kept;
  while (dropped == kept) dropped = candidates[Below(candidates.size())].row;
  Model expected = model_;
  expected.MergePersons(kept, dropped);
  std::map<core::ChatRow, std::string> latest;
  for (const auto& [row, chat] : expected.chats) latest[row] = Time(expected.LatestAt(row));
  return {[=](Transaction& tx) -> Result<void> {
            // What the writer has at hand of chats must not outlive the merge.
            for (const auto& [row, time] : latest) PARLEY_CHECK(tx.messages().LatestAt(row));
            PARLEY_CHECK(tx.contacts().MergePersons(kept, dropped));
            for (const auto& [row, time] : latest) {
              PARLEY_TRY(now, tx.messages().LatestAt(row));
              if (Time(now) != time)
                return base::Error(base::ErrorCode::kInternal, "", "the newest message is another");
            }
            return {};
          },
          [this, kept, dropped] { model_.MergePersons(kept, dropped); }};
}

// Each kind of pruning, compared in what it says and, by the questions, in what it left.
Write Walk::Prune() {
  const int limit = 1 + static_cast<int>(Below(60));
  const base::Time until = now_ - std::chrono::seconds(Below(600));
  const auto wrong = [](const char* what) {
    return base::Error(base::ErrorCode::kInternal, "", what);
  };
  switch (Below(5)) {
    case 0: {
      Model expected = model_;
      std::vector<core::MessageRow> queued;
      std::optional<core::MessageRow> next;
      const core::MessageRow after(Chance(2) ? 0 : static_cast<std::int64_t>(Below(100)));
      const int deleted = expected.PruneMessages(until, after, limit, queued, next);
      return {[=](Transaction& tx) -> Result<void> {
                PARLEY_TRY(pruned, tx.messages().Prune(until, after, limit));
                if (pruned.deleted != deleted || pruned.next != next ||
                    pruned.queued.size() != queued.size())
                  return wrong("messages pruned otherwise");
                return {};
              },
              [=, this] { model_.messages = expected.messages; }};
    }
    case 1: {
      Model expected = model_;
      const core::EventPosition settled(static_cast<std::int64_t>(Below(200)));
      const int deleted = expected.PruneEvents(until, settled, limit);
      return {[=](Transaction& tx) -> Result<void> {
                PARLEY_TRY(pruned, tx.events().Prune(until, settled, limit));
                if (pruned != deleted) return wrong("events pruned otherwise");
                return {};
              },
              [=, this] { model_.events = expected.events; }};
    }
    case 2: {
      Model expected = model_;
      const int deleted = expected.PruneRecords(until, limit);
      return {[=](Transaction& tx) -> Result<void> {
                PARLEY_TRY(pruned, tx.idempotency().Prune(until, limit));
                if (pruned != deleted) return wrong("records pruned otherwise");
                return {};
              },
              [=, this] { model_.idempotency = expected.idempotency; }};
    }
    case 3: {
      Model expected = model_;
      const int deleted = expected.PruneMedia(until, limit);
      return {[=](Transaction& tx) -> Result<void> {
                PARLEY_TRY(pruned, tx.media().Prune(until, limit));
                if (pruned != deleted) return wrong("media pruned otherwise");
                return {};
              },
              [=, this] { model_.media = expected.media; }};
    }
    default: {
      const core::EventPosition below = model_.events.begin()->first;
      return {[=](Transaction& tx) -> Result<void> {
                while (true) {
                  PARLEY_TRY(pruned, tx.deliveries().Prune(below, limit));
                  if (pruned < limit) return {};
                }
              },
              [=, this] {
                std::erase_if(model_.deliveries, [=](const auto& row) {
                  return row.second.event < below && row.second.state >= core::DeliveryState::kDone;
                });
              }};
    }
  }
}

}  // namespace parley::testing
