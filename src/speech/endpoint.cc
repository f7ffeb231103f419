#include "speech/endpoint.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "base/random.h"
#include "http/grammar.h"
#include "speech/text.h"

namespace parley::speech {
namespace {

using core::Hearing;
using core::TranscriptionFault;

constexpr std::size_t kMaxReason = 200;  // bytes kept of what a refusal says

// Servers tell formats by the name.
struct FileType {
  std::string_view mime_type, name;
};
constexpr FileType kFileTypes[] = {
    {"audio/ogg", "voice.ogg"},   {"audio/opus", "voice.ogg"},  {"audio/mpeg", "voice.mp3"},
    {"audio/mp4", "voice.m4a"},   {"audio/aac", "voice.m4a"},   {"audio/x-m4a", "voice.m4a"},
    {"audio/wav", "voice.wav"},   {"audio/x-wav", "voice.wav"}, {"audio/webm", "voice.webm"},
    {"audio/flac", "voice.flac"},
};

std::string_view FileNameOf(std::string_view mime_type) {
  mime_type = mime_type.substr(0, mime_type.find(';'));
  for (const FileType& type : kFileTypes)
    if (type.mime_type == mime_type) return type.name;
  return "voice.ogg";
}

void AddField(std::string& form, std::string_view boundary, std::string_view name,
              std::string_view value) {
  if (value.empty()) return;
  form += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", boundary,
                      name, value);
}

// The names and values are ours or without line ends (core checks the model and language).
std::string FormOf(const core::Speech& speech, const std::string& file,
                   const std::string& boundary) {
  std::string form;
  form.reserve(file.size() + 1024);
  AddField(form, boundary, "model", speech.model);
  AddField(form, boundary, "language",
           std::string_view(speech.language).substr(0, speech.language.find('-')));
  AddField(form, boundary, "response_format", "json");
  // The type is the sender's.
  const std::string_view type = http::IsFieldValue(speech.media.mime_type)
                                    ? std::string_view(speech.media.mime_type)
                                    : "application/octet-stream";
  form += fmt::format(
      "--{}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n"
      "Content-Type: {}\r\n\r\n",
      boundary, FileNameOf(type), type);
  form += file;
  form += fmt::format("\r\n--{}--\r\n", boundary);
  return form;
}

std::optional<base::Duration> RetryAfter(const http::ClientResponse& answer) {
  const std::string_view value = answer.headers.Get("Retry-After");
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
  constexpr std::int64_t kYear = 366 * 86400;
  if (error != std::errc() || end != value.data() + value.size() || seconds < 0)
    return std::nullopt;
  return std::chrono::seconds(std::min(seconds, kYear));
}

// {"error": {"message": ...}} as OpenAI has it, or {"error": ...}.
std::string ReasonIn(std::string_view body) {
  auto parsed = base::ParseJson(body);
  if (!parsed || !parsed->is_object()) return "";
  const base::json::value* error = base::Find(parsed->get_object(), "error");
  if (error != nullptr && error->is_object()) error = base::Find(error->get_object(), "message");
  if (error == nullptr || !error->is_string()) return "";
  const base::json::string& said = error->get_string();
  return Spoken(std::string_view(said.data(), said.size()), kMaxReason);
}

Hearing RefusalOf(const http::ClientResponse& answer) {
  std::string detail = fmt::format("HTTP {}", answer.status);
  if (const std::string said = ReasonIn(answer.body); !said.empty()) detail += ": " + said;
  switch (answer.status) {
    case 413:
      return Hearing::Fault(TranscriptionFault::kTooLong, std::move(detail));
    case 415:
      return Hearing::Fault(TranscriptionFault::kUndecodable, std::move(detail));
    default:
      break;
  }
  const bool away = answer.status == 408 || answer.status == 429 || answer.status >= 500;
  Hearing hearing = Hearing::Fault(
      away ? TranscriptionFault::kUnavailable : TranscriptionFault::kRefused, std::move(detail));
  hearing.retry_after = RetryAfter(answer);
  return hearing;
}

Hearing FaultOfCall(const base::Error& error) {
  const bool refused = error.code == base::ErrorCode::kAddressRefused ||
                       error.code == base::ErrorCode::kInvalidFields;
  return Hearing::Fault(refused ? TranscriptionFault::kRefused : TranscriptionFault::kUnavailable,
                        std::string(error.public_text()));
}

class Endpoint final : public core::Transcriber {
 public:
  Endpoint(base::Scheduler& scheduler, base::Random& random, base::BlockingPool& pool,
           core::BlobStore& blobs, http::Client& client)
      : scheduler_(scheduler), random_(random), pool_(pool), blobs_(blobs), client_(client) {}

  base::Task<Hearing> Transcribe(core::Speech speech) override {
    if (speech.media.size > kMaxEndpointFile)
      co_return Hearing::Fault(TranscriptionFault::kTooLong, "The file is larger than 25 MB");
    auto read = [this, digest = speech.media.sha256] { return blobs_.Read(digest); };
    auto file = co_await pool_.Run(scheduler_, std::move(read));
    if (!file && file.error().code == base::ErrorCode::kNotFound)
      co_return Hearing::Fault(TranscriptionFault::kGone);
    if (!file)
      co_return Hearing::Fault(TranscriptionFault::kUnavailable, "The file cannot be read now");
    if (file->empty()) co_return Hearing::Fault(TranscriptionFault::kUndecodable, "0 bytes");

    const std::string boundary = "parley-" + random_.Token(24);
    http::ClientRequest request(http::Method::kPost, speech.url);
    request.headers.Set("Content-Type", "multipart/form-data; boundary=" + boundary);
    request.headers.Set("Accept", "application/json");
    if (!speech.key.empty()) request.headers.Set("Authorization", "Bearer " + speech.key);
    request.body = FormOf(speech, *file, boundary);
    request.timeout = kEndpointTimeout;
    request.max_response = kMaxAnswer;
    auto answer = co_await client_.Send(std::move(request));
    if (!answer) co_return FaultOfCall(answer.error());
    co_return ReadAnswer(*answer);
  }

 private:
  base::Scheduler& scheduler_;
  base::Random& random_;
  base::BlockingPool& pool_;
  core::BlobStore& blobs_;
  http::Client& client_;
};

}  // namespace

Hearing ReadAnswer(const http::ClientResponse& answer) {
  if (answer.status < 200 || answer.status > 299) return RefusalOf(answer);
  if (answer.truncated)
    return Hearing::Fault(TranscriptionFault::kBadAnswer, "The answer is longer than 1 MB");
  auto parsed = base::ParseJson(answer.body);
  const base::json::object* object =
      parsed && parsed->is_object() ? &parsed->get_object() : nullptr;
  const base::json::value* text = object == nullptr ? nullptr : base::Find(*object, "text");
  if (text == nullptr || !text->is_string())
    return Hearing::Fault(TranscriptionFault::kBadAnswer, "The answer is no JSON with a text");
  Hearing hearing;
  hearing.text = Spoken(base::FindText(*object, "text"), core::kMaxTranscript);
  hearing.language = base::FindText(*object, "language");
  if (hearing.language.size() > 35) hearing.language.clear();
  if (IsRemark(hearing.text)) return Hearing::Fault(TranscriptionFault::kNoSpeech);
  return hearing;
}

std::unique_ptr<core::Transcriber> MakeEndpoint(base::Scheduler& scheduler, base::Random& random,
                                                base::BlockingPool& pool, core::BlobStore& blobs,
                                                http::Client& client) {
  return std::make_unique<Endpoint>(scheduler, random, pool, blobs, client);
}

}  // namespace parley::speech
