// Persons, addresses and chats in SQL. What was found is kept, because every message needs its
// person and chat; whoever rolls back or sees foreign commits calls Forget.
#pragma once

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include <string>
#include <tuple>
#include <utility>

#include "core/contacts/contact_store.h"
#include "storage/connection.h"
#include "storage/messages.h"

namespace parley::storage {

class SqlContactStore final : public core::ContactStore {
 public:
  // A merge of persons moves messages from chat to chat.
  SqlContactStore(Connection& db, SqlMessageStore& messages) : db_(db), messages_(messages) {}
  base::Result<std::optional<core::Person>> FindPerson(core::AccountRow account,
                                                       const core::Address& address) const override;
  base::Result<std::optional<core::Person>> FindPersonById(core::AccountRow account,
                                                           core::PersonId id) const override;
  base::Result<core::PersonRow> InsertPerson(const core::Person& person) override;
  base::Result<void> UpdatePerson(const core::Person& person) override;
  base::Result<std::vector<core::Person>> ListContacts(core::AccountRow account,
                                                       const ContactPage& page) const override;
  base::Result<void> SetInBook(core::ChannelRow channel, core::PersonRow person,
                               bool is_in) override;
  base::Result<void> LeaveBooks(core::PersonRow person) override;
  base::Result<std::int64_t> CloseBook(core::ChannelRow channel, int limit) override;
  base::Result<bool> IsInBooks(core::PersonRow person) const override;
  base::Result<bool> IsNameOfOthers(core::ChannelRow channel,
                                    core::PersonRow person) const override;
  base::Result<void> SetBlocked(core::ChannelRow channel, core::PersonRow person,
                                bool blocked) override;
  base::Result<bool> IsBlocked(core::ChannelRow channel, core::PersonRow person) const override;
  base::Result<void> MergePersons(core::PersonRow kept, core::PersonRow dropped) override;
  base::Result<std::optional<core::Chat>> FindChat(core::ChannelRow channel,
                                                   core::PersonRow person) const override;
  base::Result<std::optional<core::Chat>> FindChatByRow(core::AccountRow account,
                                                        core::ChatRow row) const override;
  base::Result<core::ChatRow> InsertChat(const core::Chat& chat) override;
  base::Result<std::vector<core::Chat>> ListChats(core::ChannelRow channel,
                                                  const ChatPage& page) const override;
  base::Result<void> NoteActivity(core::ChatRow chat, base::Time at, bool is_news) override;
  base::Result<core::ChatActivity> ActivityOf(core::ChatRow chat) const override;
  base::Result<void> HideChat(core::ChatRow chat) override;
  base::Result<void> UpdateChat(const core::Chat& chat) override;
  base::Result<void> CountUnread(const core::Chat& chat) override;
  base::Result<void> LimitUnread(const core::Chat& chat, std::int64_t left) override;
  base::Result<void> WidenWindow(const core::Chat& chat, base::Time until) override;

  void Forget();

 private:
  base::Result<void> ForgetPerson(const core::Person& person);
  base::Result<void> PutAddresses(const core::Person& person);
  base::Result<void> MoveChats(core::PersonRow kept, core::PersonRow dropped);

  Connection& db_;
  SqlMessageStore& messages_;
  using AddressKey = std::tuple<std::int64_t, core::AddressKind, std::string>;  // of an account
  using ChatKey = std::pair<std::int64_t, std::int64_t>;                        // channel, person
  static AddressKey KeyOf(core::AccountRow account, const core::Address& address) {
    return {account.value, address.kind, address.value};
  }
  static ChatKey KeyOf(core::ChannelRow channel, core::PersonRow person) {
    return {channel.value, person.value};
  }
  mutable absl::flat_hash_map<AddressKey, core::Person> persons_;
  mutable absl::flat_hash_map<ChatKey, core::Chat> chats_;
  struct Noted {
    base::Time at;
    bool has_news;
  };
  absl::flat_hash_map<std::int64_t, Noted> noted_;  // what the rows of chats say at least
};

}  // namespace parley::storage
