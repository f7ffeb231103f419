// Bytes as text and back: hex, Base64. Thin names over libsodium's codecs.
// Decoders accept only well-formed input and return nullopt for anything else.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley::base {

// Hexadecimal is written in lower case and read in either.
void WriteHex(std::string_view bytes, char* out);  // two characters for each byte
std::string ToHexText(std::string_view bytes);
std::optional<std::string> FromHexText(std::string_view text);

std::string ToBase64(std::string_view bytes);     // standard alphabet, padded
std::string ToBase64Url(std::string_view bytes);  // URL alphabet, no padding
// Takes standard or URL alphabet, padded or not; white space inside is skipped (MIME line breaks).
std::optional<std::string> FromBase64(std::string_view text);

// True for well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF).
bool IsUtf8(std::string_view text);
// Number of code points; the text must be UTF-8.
std::size_t CountCodePoints(std::string_view utf8);

}  // namespace parley::base
