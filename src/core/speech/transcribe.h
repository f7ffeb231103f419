// What happens to a message because of its transcription, each in the transaction of the change.
#pragma once

#include <optional>

#include "base/result.h"
#include "core/accounts/account.h"
#include "core/channels/channel.h"
#include "core/messages/message.h"
#include "core/speech/transcription.h"
#include "core/stamp.h"
#include "core/store.h"

namespace parley::core {

// Faults of what an account chose, with paths below `settings`.
base::Result<void> CheckTranscriptionSettings(const AccountSettings& settings);

// For a voice message that came in: makes it wait when its account wants transcriptions, or fail at
// once, with the event, when too many wait already. `message` is stored, with its row.
base::Result<void> WantTranscription(Transaction& tx, const Channel& channel, const Chat& chat,
                                     const Message& message, Stamp& stamp);

// What a job needs to be done; none: there is nothing left to do, and the job is gone.
struct TranscriptionWork {
  AccountId account;
  AccountSettings settings;
  std::string sealed_key;
  MediaRef media;
};

// Looks up what a job is about. Ends one whose message or file is no longer there or whose account
// has switched off, with its event; moves one whose account has another engine now.
base::Result<std::optional<TranscriptionWork>> BeginTranscription(Transaction& tx,
                                                                  const TranscriptionJob& job,
                                                                  Stamp& stamp);
// Stores how it ended, with the event, and ends the job.
base::Result<void> FinishTranscription(Transaction& tx, const TranscriptionJob& job,
                                       Transcription outcome, Stamp& stamp);

}  // namespace parley::core
