// The first byte is the size of the pieces in which the rest arrives. A request reads the same in
// pieces as at once, and never grows over its limits.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/request_parser.h"

using namespace parley;
using Progress = http::RequestParser::Progress;

namespace {

constexpr std::size_t kMaxHeader = 512;
constexpr std::size_t kMaxBody = 300;

struct Outcome {
  Progress progress = Progress::kNeedsMore;
  http::Request request;
  std::size_t used = 0;
};

Outcome Feed(std::string_view input, std::size_t piece) {
  http::BodyMemory memory;
  memory.limit = 1 << 20;
  http::BodyClaim claim(memory);
  http::RequestParser parser(kMaxHeader);
  Outcome outcome;
  std::string pending;
  std::size_t fed = 0;
  while (outcome.progress == Progress::kNeedsMore && fed < input.size()) {
    const std::string_view next = input.substr(fed, piece);
    fed += next.size();
    pending += next;
    std::string_view data = pending;
    outcome.progress = parser.Parse(data);
    if (outcome.progress == Progress::kHead) {
      outcome.progress = parser.is_done() ? Progress::kComplete : parser.AllowBody(kMaxBody, claim);
      if (outcome.progress == Progress::kNeedsMore && !data.empty())
        outcome.progress = parser.Parse(data);
    }
    pending = std::string(data);
    if (outcome.progress == Progress::kNeedsMore && pending.size() > kMaxHeader) std::abort();
  }
  outcome.request = std::move(parser.request());
  outcome.used = fed - pending.size();
  return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = Feed(input, input.size());
  const Outcome pieces = Feed(input, std::max<std::size_t>(1, data[0]));
  if (whole.request.body.size() > kMaxBody) std::abort();
  // Where a limit is met depends on how the bytes come; what is accepted must not.
  if (whole.progress != Progress::kComplete || pieces.progress != Progress::kComplete) return 0;
  if (whole.request.method != pieces.request.method ||
      whole.request.target != pieces.request.target || whole.request.body != pieces.request.body ||
      whole.request.headers.fields() != pieces.request.headers.fields() ||
      whole.used != pieces.used)
    std::abort();
  return 0;
}
