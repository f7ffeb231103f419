#include "base/digest.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <cstdlib>

#include "base/text.h"

namespace parley::base {
namespace {

// Looking an algorithm up takes OpenSSL longer than a short digest, so that it is done once, and
// each thread keeps the states it works with. None of this fails but for want of memory.
template <class T>
T* OrDie(T* made) {
  if (made == nullptr) std::abort();
  return made;
}

const EVP_MD* Sha256Method() {
  static const EVP_MD* const method = OrDie(EVP_MD_fetch(nullptr, "SHA256", nullptr));
  return method;
}

EVP_MAC_CTX* NewHmac() {
  EVP_MAC* const method = OrDie(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
  EVP_MAC_CTX* const state = OrDie(EVP_MAC_CTX_new(method));
  EVP_MAC_free(method);  // the state holds it
  char digest[] = "SHA256";
  const OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
      OSSL_PARAM_construct_end()};
  EVP_MAC_CTX_set_params(state, parameters);
  return state;
}

struct FreeHmac {
  void operator()(EVP_MAC_CTX* state) const { EVP_MAC_CTX_free(state); }
};

}  // namespace

Digest Sha256(std::string_view data) {
  thread_local Sha256Stream stream;
  stream.Add(data);
  return stream.Finish();
}

Digest HmacSha256(std::string_view key, std::string_view data) {
  thread_local const std::unique_ptr<EVP_MAC_CTX, FreeHmac> state(NewHmac());
  // Without a key OpenSSL would take that of the call before.
  const unsigned char* const key_bytes = key.empty() ? BytesOf("") : BytesOf(key);
  EVP_MAC_init(state.get(), key_bytes, key.size(), nullptr);
  EVP_MAC_update(state.get(), BytesOf(data), data.size());
  Digest digest;
  std::size_t size = 0;
  EVP_MAC_final(state.get(), digest.data(), &size, digest.size());
  return digest;
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void Sha256Stream::FreeState::operator()(evp_md_ctx_st* state) const { EVP_MD_CTX_free(state); }

Sha256Stream::Sha256Stream() : state_(OrDie(EVP_MD_CTX_new())) { Start(); }

void Sha256Stream::Start() { EVP_DigestInit_ex(state_.get(), Sha256Method(), nullptr); }

void Sha256Stream::Add(std::string_view data) {
  EVP_DigestUpdate(state_.get(), data.data(), data.size());
}

Digest Sha256Stream::Finish() {
  Digest digest;
  EVP_DigestFinal_ex(state_.get(), digest.data(), nullptr);
  Start();
  return digest;
}

}  // namespace parley::base
