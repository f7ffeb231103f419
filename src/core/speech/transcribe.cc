#include "core/speech/transcribe.h"

#include <algorithm>
#include <utility>

#include "core/accounts/account_store.h"
#include "core/channels/channel_store.h"
#include "core/event_store.h"
#include "core/media/media_store.h"
#include "core/messages/message_store.h"
#include "core/snapshots.h"
#include "core/speech/transcription_store.h"

namespace parley::core {
namespace {

constexpr std::string_view kEmbeddedLanguage = "en";

// "en" of "en-US".
std::string_view PrimaryLanguage(std::string_view language) {
  return language.substr(0, language.find('-'));
}

// They go into a form: no line may end in them.
bool IsName(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != '"'; });
}

bool IsWebUrl(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://");
}

const AudioContent* VoiceOf(const Message& message) {
  const auto* audio = std::get_if<AudioContent>(&message.content);
  return audio != nullptr && audio->voice ? audio : nullptr;
}

base::Result<void> Tell(Transaction& tx, const Channel& channel, const Chat& chat,
                        const Message& message, const Transcription& transcription, Stamp& stamp) {
  Event event;
  event.id = stamp.Next<EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.chat = chat.row;
  event.at = stamp.now();
  MessageTranscribed told;
  told.channel = SnapshotOf(channel);
  told.chat = SnapshotOf(chat);
  told.message = SnapshotOf(message);
  told.transcription = transcription;
  event.body = std::move(told);
  PARLEY_CHECK(tx.events().Append(event));
  return {};
}

// How it ends when nobody has listened to it.
Transcription Without(const TranscriptionJob& job, TranscriptionFault fault) {
  Transcription outcome;
  outcome.status = TranscriptionStatus::kFailed;
  outcome.engine = job.engine;
  outcome.fault = fault;
  return outcome;
}

}  // namespace

base::Result<void> CheckTranscriptionSettings(const AccountSettings& settings) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  const std::string_view language = settings.transcription_language;
  if (!IsName(language))
    faults.Absorb(base::FieldError("settings.transcription_language", "Must look like en-US"));
  if (!IsName(settings.transcription_model))
    faults.Absorb(base::FieldError("settings.transcription_model",
                                   "Must be printable ASCII without blanks and quotes"));
  if (settings.transcription == TranscriptionEngine::kEmbedded && !language.empty() &&
      PrimaryLanguage(language) != kEmbeddedLanguage)
    faults.Absorb(base::FieldError("settings.transcription_language",
                                   "The embedded recogniser understands English (en-US) only"));
  if (!settings.transcription_url.empty() && !IsWebUrl(settings.transcription_url))
    faults.Absorb(base::FieldError("settings.transcription_url", "Must be an http or https URL"));
  if (settings.transcription == TranscriptionEngine::kEndpoint &&
      settings.transcription_url.empty())
    faults.Absorb(base::FieldError("settings.transcription_url",
                                   "Required when transcription is \"endpoint\""));
  if (!faults.faults.empty()) return faults;
  return {};
}

base::Result<void> WantTranscription(Transaction& tx, const Channel& channel, const Chat& chat,
                                     const Message& message, Stamp& stamp) {
  if (message.direction != Direction::kIn || VoiceOf(message) == nullptr) return {};
  PARLEY_TRY(account, tx.accounts().Find(channel.account));
  if (!account || account->settings.transcription == TranscriptionEngine::kOff) return {};
  TranscriptionJob job;
  job.engine = account->settings.transcription;
  job.account = channel.account;
  job.message = message.row;
  job.due = stamp.now();
  PARLEY_TRY(waiting, tx.transcriptions().CountWaiting(job.engine, job.account));
  if (waiting >= kMaxWaitingTranscriptions) {
    Transcription outcome = Without(job, TranscriptionFault::kQueueFull);
    outcome.finished_at = stamp.now();
    PARLEY_CHECK(tx.messages().SetTranscription(message.row, outcome));
    return Tell(tx, channel, chat, message, outcome, stamp);
  }
  Transcription pending;
  pending.engine = job.engine;
  pending.language = account->settings.transcription_language;
  PARLEY_CHECK(tx.messages().SetTranscription(message.row, pending));
  return tx.transcriptions().Put(job);
}

base::Result<std::optional<TranscriptionWork>> BeginTranscription(Transaction& tx,
                                                                  const TranscriptionJob& job,
                                                                  Stamp& stamp) {
  std::optional<TranscriptionWork> none;
  PARLEY_TRY(account, tx.accounts().Find(job.account));
  PARLEY_TRY(found, tx.messages().FindByRow(job.account, job.message));
  const AudioContent* voice = found ? VoiceOf(found->message) : nullptr;
  if (!account || voice == nullptr) {
    PARLEY_CHECK(tx.transcriptions().Delete(job));
    return none;
  }
  if (account->settings.transcription == TranscriptionEngine::kOff) {
    Transcription outcome = Without(job, TranscriptionFault::kSwitchedOff);
    PARLEY_CHECK(FinishTranscription(tx, job, std::move(outcome), stamp));
    return none;
  }
  const MediaOwner owner(job.account, found->message.channel);
  PARLEY_TRY(media, tx.media().Find(owner, voice->media.id));
  if (!media || found->message.status == MessageStatus::kDeleted) {
    Transcription outcome = Without(job, TranscriptionFault::kGone);
    PARLEY_CHECK(FinishTranscription(tx, job, std::move(outcome), stamp));
    return none;
  }
  if (account->settings.transcription != job.engine) {
    TranscriptionJob moved = job;
    moved.engine = account->settings.transcription;
    moved.attempts = 0;
    PARLEY_CHECK(tx.transcriptions().Delete(job));
    PARLEY_CHECK(tx.transcriptions().Put(moved));
    return none;
  }
  TranscriptionWork work;
  work.account = account->id;
  work.settings = std::move(account->settings);
  work.sealed_key = std::move(account->sealed_transcription_key);
  work.media = std::move(media->ref);
  return std::optional(std::move(work));
}

base::Result<void> FinishTranscription(Transaction& tx, const TranscriptionJob& job,
                                       Transcription outcome, Stamp& stamp) {
  PARLEY_CHECK(tx.transcriptions().Delete(job));
  PARLEY_TRY(found, tx.messages().FindByRow(job.account, job.message));
  if (!found) return {};  // pruned meanwhile
  PARLEY_TRY(channel, tx.channels().Find(job.account, found->message.channel));
  if (!channel) return {};
  outcome.finished_at = stamp.now();
  PARLEY_CHECK(tx.messages().SetTranscription(job.message, outcome));
  return Tell(tx, *channel, found->chat, found->message, outcome, stamp);
}

}  // namespace parley::core
