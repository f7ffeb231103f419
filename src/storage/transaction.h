// The topic stores over one connection, as one core::Transaction.
#pragma once

#include "core/store.h"
#include "storage/accounts.h"
#include "storage/channels.h"
#include "storage/contacts.h"
#include "storage/events.h"
#include "storage/groups.h"
#include "storage/key_index.h"
#include "storage/media.h"
#include "storage/messages.h"
#include "storage/receipts.h"
#include "storage/records.h"
#include "storage/transcriptions.h"
#include "storage/usage.h"
#include "storage/webhooks.h"

namespace parley::storage {

class SqlTransaction final : public core::Transaction {
 public:
  SqlTransaction(Connection& db, KeyMemory& memory, KeyFilters& filters, const KeySizes& sizes)
      : keys_(db, memory, filters, sizes),
        accounts_(db, directory_changed_),
        credentials_(db, directory_changed_),
        channels_(db, directory_changed_),
        messages_(db, keys_, sizes),
        receipts_(db),
        contacts_(db, messages_),
        groups_(db),
        events_(db),
        subscriptions_(db),
        deliveries_(db),
        media_(db),
        operations_(db),
        idempotency_(db, keys_),
        link_state_(db),
        usage_(db),
        transcriptions_(db) {}

  core::AccountStore& accounts() override { return accounts_; }
  core::CredentialStore& credentials() override { return credentials_; }
  core::ChannelStore& channels() override { return channels_; }
  core::ContactStore& contacts() override { return contacts_; }
  core::GroupStore& groups() override { return groups_; }
  core::MessageStore& messages() override { return messages_; }
  core::ReceiptStore& receipts() override { return receipts_; }
  core::EventStore& events() override { return events_; }
  core::SubscriptionStore& subscriptions() override { return subscriptions_; }
  core::DeliveryStore& deliveries() override { return deliveries_; }
  core::MediaStore& media() override { return media_; }
  core::OperationStore& operations() override { return operations_; }
  core::IdempotencyStore& idempotency() override { return idempotency_; }
  core::LinkStateStore& link_state() override { return link_state_; }
  core::UsageStore& usage() override { return usage_; }
  core::TranscriptionStore& transcriptions() override { return transcriptions_; }

  // What was written since this was last asked.
  struct Changes {
    bool directory = false;  // accounts, credentials or channels
    SqlEventStore::Appended events;
  };
  Changes TakeChanges() {
    return Changes{std::exchange(directory_changed_, false), events_.TakeAppended()};
  }

  KeyIndex& keys() { return keys_; }
  SqlEventStore& event_rows() { return events_; }

  // What was cached may not be what the database holds: after a rollback, or before a new snapshot
  // that others wrote to.
  void Forget() {
    channels_.Forget();
    contacts_.Forget();
    messages_.Forget();
  }

 private:
  bool directory_changed_ = false;
  KeyIndex keys_;
  SqlAccountStore accounts_;
  SqlCredentialStore credentials_;
  SqlChannelStore channels_;
  SqlMessageStore messages_;
  SqlReceiptStore receipts_;
  SqlContactStore contacts_;
  SqlGroupStore groups_;
  SqlEventStore events_;
  SqlSubscriptionStore subscriptions_;
  SqlDeliveryStore deliveries_;
  SqlMediaStore media_;
  SqlOperationStore operations_;
  SqlIdempotencyStore idempotency_;
  SqlLinkStateStore link_state_;
  SqlUsageStore usage_;
  SqlTranscriptionStore transcriptions_;
};

}  // namespace parley::storage
