#include "media/worker/metadata.h"

#include <cstdint>

namespace parley::media::worker {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

std::uint8_t ByteAt(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

std::uint32_t BigEndian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint32_t number = 0;
  for (std::size_t i = 0; i < size; ++i) number = number << 8 | ByteAt(bytes, at + i);
  return number;
}

// ------------------------------------------------------------------------------------------ JPEG

constexpr std::uint8_t kStart = 0xd8, kEnd = 0xd9, kScan = 0xda, kApp1 = 0xe1, kApp2 = 0xe2,
                       kApp13 = 0xed;

bool StandsAlone(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xd0 && marker <= kStart);
}

bool IsTelling(std::uint8_t marker, std::string_view payload) {
  return marker == kApp1 || marker == kApp13 || (marker == kApp2 && payload.starts_with("MPF\0"sv));
}

constexpr std::string_view kExif = "Exif\0\0"sv;

// The orientation that a TIFF block names; 1 when it names none.
int OrientationIn(std::string_view tiff) {
  if (tiff.size() < 8) return 1;
  const bool little = tiff.starts_with("II");
  const auto number = [&](std::size_t at, std::size_t size) -> std::uint32_t {
    if (!little) return BigEndian(tiff, at, size);
    std::uint32_t value = 0;
    for (std::size_t i = size; i-- > 0;) value = value << 8 | ByteAt(tiff, at + i);
    return value;
  };
  const std::size_t directory = number(4, 4);
  if (directory > tiff.size() - 2) return 1;
  const std::size_t entries = number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t at = directory + 2 + 12 * i;
    if (at + 12 > tiff.size()) return 1;
    if (number(at, 2) != 0x0112) continue;
    const std::uint32_t value = number(at + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

// An APP1 that holds an orientation and nothing else.
std::string OrientationSegment(int orientation) {
  std::string segment = "\xff\xe1\x00\x22"s;
  segment += kExif;
  segment += "MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"sv;
  segment += static_cast<char>(orientation);
  segment += "\x00\x00\x00\x00\x00\x00"sv;
  return segment;
}

// Where the data of a scan ends: at the first marker that is none of its own.
std::size_t EndOfScan(std::string_view file, std::size_t at) {
  while (at + 1 < file.size()) {
    const std::size_t mark = file.find('\xff', at);
    if (mark == std::string_view::npos || mark + 1 >= file.size()) return file.size();
    const std::uint8_t next = ByteAt(file, mark + 1);
    if (next != 0 && next != 0xff && !(next >= 0xd0 && next <= 0xd7)) return mark;
    at = mark + (next == 0xff ? 1 : 2);
  }
  return file.size();
}

}  // namespace

Cleaned CleanJpeg(std::string_view file) {
  Cleaned cleaned;
  if (!file.starts_with("\xff\xd8\xff"sv)) return cleaned;
  std::string out(file.substr(0, 2));
  int orientation = 1;
  bool has_exif = false, is_telling = false;
  std::size_t at = 2;
  while (at + 1 < file.size()) {
    if (ByteAt(file, at) != 0xff) return cleaned;
    const std::uint8_t marker = ByteAt(file, at + 1);
    if (marker == 0xff) {  // padding
      ++at;
      continue;
    }
    if (marker == kEnd) {
      out += file.substr(at, 2);
      cleaned.is_sound = true;
      break;
    }
    if (StandsAlone(marker)) {
      out += file.substr(at, 2);
      at += 2;
      continue;
    }
    if (at + 4 > file.size()) return cleaned;
    const std::size_t length = BigEndian(file, at + 2, 2);
    if (length < 2 || at + 2 + length > file.size()) return cleaned;
    const std::string_view payload = file.substr(at + 4, length - 2);
    std::size_t next = at + 2 + length;
    if (marker == kScan) next = EndOfScan(file, next);
    const bool telling = IsTelling(marker, payload);
    is_telling = is_telling || telling;
    if (!telling) {
      out += file.substr(at, next - at);
    } else if (marker == kApp1 && !has_exif && payload.starts_with(kExif)) {
      has_exif = true;
      orientation = OrientationIn(payload.substr(kExif.size()));
      if (orientation != 1) out += OrientationSegment(orientation);
    }
    at = next;
  }
  if (!cleaned.is_sound) return cleaned;
  cleaned.is_changed = is_telling && out != file;
  if (cleaned.is_changed) cleaned.bytes = std::move(out);
  return cleaned;
}

// ------------------------------------------------------------------------------------------- PNG

namespace {

// What may stand in a chunk for text beside remarks of all sorts.
bool TellsInText(std::string_view type, std::string_view data) {
  if (type != "tEXt" && type != "zTXt" && type != "iTXt") return false;
  return data.starts_with("XML:com.adobe.xmp\0"sv) || data.starts_with("Raw profile type ");
}

}  // namespace

Cleaned CleanPng(std::string_view file) {
  constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n"sv;
  Cleaned cleaned;
  if (!file.starts_with(kSignature)) return cleaned;
  std::string out(kSignature);
  std::size_t at = kSignature.size();
  bool is_telling = false;
  while (!cleaned.is_sound && file.size() - at >= 12) {
    const std::size_t length = BigEndian(file, at, 4);
    if (length > file.size() - at - 12) return cleaned;
    const std::string_view type = file.substr(at + 4, 4);
    const bool telling = type == "eXIf" || TellsInText(type, file.substr(at + 8, length));
    is_telling = is_telling || telling;
    if (!telling) out += file.substr(at, length + 12);
    cleaned.is_sound = type == "IEND";
    at += length + 12;
  }
  if (!cleaned.is_sound) return cleaned;
  cleaned.is_changed = is_telling;
  if (cleaned.is_changed) cleaned.bytes = std::move(out);
  return cleaned;
}

}  // namespace parley::media::worker
