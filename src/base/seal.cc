#include "base/seal.h"

#include <sodium.h>

#include "base/text.h"

namespace parley::base {
namespace {

constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;

}  // namespace

std::string Seal(const SealKey& key, std::string_view context, std::string_view plain,
                 Random& random) {
  std::string sealed(kNonce + plain.size() + kTag, '\0');
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  random.Fill({out, kNonce});
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + kNonce, nullptr, BytesOf(plain), plain.size(),
                                             BytesOf(context), context.size(), nullptr, out,
                                             key.data());
  return sealed;
}

std::optional<std::string> Unseal(const SealKey& key, std::string_view context,
                                  std::string_view sealed) {
  if (sealed.size() < kNonce + kTag) return std::nullopt;
  std::string plain(sealed.size() - kNonce - kTag, '\0');
  const unsigned char* in = BytesOf(sealed);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(plain.data()), nullptr, nullptr, in + kNonce,
          sealed.size() - kNonce, BytesOf(context), context.size(), in, key.data()) != 0)
    return std::nullopt;
  return plain;
}

}  // namespace parley::base
