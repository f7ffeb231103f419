#include "wire/crypto/derive.h"

#include <openssl/evp.h>
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

void Pbkdf2Sha256(std::string_view password, std::string_view salt, std::uint32_t rounds,
                  std::span<std::uint8_t> out) {
  const int done =
      PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), Bytes(salt),
                        static_cast<int>(salt.size()), static_cast<int>(rounds), EVP_sha256(),
                        static_cast<int>(out.size()), out.data());
  if (done != 1) std::abort();  // no rounds, or no memory
}

std::array<std::uint8_t, 16> Md5(std::string_view data) {
  std::array<std::uint8_t, 16> digest{};
  if (EVP_Digest(data.data(), data.size(), digest.data(), nullptr, EVP_md5(), nullptr) != 1)
    std::abort();
  return digest;
}

}  // namespace parley::wire::crypto
