// Keys, signatures and ciphertexts of a stranger: whatever the bytes, they are refused or mean what
// they say. What is made here opens again, and not when a bit of it is changed.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "wire/crypto/aes.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/xeddsa.h"

using namespace parley;
using namespace parley::wire::crypto;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

// Cuts up to `size` bytes off the front.
std::string_view Cut(std::string_view& rest, std::size_t size) {
  const std::string_view cut = rest.substr(0, size);
  rest.remove_prefix(cut.size());
  return cut;
}

template <class Array>
Array ArrayOf(std::string_view bytes) {
  Array array{};
  for (std::size_t i = 0; i < bytes.size(); ++i) array[i] = static_cast<std::uint8_t>(bytes[i]);
  return array;
}

AesKey KeyOf(std::string_view bytes) {
  std::string padded(bytes);
  padded.resize(AesKey::kSize);
  return *AesKey::From(padded);
}

void TryKey(std::string_view key_bytes, std::string_view rest) {
  const auto random = base::MakeSeededRandom(1);
  const KeyPair own = KeyPair::Generate(*random);
  const auto key = PublicKey::FromBytes(key_bytes);
  if (const auto typed = PublicKey::FromTyped(rest)) Check(typed->Typed() == rest);
  if (!key) return;
  if (const auto agreed = Agree(own.private_key, *key)) Check(!(*agreed == SharedSecret()));
  const auto verified =
      Verify(*key, rest.substr(std::min<std::size_t>(64, rest.size())), rest.substr(0, 64));
  Check(!verified || rest.size() >= 64);
}

void TryCiphers(std::string_view key_bytes, std::string_view rest) {
  const AesKey key = KeyOf(key_bytes);
  const auto nonce = ArrayOf<GcmNonce>(Cut(rest, 12));
  const auto iv = ArrayOf<AesIv>(Cut(rest, 16));
  if (const auto plain = GcmOpen(key, nonce, "", rest))
    Check(GcmSeal(key, nonce, "", *plain) == rest);
  if (const auto plain = CbcDecrypt(key, iv, rest)) Check(CbcEncrypt(key, iv, *plain) == rest);
  Check(CtrApply(key, iv, CtrApply(key, iv, rest)) == rest);

  std::string sealed = GcmSeal(key, nonce, rest, rest);
  Check(GcmOpen(key, nonce, rest, sealed).value() == rest);
  sealed[sealed.size() / 2] = static_cast<char>(sealed[sealed.size() / 2] ^ 1);
  Check(!GcmOpen(key, nonce, rest, sealed));
  Check(CbcDecrypt(key, iv, CbcEncrypt(key, iv, rest)).value() == rest);
}

void TrySignature(std::string_view key_bytes, std::string_view message) {
  const auto random = base::MakeSeededRandom(message.size());
  const auto key = PrivateKey::FromBytes(key_bytes);
  if (!key) return;
  std::string signature = Sign(*key, message, *random);
  Check(Verify(key->Public(), message, signature).has_value());
  signature[random->Below(64)] ^= 1;
  Check(!Verify(key->Public(), message, signature));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const std::string_view key = Cut(rest, 32);
  TryKey(key, rest);
  TryCiphers(key, rest);
  TrySignature(key, rest);
  return 0;
}
