// A transcriber behind a URL: any server with OpenAI's POST /v1/audio/transcriptions (OpenAI
// itself, whisper.cpp's server, faster-whisper, LocalAI).
//
// The stored file goes as it is, as the part "file" of a form, with "model", "language" (the
// primary subtag: "en" of "en-US") and "response_format" json where they are set. The answer is
// read up to kMaxAnswer bytes as {"text", "language"}. How answers are taken: 408, 429 and 5xx as
// away, 413 as too long, 415 as a file that cannot be decoded, everything else as a refusal, which
// is tried again, too: an operator may yet put the key or the model right. What is only a remark
// ("[BLANK_AUDIO]",
// "(music)") is no speech.
//
// Source: OpenAI's API reference, "Create transcription"; whisper.cpp, examples/server/README.md.
#pragma once

#include <memory>

#include "base/blocking_pool.h"
#include "core/media/media_source.h"
#include "core/speech/transcriber.h"
#include "http/client.h"

namespace parley::speech {

inline constexpr base::Duration kEndpointTimeout = std::chrono::seconds(120);
inline constexpr std::int64_t kMaxEndpointFile = 25 << 20;  // OpenAI's limit
inline constexpr std::size_t kMaxAnswer = 1 << 20;

// What an answer of the endpoint means. It may be anything.
core::Hearing ReadAnswer(const http::ClientResponse& answer);

// All arguments outlive it. `client` has the address guard. Thread: the scheduler's.
std::unique_ptr<core::Transcriber> MakeEndpoint(base::Scheduler& scheduler, base::Random& random,
                                                base::BlockingPool& pool, core::BlobStore& blobs,
                                                http::Client& client);

}  // namespace parley::speech
