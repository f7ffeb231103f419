// Media rows in SQL.
#pragma once

#include "core/media/media_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlMediaStore final : public core::MediaStore {
 public:
  explicit SqlMediaStore(Connection& db) : db_(db) {}
  base::Result<void> Insert(const core::Media& media) override;
  base::Result<std::optional<core::Media>> Find(const core::MediaOwner& owner,
                                                core::MediaId id) const override;
  base::Result<std::optional<core::Media>> FindPublic(core::MediaId id) const override;
  base::Result<std::optional<core::Media>> FindSame(core::AccountRow account,
                                                    const std::string& sha256,
                                                    const std::string& mime_type) const override;
  base::Result<void> Renew(core::MediaId id, base::Time at) override;
  base::Result<bool> Delete(const core::MediaOwner& owner, core::MediaId id) override;
  base::Result<int> Prune(base::Time until, int limit) override;
  base::Result<void> SetFacts(const core::Media& media, const core::Message& message) override;
  base::Result<void> PutInspection(const core::Inspection& inspection) override;
  base::Result<void> DeleteInspection(const core::Inspection& inspection) override;
  base::Result<int> CountInspections(core::AccountRow account, int limit) const override;
  base::Result<std::int64_t> CountAllInspections() const override;
  base::Result<std::optional<core::Inspection>> NextInspection(
      core::AccountRow after) const override;
  base::Result<std::vector<std::string>> Unused(
      const std::vector<std::string>& digests) const override;

 private:
  Connection& db_;
};

}  // namespace parley::storage
