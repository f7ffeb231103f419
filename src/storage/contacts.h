// Persons, addresses and chats in SQL.
#pragma once

#include "core/contacts/contact_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlContactStore final : public core::ContactStore {
 public:
  explicit SqlContactStore(Connection& db) : db_(db) {}
  base::Result<std::optional<core::Person>> FindPerson(core::AccountRow account,
                                                       const core::Address& address) const override;
  base::Result<std::optional<core::Person>> FindPersonById(core::AccountRow account,
                                                           core::PersonId id) const override;
  base::Result<core::PersonRow> InsertPerson(const core::Person& person) override;
  base::Result<void> UpdatePerson(const core::Person& person) override;
  base::Result<void> MergePersons(core::PersonRow kept, core::PersonRow dropped) override;
  base::Result<std::optional<core::Chat>> FindChat(core::ChannelRow channel,
                                                   core::PersonRow person) const override;
  base::Result<std::optional<core::Chat>> FindChatByRow(core::AccountRow account,
                                                        core::ChatRow row) const override;
  base::Result<core::ChatRow> InsertChat(const core::Chat& chat) override;
  base::Result<void> SetChatWindow(core::ChatRow chat, base::Time until) override;

 private:
  base::Result<void> PutAddresses(const core::Person& person);
  base::Result<void> MoveChats(core::PersonRow kept, core::PersonRow dropped);
  Connection& db_;
};

}  // namespace parley::storage
