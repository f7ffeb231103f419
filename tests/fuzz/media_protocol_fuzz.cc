// What a media worker may answer, and be asked: taken is only what keeps the protocol's promises,
// and it means the same when it is written again.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/encoding.h"
#include "media/worker/protocol.h"

using namespace parley;
using namespace parley::media::worker;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto request = DecodeRequest(text)) {
    if (size > kMaxRequest || request->max_seconds < 1) std::abort();
    const auto again = DecodeRequest(Encode(*request));
    if (!again || Encode(*again) != Encode(*request)) std::abort();
  }
  if (const auto answer = DecodeAnswer(text)) {
    const core::MediaFacts& facts = answer->facts;
    if (size > kMaxAnswer || answer->thumbnail.size() > kMaxThumbnail) std::abort();
    if (facts.waveform && facts.waveform->size() != 2 * core::MediaFacts::kWaveformBars)
      std::abort();
    if (facts.title && base::CountCodePoints(*facts.title) > core::MediaFacts::kMaxTitle)
      std::abort();
    const auto again = DecodeAnswer(Encode(*answer));
    if (!again || Encode(*again) != Encode(*answer)) std::abort();
  }
  return 0;
}
