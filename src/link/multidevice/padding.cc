#include "link/multidevice/padding.h"

#include <algorithm>

namespace parley::link::multidevice {

std::string Pad(std::string plain, base::Random& random) {
  const std::size_t count = 1 + random.Below(kMaxPadding);
  plain.append(count, static_cast<char>(count));
  return plain;
}

wire::Result<std::string_view> Unpad(std::string_view padded) {
  const wire::Fault fault{wire::FaultCode::kMalformed, "A message is not padded"};
  if (padded.empty()) return fault;
  const auto count = static_cast<std::uint8_t>(padded.back());
  if (count == 0 || count > padded.size()) return fault;
  const std::string_view end = padded.substr(padded.size() - count);
  if (!std::all_of(end.begin(), end.end(), [&](char c) { return c == padded.back(); }))
    return fault;
  return padded.substr(0, padded.size() - count);
}

}  // namespace parley::link::multidevice
