// PrefixTable: longest-prefix look-up of names by the first digits of a number.
//
// Prefixes and their names are turned into ranges: all numbers of a range have the same longest
// prefix, or have one of the same name. A number's place among the ranges is its first nine digits
// read in base eleven, with 1 to 10 for the digits and 0 for "ended before", so that a short number
// stands before all that begin with it, and finds no prefix that is longer than itself. (11^9 is
// less than 2^32; no prefix has more than nine digits.) One binary search finds the name.
//
// The file's form, little-endian, everything aligned to four bytes, zeros between:
//
//   "PARLEYN1"
//   for each table:  u32 ranges, u32 names, u32 bytes of text
//   for each table:  u32 starts[ranges]      ascending; the first is 0
//                    u32 offsets[names + 1]  of names in the text; the last is its length
//                    u16 name_of[ranges]     name 0 is "", for numbers without a prefix
//                    char text[bytes]        UTF-8
//
// tools/number_prefixes writes it and says where the prefixes come from.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace parley::numbering {

// Views of bytes that outlive it. Thread: any.
struct PrefixTable {
  // The name of the longest prefix that the digits begin with, "" when there is none.
  std::string_view Find(std::string_view digits) const;
  // The name of the range that holds the key.
  std::string_view At(std::uint32_t key) const;

  std::span<const std::uint32_t> starts, offsets;
  std::span<const std::uint16_t> name_of;
  std::string_view text;
};

struct NumberPrefixes {
  PrefixTable regions;    // in English; "" also where only other languages have a name
  PrefixTable carriers;   // in English
  PrefixTable zones;      // IANA names with blanks between
  PrefixTable countries;  // English names; its keys are CountryKey's, not digits
};

// "PY" as a key. At every key that is no country, the name is "".
constexpr std::uint32_t CountryKey(std::string_view iso) {
  if (iso.size() != 2) return 0;
  return static_cast<std::uint32_t>(static_cast<unsigned char>(iso[0])) << 8 |
         static_cast<unsigned char>(iso[1]);
}

// The tables that are part of the program. They are read-only pages of its file: what nobody asks
// for takes no memory.
const NumberPrefixes& EmbeddedPrefixes();

}  // namespace parley::numbering
