#include "base/uuid.h"

#include <cstring>

#include "base/encoding.h"

namespace parley::base {
namespace {

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

void SetVersion(Uuid& id, std::uint8_t version) {
  id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0F) | (version << 4));
  id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3F) | 0x80);
}

}  // namespace

std::string Uuid::ToHex() const { return ToHexText(AsBytes()); }

std::string Uuid::ToText() const {
  std::string text(36, '-');
  std::string_view left = AsBytes();
  char* out = text.data();
  for (const std::size_t size : {4, 2, 2, 2, 6}) {
    WriteHex(left.substr(0, size), out);
    left.remove_prefix(size);
    out += 2 * size + 1;  // a dash stays
  }
  return text;
}

std::optional<Uuid> Uuid::Parse(std::string_view text) {
  const bool dashed = text.size() == 36;
  if (!dashed && text.size() != 32) return std::nullopt;
  Uuid id;
  const char* next = text.data();
  for (std::size_t i = 0; i < id.bytes.size(); ++i) {
    if (dashed && (i == 4 || i == 6 || i == 8 || i == 10) && *next++ != '-') return std::nullopt;
    const int high = DigitOf(next[0]), low = DigitOf(next[1]);
    if (high < 0 || low < 0) return std::nullopt;
    id.bytes[i] = static_cast<std::uint8_t>(high << 4 | low);
    next += 2;
  }
  return id;
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
