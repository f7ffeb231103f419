#include "core/channels/deletion.h"

#include "core/accounts/account_store.h"
#include "core/channels/channel_store.h"
#include "core/channels/reports.h"
#include "core/contacts/contact_store.h"
#include "core/link_state.h"
#include "core/messages/message_store.h"
#include "core/messages/receive.h"
#include "core/webhooks/webhook_store.h"

namespace parley::core {
namespace {

constexpr int kMessagesPerStep = 200;
constexpr int kBookEntriesPerStep = 1000;
constexpr const char* kDeleteChannel = "delete_channel";

base::Result<std::optional<Operation>> RunningDeletion(const Transaction& tx, ChannelRow channel) {
  PARLEY_TRY(unfinished, tx.operations().Unfinished());
  for (Operation& operation : unfinished)
    if (operation.channel == channel && operation.type == kDeleteChannel)
      return std::optional(std::move(operation));
  return std::optional<Operation>();
}

// True when it was waiting and is under way from now on.
base::Result<bool> StartOperation(Transaction& tx, ChannelRow channel, base::Time now) {
  PARLEY_TRY(operation, RunningDeletion(tx, channel));
  if (!operation || operation->state != OperationState::kQueued) return false;
  operation->started_at = now;
  operation->state = OperationState::kRunning;
  PARLEY_CHECK(tx.operations().Update(*operation));
  return true;
}

base::Result<void> FinishOperation(Transaction& tx, ChannelRow channel, base::Time now) {
  PARLEY_TRY(operation, RunningDeletion(tx, channel));
  if (!operation) return {};
  operation->finished_at = now;
  operation->state = OperationState::kSucceeded;
  return tx.operations().Update(*operation);
}

}  // namespace

base::Result<Operation> RequestDeletion(Transaction& tx, AccountRow account, ChannelRow row,
                                        Stamp stamp) {
  PARLEY_TRY(channel, tx.channels().Find(account, row));
  if (!channel || channel->state == ChannelState::kDeleted) return base::ErrorCode::kNotFound;
  if (channel->state == ChannelState::kDeleting) {
    PARLEY_TRY(running, RunningDeletion(tx, row));
    if (running) return std::move(*running);
  }
  PARLEY_TRY(keys, tx.credentials().ListOfChannel(row));
  for (const Credential& key : keys) PARLEY_CHECK(tx.credentials().Delete(key.row));
  Operation operation;
  operation.id = stamp.Next<OperationId>();
  operation.account = account;
  operation.channel = row;
  operation.type = kDeleteChannel;
  operation.enqueued_at = stamp.now();
  PARLEY_CHECK(tx.operations().Insert(operation));
  PARLEY_CHECK(ChangeState(tx, *channel, ChannelState::kDeleting, "requested", stamp));
  return operation;
}

base::Result<bool> DeleteStep(Transaction& tx, const Channel& channel, Stamp stamp) {
  PARLEY_TRY(started, StartOperation(tx, channel.row, stamp.now()));
  if (started) return false;
  PARLEY_TRY(queued, tx.messages().Queued(channel.row, MessageRow(), kMessagesPerStep));
  StatusNews news;
  news.status = MessageStatus::kFailed;
  news.at = stamp.now();
  news.failure = Failure{"channel_deleted", "The channel was deleted before the message was sent"};
  for (MessageInChat& message : queued)
    PARLEY_CHECK(ApplyStatus(tx, channel, std::move(message), news, stamp));
  if (!queued.empty()) return false;
  PARLEY_TRY(closed, tx.contacts().CloseBook(channel.row, kBookEntriesPerStep));
  if (closed == kBookEntriesPerStep) return false;

  PARLEY_CHECK(tx.link_state().DeleteAll(channel.row));
  SubscriptionStore::Filter of_channel;
  of_channel.channel = channel.row;
  PARLEY_TRY(subscriptions, tx.subscriptions().List(channel.account, of_channel));
  for (const Subscription& subscription : subscriptions)
    PARLEY_CHECK(tx.subscriptions().Delete(subscription.row));
  PARLEY_CHECK(ChangeState(tx, channel, ChannelState::kDeleted, "requested", stamp));
  PARLEY_CHECK(FinishOperation(tx, channel.row, stamp.now()));
  return true;
}

}  // namespace parley::core
