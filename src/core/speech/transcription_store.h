// Where jobs of transcription are kept; what came of them is part of the message. Thread: inside a
// transaction only.
#pragma once

#include <optional>

#include "base/result.h"
#include "core/speech/transcription.h"

namespace parley::core {

class TranscriptionStore {
 public:
  virtual ~TranscriptionStore() = default;

  // Replaces the job of that message, if there is one.
  virtual base::Result<void> Put(const TranscriptionJob& job) = 0;
  virtual base::Result<void> Delete(const TranscriptionJob& job) = 0;
  virtual base::Result<int> CountWaiting(TranscriptionEngine engine, AccountRow account) const = 0;
  // Of all engines and accounts.
  virtual base::Result<std::int64_t> CountAll() const = 0;
  // The oldest job of the next account behind `after` that has one which is due.
  virtual base::Result<std::optional<TranscriptionJob>> FirstDue(TranscriptionEngine engine,
                                                                 AccountRow after,
                                                                 base::Time now) const = 0;
  // When the next one falls due that is not yet at `now`.
  virtual base::Result<std::optional<base::Time>> NextDue(base::Time now) const = 0;
};

}  // namespace parley::core
