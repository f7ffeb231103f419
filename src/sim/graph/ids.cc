#include "sim/graph/ids.h"

#include <algorithm>

#include "base/digest.h"
#include "base/encoding.h"

namespace parley::sim::graph {
namespace {

constexpr std::string_view kWamidMark = "wamid.";
constexpr char kSentKind = 0x11, kReceivedKind = 0x12;
constexpr std::size_t kSentIdBytes = 9;  // 18 hexadecimal digits
constexpr std::uint64_t kLeastNodeId = 100'000'000'000'000, kMostNodeIds = 9'000'000'000'000'000;
constexpr std::size_t kMaxNodeId = 20;

std::string Wrap(std::string_view number, char kind, std::string_view id) {
  std::string bytes("\x1c\x18", 2);
  bytes += static_cast<char>(number.size());
  bytes += number;
  bytes += std::string_view("\x15\x02\x00", 3);
  bytes += kind;
  bytes += '\x18';
  bytes += static_cast<char>(id.size());
  bytes += id;
  bytes += '\0';
  return std::string(kWamidMark) + base::ToBase64(bytes);
}

}  // namespace

std::string MakeWamid(std::string_view number, base::Random& random) {
  std::uint8_t bytes[kSentIdBytes];
  random.Fill(bytes);
  std::string id =
      base::ToHexText(std::string_view(reinterpret_cast<const char*>(bytes), sizeof bytes));
  for (char& c : id)
    if (c >= 'a') c = static_cast<char>(c - 'a' + 'A');
  return Wrap(number, kSentKind, id);
}

std::string WamidOf(std::string_view id, std::string_view number) {
  if (id.starts_with(kWamidMark)) return std::string(id);
  return Wrap(number, kReceivedKind, id);
}

std::string NetworkIdOf(std::string_view wamid) {
  const std::string own(wamid);
  if (!wamid.starts_with(kWamidMark)) return own;
  const auto bytes = base::FromBase64(wamid.substr(kWamidMark.size()));
  if (!bytes || bytes->size() < 3 || !bytes->starts_with("\x1c\x18")) return own;
  const std::size_t number = static_cast<std::uint8_t>((*bytes)[2]);
  const std::size_t kind = 3 + number + 3;
  if (bytes->size() < kind + 3 || (*bytes)[kind] != kReceivedKind) return own;
  const std::size_t length = static_cast<std::uint8_t>((*bytes)[kind + 2]);
  return bytes->size() == kind + 3 + length + 1 ? bytes->substr(kind + 3, length) : own;
}

std::string MakeNodeId(base::Random& random) {
  return std::to_string(kLeastNodeId + random.Below(kMostNodeIds));
}

std::string DeriveNodeId(std::string_view words) {
  const base::Digest digest = base::Sha256(words);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) number = number << 8 | digest[i];
  return std::to_string(kLeastNodeId + number % kMostNodeIds);
}

bool IsNodeId(std::string_view text) {
  return !text.empty() && text.size() <= kMaxNodeId &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace parley::sim::graph
