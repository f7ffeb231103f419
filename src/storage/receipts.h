// Receipts of the participants of groups in SQL.
#pragma once

#include "core/messages/receipt_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlReceiptStore final : public core::ReceiptStore {
 public:
  explicit SqlReceiptStore(Connection& db) : db_(db) {}
  base::Result<std::optional<core::Receipt>> Find(core::MessageRow message,
                                                  core::PersonRow person) const override;
  base::Result<bool> Put(core::MessageRow message, const core::Receipt& receipt) override;
  base::Result<bool> Reached(core::MessageRow message, core::MessageStatus step,
                             int people) const override;
  base::Result<std::vector<core::Receipt>> List(core::MessageRow message) const override;

 private:
  Connection& db_;
};

}  // namespace parley::storage
