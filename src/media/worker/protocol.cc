#include "media/worker/protocol.h"

#include <algorithm>

#include "base/encoding.h"

namespace parley::media::worker {
namespace {

base::Error Broken(std::string detail) {
  return base::Error(base::ErrorCode::kMalformedBody, "", std::move(detail));
}

bool HasControls(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

// How loud each bar is, as the facts spell it.
bool IsWaveform(std::string_view text) {
  const auto bars = base::FromHexText(text);
  return bars && bars->size() == core::MediaFacts::kWaveformBars &&
         std::all_of(bars->begin(), bars->end(), [](char bar) { return bar >= 0 && bar <= 100; });
}

}  // namespace

std::string Encode(const Request& request) { return base::EncodeText(request); }
std::string Encode(const Answer& answer) { return base::EncodeText(answer); }

base::Result<Request> DecodeRequest(std::string_view packet) {
  if (packet.size() > kMaxRequest) return Broken("the request is too long");
  return base::DecodeText<Request>(packet);
}

base::Result<Answer> DecodeAnswer(std::string_view text) {
  if (text.size() > kMaxAnswer) return Broken("the answer is too long");
  PARLEY_TRY(answer, base::DecodeText<Answer>(text));
  if (HasControls(answer.text)) return Broken("the sentence has control characters");
  if (answer.facts.title && HasControls(*answer.facts.title))
    return Broken("the title has control characters");
  if (answer.facts.waveform && !IsWaveform(*answer.facts.waveform))
    return Broken("the waveform is none");
  if (!answer.thumbnail.empty() && !base::FromBase64(answer.thumbnail))
    return Broken("the thumbnail is not Base64");
  return std::move(answer);
}

}  // namespace parley::media::worker
