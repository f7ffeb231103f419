// The first byte is the size of the pieces in which the rest arrives, its lowest bit whether it
// answers HEAD. A response reads the same in pieces as at once, and never grows over its limits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/response_parser.h"

using namespace parley;
using Progress = http::ResponseParser::Progress;

namespace {

constexpr std::size_t kMaxBody = 300;

struct Outcome {
  Progress progress = Progress::kNeedsMore;
  http::ClientResponse response;
  std::size_t used = 0;
};

Outcome Feed(std::string_view input, std::size_t piece, bool to_head) {
  http::ResponseParser parser(to_head, kMaxBody, nullptr);
  Outcome outcome;
  std::string pending;
  std::size_t fed = 0;
  while (outcome.progress == Progress::kNeedsMore && fed < input.size()) {
    const std::string_view next = input.substr(fed, piece);
    fed += next.size();
    pending += next;
    std::string_view data = pending;
    outcome.progress = parser.Parse(data);
    pending = std::string(data);
    if (outcome.progress == Progress::kNeedsMore &&
        pending.size() > http::ResponseParser::kMaxHeader)
      std::abort();
  }
  if (outcome.progress == Progress::kNeedsMore) outcome.progress = parser.End();
  if (outcome.progress == Progress::kFault && parser.error().text.empty()) std::abort();
  if (outcome.progress == Progress::kComplete) parser.keep_alive_timeout();
  outcome.response = std::move(parser.response());
  outcome.used = fed - pending.size();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const bool to_head = (data[0] & 1) != 0;
  const Outcome whole = Feed(input, input.size(), to_head);
  const Outcome pieces = Feed(input, std::max<std::size_t>(1, data[0]), to_head);
  if (whole.response.body.size() > kMaxBody) std::abort();
  if (whole.progress != Progress::kComplete || pieces.progress != Progress::kComplete) return 0;
  if (whole.response.status != pieces.response.status ||
      whole.response.body != pieces.response.body ||
      whole.response.headers.fields() != pieces.response.headers.fields() ||
      whole.used != pieces.used)
    std::abort();
  return 0;
}
