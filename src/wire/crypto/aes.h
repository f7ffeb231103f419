// AES with 256-bit keys in the three modes of the wire, by OpenSSL. Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "wire/crypto/fault.h"
#include "wire/crypto/secret.h"

namespace parley::wire::crypto {

using AesKey = Secret<32>;
using GcmNonce = std::array<std::uint8_t, 12>;
using AesIv = std::array<std::uint8_t, 16>;

inline constexpr std::size_t kGcmTag = 16;

// GCM: ciphertext and behind it the tag. A nonce must never be used twice with one key.
// `associated` is not in the result, but must be the same to open it.
std::string GcmSeal(const AesKey& key, const GcmNonce& nonce, std::string_view associated,
                    std::string_view plain);
Result<std::string> GcmOpen(const AesKey& key, const GcmNonce& nonce, std::string_view associated,
                            std::string_view sealed);

// CBC with PKCS #7 padding. It does not tell whether bytes were changed: check a MAC over them
// first. kMalformed when there are no whole blocks or the padding is wrong; that takes the same
// time wherever the padding is wrong.
std::string CbcEncrypt(const AesKey& key, const AesIv& iv, std::string_view plain);
Result<std::string> CbcDecrypt(const AesKey& key, const AesIv& iv, std::string_view encrypted);

// CTR: the same call there and back.
std::string CtrApply(const AesKey& key, const AesIv& iv, std::string_view bytes);

}  // namespace parley::wire::crypto
