// Transcriptions: what was said in a voice message, as text.
//
// An account chooses who writes it down. The transcription is part of its message from the moment
// that the message is stored: first pending, then done with a text, or failed with a reason out of
// a closed set. No text is ever made up: where nothing was understood, it says so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/names.h"
#include "core/ids.h"

namespace parley::core {

// Who writes down what is said.
enum class TranscriptionEngine : std::uint8_t {  // stored; never renumber
  kOff = 1,
  kEmbedded = 2,  // the recogniser that comes with Parley: American English
  kEndpoint = 3,  // a server with OpenAI's /v1/audio/transcriptions
};
inline constexpr base::EnumNames<TranscriptionEngine, 3> kTranscriptionEngineNames({
    {TranscriptionEngine::kOff, "off"},
    {TranscriptionEngine::kEmbedded, "embedded"},
    {TranscriptionEngine::kEndpoint, "endpoint"},
});
PARLEY_ENUM_NAMES(TranscriptionEngine, kTranscriptionEngineNames)

enum class TranscriptionStatus : std::uint8_t { kPending, kDone, kFailed };  // stored by name
inline constexpr base::EnumNames<TranscriptionStatus, 3> kTranscriptionStatusNames({
    {TranscriptionStatus::kPending, "pending"},
    {TranscriptionStatus::kDone, "done"},
    {TranscriptionStatus::kFailed, "failed"},
});
PARLEY_ENUM_NAMES(TranscriptionStatus, kTranscriptionStatusNames)

// Why there is no text. Stored by name.
enum class TranscriptionFault : std::uint8_t {
  kTooLong,
  kTookTooLong,
  kNoSpeech,
  kUndecodable,
  kUnavailable,
  kRefused,
  kBadAnswer,
  kGone,
  kQueueFull,
  kSwitchedOff,
};
inline constexpr base::EnumNames<TranscriptionFault, 10> kTranscriptionFaultNames({
    {TranscriptionFault::kTooLong, "too_long"},
    {TranscriptionFault::kTookTooLong, "took_too_long"},
    {TranscriptionFault::kNoSpeech, "no_speech"},
    {TranscriptionFault::kUndecodable, "undecodable"},
    {TranscriptionFault::kUnavailable, "unavailable"},
    {TranscriptionFault::kRefused, "refused"},
    {TranscriptionFault::kBadAnswer, "bad_answer"},
    {TranscriptionFault::kGone, "gone"},
    {TranscriptionFault::kQueueFull, "queue_full"},
    {TranscriptionFault::kSwitchedOff, "switched_off"},
});
PARLEY_ENUM_NAMES(TranscriptionFault, kTranscriptionFaultNames)

struct FaultKind {
  TranscriptionFault fault;
  bool passes;  // it may go well later: tried again
  std::string_view text;
};
inline constexpr FaultKind kFaultKinds[] = {
    {TranscriptionFault::kTooLong, false, "The audio is longer than is transcribed"},
    {TranscriptionFault::kTookTooLong, false, "The recogniser did not get through in time"},
    {TranscriptionFault::kNoSpeech, false, "Nothing was said that could be understood"},
    {TranscriptionFault::kUndecodable, false, "The file is no audio that can be played"},
    {TranscriptionFault::kUnavailable, true, "The recogniser cannot be reached or failed"},
    {TranscriptionFault::kRefused, true, "The endpoint refused: see its key, model and address"},
    {TranscriptionFault::kBadAnswer, true, "The endpoint's answer is none"},
    {TranscriptionFault::kGone, false, "The message or its file is no longer there"},
    {TranscriptionFault::kQueueFull, false, "Too many messages of the account wait already"},
    {TranscriptionFault::kSwitchedOff, false, "Transcription was switched off meanwhile"},
};
static_assert(std::size(kFaultKinds) == std::size(kTranscriptionFaultNames.rows));
constexpr const FaultKind& KindOf(TranscriptionFault fault) {
  for (const FaultKind& kind : kFaultKinds)
    if (kind.fault == fault) return kind;
  return kFaultKinds[0];
}

struct Transcription {
  TranscriptionStatus status = TranscriptionStatus::kPending;
  TranscriptionEngine engine = TranscriptionEngine::kEmbedded;
  std::string text;                         // of kDone
  std::string language;                     // that was asked for, or heard; may be empty
  std::optional<TranscriptionFault> fault;  // of kFailed
  std::string detail;                       // for the operator: what the endpoint said
  std::optional<base::Time> finished_at;

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using T = Transcription;
    return base::FieldList(Required("status", &T::status), Required("engine", &T::engine),
                           Optional("text", &T::text), Optional("language", &T::language),
                           Optional("fault", &T::fault), Optional("detail", &T::detail),
                           Optional("finished_at", &T::finished_at));
  }
};

// More than is said in the longest audio that is taken; what an endpoint says beyond it is cut.
inline constexpr std::size_t kMaxTranscript = 60'000;  // bytes
// Messages of one account that may wait for one engine.
inline constexpr int kMaxWaitingTranscriptions = 500;

// A message that waits for its transcription: a row, so that a restart finds it again.
struct TranscriptionJob {
  TranscriptionEngine engine = TranscriptionEngine::kEmbedded;
  AccountRow account;
  MessageRow message;
  int attempts = 0;  // that failed
  base::Time due;
};

}  // namespace parley::core
