// Transcriber: what writes down speech. Declared for the core, implemented by `speech`.
#pragma once

#include <optional>
#include <string>

#include "base/task.h"
#include "base/time.h"
#include "core/media/media.h"
#include "core/speech/transcription.h"

namespace parley::core {

// What is to be written down, and how its account wants it.
struct Speech {
  MediaRef media;               // in the blob store
  std::string language;         // BCP 47, as "en-US"; empty: whatever is spoken
  std::string url, key, model;  // of the endpoint
};

struct Hearing {
  std::string text;  // trimmed, not empty, unless there is a fault
  std::string language;
  std::optional<TranscriptionFault> fault;
  std::string detail;
  std::optional<base::Duration> retry_after;  // of a fault that passes: not before

  static Hearing Fault(TranscriptionFault fault, std::string detail = "") {
    Hearing hearing;
    hearing.fault = fault;
    hearing.detail = std::move(detail);
    return hearing;
  }
};

// Thread: the store's scheduler. What takes long runs elsewhere.
class Transcriber {
 public:
  virtual ~Transcriber() = default;
  // Always ends, within a time of its own.
  virtual base::Task<Hearing> Transcribe(Speech speech) = 0;
};

// Null: there is no such engine here.
struct Transcribers {
  Transcriber* embedded = nullptr;
  Transcriber* endpoint = nullptr;

  Transcriber* Of(TranscriptionEngine engine) const {
    if (engine == TranscriptionEngine::kEmbedded) return embedded;
    return engine == TranscriptionEngine::kEndpoint ? endpoint : nullptr;
  }
};

}  // namespace parley::core
