#include "base/uuid.h"

#include <cstring>

#include "base/encoding.h"

namespace parley::base {
namespace {

void SetVersion(Uuid& id, std::uint8_t version) {
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | (version << 4));
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
}

}  // namespace

std::string Uuid::ToHex() const { return ToHexText(AsBytes()); }

std::string Uuid::ToText() const {
  std::string hex = ToHex();
  for (std::size_t at : {20, 16, 12, 8}) hex.insert(at, 1, '-');
  return hex;
}

std::optional<Uuid> Uuid::Parse(std::string_view text) {
  std::string compact;
  if (text.size() == 36) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash != (text[i] == '-')) return std::nullopt;
      if (!dash) compact += text[i];
    }
    text = compact;
  }
  if (text.size() != 32) return std::nullopt;
  const auto bytes = FromHexText(text);
  return bytes ? FromBytes(*bytes) : std::nullopt;
}

std::optional<Uuid> Uuid::FromBytes(std::string_view bytes) {
  Uuid id;
  if (bytes.size() != id.bytes.size()) return std::nullopt;
  std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
  return id;
}

Uuid MakeUuidV7(Time now, Random& random) {
  Uuid id;
  random.Fill(id.bytes);
  const auto ms = static_cast<std::uint64_t>(ToUnixMs(now));
  for (int i = 0; i < 6; ++i) id.bytes[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  SetVersion(id, 7);
  return id;
}

Uuid MakeUuidV8(std::span<const std::uint8_t, 32> digest) {
  Uuid id;
  std::memcpy(id.bytes.data(), digest.data(), id.bytes.size());
  SetVersion(id, 8);
  return id;
}

}  // namespace parley::base
