#include "wire/crypto/derive.h"

#include <sodium.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "base/digest.h"

namespace parley::wire::crypto {
namespace {

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::array<std::uint8_t, 64> HmacSha512(std::string_view key, std::string_view data) {
  crypto_auth_hmacsha512_state state;
  crypto_auth_hmacsha512_init(&state, Bytes(key), key.size());
  crypto_auth_hmacsha512_update(&state, Bytes(data), data.size());
  std::array<std::uint8_t, 64> mac;
  crypto_auth_hmacsha512_final(&state, mac.data());
  sodium_memzero(&state, sizeof state);
  return mac;
}

void HkdfSha256(std::string_view secret, std::string_view salt, std::string_view info,
                std::span<std::uint8_t> out) {
  constexpr std::size_t kBlock = std::tuple_size_v<base::Digest>;
  if (out.size() > 255 * kBlock) std::abort();
  base::Digest key = base::HmacSha256(salt, secret);
  base::Digest block;
  std::string input;
  input.reserve(kBlock + info.size() + 1);  // so that no copy of a block stays behind
  for (std::size_t at = 0; at < out.size(); at += kBlock) {
    if (at > 0) input = base::AsText(block);
    input += info;
    input += static_cast<char>(at / kBlock + 1);
    block = base::HmacSha256(base::AsText(key), input);
    std::copy_n(block.begin(), std::min(kBlock, out.size() - at), out.begin() + at);
  }
  Wipe(key);
  Wipe(block);
  Wipe(input);
}

}  // namespace parley::wire::crypto
