#include "wire/binary/tokens.h"

#include <absl/container/flat_hash_map.h>

namespace parley::wire::binary {
namespace {

using Index = absl::flat_hash_map<std::string_view, Token>;

Index MakeIndex() {
  Index index;
  index.reserve(kSingleTokens + kDictionaries * kDictionarySize);
  for (std::size_t i = 1; i < kSingleTokens; ++i)
    index.emplace(kSingleTokenTable[i], Token{std::nullopt, static_cast<std::uint8_t>(i)});
  for (std::size_t dictionary = 0; dictionary < kDictionaries; ++dictionary)
    for (std::size_t i = 0; i < kDictionarySize; ++i)
      index.emplace(kDictionaryTable[dictionary][i],
                    Token{static_cast<std::uint8_t>(dictionary), static_cast<std::uint8_t>(i)});
  return index;
}

}  // namespace

std::optional<Token> FindToken(std::string_view text) {
  static const Index index = MakeIndex();
  const auto found = index.find(text);
  if (found == index.end()) return std::nullopt;
  return found->second;
}

}  // namespace parley::wire::binary
