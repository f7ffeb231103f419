// Jobs of transcription in SQL.
#pragma once

#include "core/speech/transcription_store.h"
#include "storage/connection.h"

namespace parley::storage {

class SqlTranscriptionStore final : public core::TranscriptionStore {
 public:
  explicit SqlTranscriptionStore(Connection& db) : db_(db) {}
  base::Result<void> Put(const core::TranscriptionJob& job) override;
  base::Result<void> Delete(const core::TranscriptionJob& job) override;
  base::Result<int> CountWaiting(core::TranscriptionEngine engine,
                                 core::AccountRow account) const override;
  base::Result<std::int64_t> CountAll() const override;
  base::Result<std::optional<core::TranscriptionJob>> FirstDue(core::TranscriptionEngine engine,
                                                               core::AccountRow after,
                                                               base::Time now) const override;
  base::Result<std::optional<base::Time>> NextDue(base::Time now) const override;

 private:
  Connection& db_;
};

}  // namespace parley::storage
