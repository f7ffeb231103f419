// The dictionaries of the node format: strings that travel as one or two bytes.
//
// The strings stand in token_tables.cc, which tools/make_tokens writes from npm's package baileys.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace parley::wire::binary {

// The version of the dictionaries, which a client names in the first bytes of a connection.
inline constexpr std::uint8_t kDictionaryVersion = 3;

inline constexpr std::size_t kSingleTokens = 236;  // the first of them is no token
inline constexpr std::size_t kDictionaries = 4;
inline constexpr std::size_t kDictionarySize = 256;

extern const std::array<std::string_view, kSingleTokens> kSingleTokenTable;
extern const std::array<std::array<std::string_view, kDictionarySize>, kDictionaries>
    kDictionaryTable;

struct Token {
  std::optional<std::uint8_t> dictionary;  // nullopt: of the single-byte ones
  std::uint8_t index = 0;

  bool operator==(const Token&) const = default;
};

// nullopt when the string has no token.
std::optional<Token> FindToken(std::string_view text);

}  // namespace parley::wire::binary
