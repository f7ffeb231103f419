// Keyed hashes and keys derived by them. HMAC-SHA256 and SHA-256 are base/digest.h. Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "wire/crypto/secret.h"

namespace parley::wire::crypto {

std::array<std::uint8_t, 64> HmacSha512(std::string_view key, std::string_view data);

// HKDF with SHA-256 (RFC 5869), extract and expand. Up to 8,160 bytes; more is a bug and ends the
// program.
void HkdfSha256(std::string_view secret, std::string_view salt, std::string_view info,
                std::span<std::uint8_t> out);

// PBKDF2 with HMAC-SHA256 (RFC 8018). Takes as long as `rounds` says: some 30 ms for 131,072 of
// them and 32 bytes.
void Pbkdf2Sha256(std::string_view password, std::string_view salt, std::uint32_t rounds,
                  std::span<std::uint8_t> out);

// For where the network wants it as a short name for something that is not secret. It protects
// nothing.
std::array<std::uint8_t, 16> Md5(std::string_view data);

template <std::size_t N>
Secret<N> Hkdf(std::string_view secret, std::string_view salt, std::string_view info) {
  static_assert(N <= 255 * 32);
  Secret<N> out;
  HkdfSha256(secret, salt, info, out.bytes());
  return out;
}

}  // namespace parley::wire::crypto
