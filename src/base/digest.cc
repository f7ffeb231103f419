#include "base/digest.h"

#include <sodium.h>

#include <cstring>

namespace parley::base {
namespace {

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

crypto_hash_sha256_state* State(std::array<unsigned char, 128>& bytes) {
  static_assert(sizeof(crypto_hash_sha256_state) <= 128);
  return reinterpret_cast<crypto_hash_sha256_state*>(bytes.data());
}

}  // namespace

Digest Sha256(std::string_view data) {
  Digest digest;
  crypto_hash_sha256(digest.data(), Bytes(data), data.size());
  return digest;
}

Digest HmacSha256(std::string_view key, std::string_view data) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, Bytes(key), key.size());
  crypto_auth_hmacsha256_update(&state, Bytes(data), data.size());
  Digest digest;
  crypto_auth_hmacsha256_final(&state, digest.data());
  return digest;
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

Sha256Stream::Sha256Stream() { crypto_hash_sha256_init(State(state_)); }

void Sha256Stream::Add(std::string_view data) {
  crypto_hash_sha256_update(State(state_), Bytes(data), data.size());
}

Digest Sha256Stream::Finish() {
  Digest digest;
  crypto_hash_sha256_final(State(state_), digest.data());
  return digest;
}

}  // namespace parley::base
