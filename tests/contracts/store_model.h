// What a store must hold, as plain maps: the model that random operations are compared with.
#pragma once

#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "core/accounts/account_store.h"
#include "core/channels/channel_store.h"
#include "core/contacts/contact_store.h"
#include "core/event_store.h"
#include "core/idempotency.h"
#include "core/link_state.h"
#include "core/media/media_store.h"
#include "core/messages/message_store.h"
#include "core/operations.h"
#include "core/usage/usage_store.h"
#include "core/webhooks/webhook_store.h"

namespace parley::testing {

struct Model {
  std::map<core::AccountRow, core::Account> accounts;
  std::map<core::CredentialRow, core::Credential> credentials;
  std::map<core::ChannelRow, core::Channel> channels;
  std::map<core::PersonRow, core::Person> persons;
  std::map<core::PersonRow, core::PersonRow> merged;  // dropped → kept
  std::map<std::pair<core::AccountRow, core::Address>, core::PersonRow> addresses;
  std::map<core::ChatRow, core::Chat> chats;  // peers are in `persons`
  std::map<core::MessageRow, core::Message> messages;
  std::map<core::EventPosition, core::Event> events;
  std::map<core::SubscriptionRow, core::Subscription> subscriptions;
  using DeliveryKey = std::tuple<core::SubscriptionRow, core::EventPosition, std::string>;
  std::map<DeliveryKey, core::Delivery> deliveries;
  core::EventPosition common_position;
  std::map<core::MediaId, core::Media> media;
  std::map<core::OperationId, core::Operation> operations;
  std::vector<std::pair<base::Digest, core::IdempotencyRecord>> idempotency;  // in order of arrival
  std::map<std::tuple<core::ChannelRow, std::string, std::string>, std::string> link_state;

  std::map<std::pair<core::ChannelRow, core::UsageKey>, core::UsageCount> usage;
  std::map<std::pair<core::AccountRow, core::Month>, std::int64_t> accepted;
  std::map<std::pair<core::ChatRow, core::ConversationCategory>, std::string> conversations;

  // Changes that are more than one assignment.
  void PutPerson(const core::Person& person);
  void MergePersons(core::PersonRow kept, core::PersonRow dropped);
  int PruneMessages(base::Time until, core::MessageRow after, int limit,
                    std::vector<core::MessageRow>& queued, std::optional<core::MessageRow>& next);
  int PruneEvents(base::Time until, core::EventPosition settled, int limit);
  int PruneRecords(base::Time now, int limit);
  int PruneMedia(base::Time until, int limit);
  int Replay(core::SubscriptionRow subscription, core::EventPosition from, core::EventPosition to,
             bool also_done, base::Time now);

  // Answers, as text.
  std::string MessageText(const core::Message& message) const;  // with its chat
  std::vector<std::string> List(core::AccountRow account,
                                const core::MessageStore::Page& page) const;
  std::vector<std::string> Queued(core::ChannelRow channel, core::MessageRow after,
                                  int limit) const;
  std::optional<base::Time> LatestAt(core::ChatRow chat) const;
  std::string FindByLinkId(core::ChatRow chat, core::Direction direction,
                           const std::string& link_id) const;
  std::vector<std::string> Usage(core::ChannelRow channel, std::optional<core::Month> month) const;
  std::string FindRecord(const base::Digest& scope, base::Time now) const;
};

// Everything in a value, for comparing; "none" where there is none.
std::string Text(const core::Account& account);
std::string Text(const core::Credential& credential);
std::string Text(const core::Channel& channel);
std::string Text(const core::Person& person);
std::string Text(const core::Chat& chat);
std::string Text(const core::MessageInChat& message);
std::string Text(const core::Event& event);
std::string Text(const core::Subscription& subscription);
std::string Text(const core::Delivery& delivery);
std::string Text(const core::Media& media);
std::string Text(const core::Operation& operation);
std::string Text(const core::IdempotencyRecord& record);
std::string Text(const core::UsageRow& row);
template <class T>
std::string Text(const std::optional<T>& value) {
  return value ? Text(*value) : "none";
}
template <class T>
std::vector<std::string> Texts(const std::vector<T>& values) {
  std::vector<std::string> texts;
  for (const T& value : values) texts.push_back(Text(value));
  return texts;
}

}  // namespace parley::testing
