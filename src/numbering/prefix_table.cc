#include "numbering/prefix_table.h"

#include <algorithm>
#include <bit>
#include <cstddef>

// prefixes.bin, whole. CMakeLists.txt names the file.
asm(".pushsection .rodata\n"
    ".balign 16\n"
    ".hidden parley_number_prefixes\n"
    ".global parley_number_prefixes\n"
    "parley_number_prefixes:\n"
    ".incbin \"" PARLEY_NUMBER_PREFIXES
    "\"\n"
    ".byte 0\n"
    ".popsection\n");
extern "C" __attribute__((visibility("hidden"))) const unsigned char parley_number_prefixes[];

namespace parley::numbering {
namespace {

static_assert(std::endian::native == std::endian::little, "prefixes.bin is little-endian");

constexpr std::size_t kKeyDigits = 9;
constexpr std::size_t kMagicBytes = 8;  // "PARLEYN1"

std::uint32_t KeyOf(std::string_view digits) {
  std::uint32_t key = 0;
  for (std::size_t i = 0; i < kKeyDigits; ++i)
    key = key * 11 + (i < digits.size() ? static_cast<std::uint32_t>(digits[i] - '0') + 1 : 0);
  return key;
}

// Takes arrays off the front of the file.
class Reader {
 public:
  explicit Reader(const unsigned char* at) : at_(at) {}
  template <class T>
  std::span<const T> Take(std::size_t count) {
    const std::span<const T> taken(reinterpret_cast<const T*>(at_), count);
    at_ += (count * sizeof(T) + 3) / 4 * 4;
    return taken;
  }

 private:
  const unsigned char* at_;
};

NumberPrefixes Read(const unsigned char* file) {
  NumberPrefixes prefixes;
  Reader reader(file + kMagicBytes);
  const auto sizes = reader.Take<std::uint32_t>(4 * 3);
  std::size_t next = 0;
  for (PrefixTable* table :
       {&prefixes.regions, &prefixes.carriers, &prefixes.zones, &prefixes.countries}) {
    const std::uint32_t ranges = sizes[next++], names = sizes[next++], bytes = sizes[next++];
    table->starts = reader.Take<std::uint32_t>(ranges);
    table->offsets = reader.Take<std::uint32_t>(names + 1);
    table->name_of = reader.Take<std::uint16_t>(ranges);
    const auto text = reader.Take<char>(bytes);
    table->text = std::string_view(text.data(), text.size());
  }
  return prefixes;
}

}  // namespace

std::string_view PrefixTable::At(std::uint32_t key) const {
  const auto after = std::upper_bound(starts.begin(), starts.end(), key);
  const std::size_t name = name_of[static_cast<std::size_t>(after - starts.begin()) - 1];
  return text.substr(offsets[name], offsets[name + 1] - offsets[name]);
}

std::string_view PrefixTable::Find(std::string_view digits) const { return At(KeyOf(digits)); }

const NumberPrefixes& EmbeddedPrefixes() {
  static const NumberPrefixes prefixes = Read(parley_number_prefixes);
  return prefixes;
}

}  // namespace parley::numbering
