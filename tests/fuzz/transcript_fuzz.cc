// What recognisers answer: an endpoint's HTTP answer and the embedded worker's output. Whatever
// they say, a message gets either a fault or a text that can be shown.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/encoding.h"
#include "speech/embedded.h"
#include "speech/endpoint.h"

using namespace parley;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

void CheckHearing(const core::Hearing& hearing) {
  Check(base::IsUtf8(hearing.detail) && hearing.detail.size() <= 300);
  Check(base::IsUtf8(hearing.language) && hearing.language.size() <= 35);
  if (hearing.fault) return;
  Check(!hearing.text.empty() && hearing.text.size() <= core::kMaxTranscript);
  Check(base::IsUtf8(hearing.text) && hearing.text.front() != ' ' && hearing.text.back() != ' ');
  for (const char c : hearing.text) Check(static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr int kStatuses[] = {200, 201, 302, 400, 401, 413, 415, 429, 500, 503};
  http::ClientResponse answer;
  answer.status = kStatuses[data[0] % std::size(kStatuses)];
  answer.body.assign(reinterpret_cast<const char*>(data + 1), size - 1);
  answer.headers.Set("Retry-After", answer.body.substr(0, 12));
  CheckHearing(speech::ReadAnswer(answer));
  CheckHearing(speech::ReadHeard(answer.body));
  return 0;
}
