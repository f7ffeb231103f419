#include "wire/crypto/aes.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

namespace parley::wire::crypto {
namespace {

constexpr std::size_t kBlock = 16;

// Looking an algorithm up takes OpenSSL longer than a short message, so that it is done once. None
// of what is not checked below fails but for want of memory.
template <class T>
T* OrDie(T* made) {
  if (made == nullptr) std::abort();
  return made;
}

const EVP_CIPHER* Fetch(const char* name) {
  return OrDie(EVP_CIPHER_fetch(nullptr, name, nullptr));
}

const EVP_CIPHER* Gcm() {
  static const EVP_CIPHER* const cipher = Fetch("AES-256-GCM");
  return cipher;
}

const EVP_CIPHER* Cbc() {
  static const EVP_CIPHER* const cipher = Fetch("AES-256-CBC");
  return cipher;
}

const EVP_CIPHER* Ctr() {
  static const EVP_CIPHER* const cipher = Fetch("AES-256-CTR");
  return cipher;
}

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// One run of a cipher; OpenSSL overwrites the schedule of the key when it goes.
class Run {
 public:
  Run(const EVP_CIPHER* cipher, const AesKey& key, const std::uint8_t* iv, bool encrypt)
      : state_(OrDie(EVP_CIPHER_CTX_new())) {
    if (EVP_CipherInit_ex2(state_.get(), cipher, key.bytes().data(), iv, encrypt, nullptr) != 1)
      std::abort();
    EVP_CIPHER_CTX_set_padding(state_.get(), 0);  // done here, where its time is known
  }

  // `out` may be nullptr: then `in` is associated data. OpenSSL counts in int.
  void Update(unsigned char* out, std::string_view in) {
    while (!in.empty()) {
      const std::string_view part = in.substr(0, std::size_t{1} << 30);
      int written = 0;
      if (EVP_CipherUpdate(state_.get(), out, &written, Bytes(part),
                           static_cast<int>(part.size())) != 1)
        std::abort();
      if (out != nullptr) out += written;
      in.remove_prefix(part.size());
    }
  }
  bool Finish() {
    unsigned char nothing[kBlock];
    int written = 0;
    return EVP_CipherFinal_ex(state_.get(), nothing, &written) == 1;
  }
  void Control(int what, void* bytes) {
    if (EVP_CIPHER_CTX_ctrl(state_.get(), what, kGcmTag, bytes) != 1) std::abort();
  }

 private:
  struct Free {
    void operator()(EVP_CIPHER_CTX* state) const { EVP_CIPHER_CTX_free(state); }
  };
  std::unique_ptr<EVP_CIPHER_CTX, Free> state_;
};

unsigned char* Room(std::string& out) { return reinterpret_cast<unsigned char*>(out.data()); }

// The number of padding bytes at the end, 0 when they are none. Looks at the whole last block
// without a branch on what is in it.
std::size_t PaddingOf(std::string_view padded) {
  constexpr std::uint32_t kSize = kBlock;
  const auto* last = Bytes(padded.substr(padded.size() - kBlock));
  const std::uint32_t count = last[kSize - 1];
  // Not in 1 to 16: one of the two is negative. What is shifted by 8 leaves the highest bit clear.
  std::uint32_t wrong = ((count - 1) | (kSize - count)) >> 8;
  for (std::uint32_t i = 0; i < kSize; ++i) {
    const std::uint32_t inside = (i - count) >> 8;  // all ones for the last `count` bytes
    wrong |= inside & (last[kSize - 1 - i] ^ count);
  }
  const std::uint32_t fine = (wrong - 1) >> 31;  // 1 when nothing is wrong
  return count * fine;
}

}  // namespace

std::string GcmSeal(const AesKey& key, const GcmNonce& nonce, std::string_view associated,
                    std::string_view plain) {
  Run run(Gcm(), key, nonce.data(), true);
  run.Update(nullptr, associated);
  std::string sealed(plain.size() + kGcmTag, '\0');
  run.Update(Room(sealed), plain);
  if (!run.Finish()) std::abort();
  run.Control(EVP_CTRL_AEAD_GET_TAG, Room(sealed) + plain.size());
  return sealed;
}

Result<std::string> GcmOpen(const AesKey& key, const GcmNonce& nonce, std::string_view associated,
                            std::string_view sealed) {
  if (sealed.size() < kGcmTag) return Fault{FaultCode::kWrongMac, "too short to hold a tag"};
  Run run(Gcm(), key, nonce.data(), false);
  run.Update(nullptr, associated);
  std::string plain(sealed.size() - kGcmTag, '\0');
  run.Update(Room(plain), sealed.substr(0, plain.size()));
  std::string tag(sealed.substr(plain.size()));
  run.Control(EVP_CTRL_AEAD_SET_TAG, tag.data());
  if (!run.Finish()) {
    Wipe(plain);
    return Fault{FaultCode::kWrongMac, "the tag is not that of these bytes"};
  }
  return plain;
}

std::string CbcEncrypt(const AesKey& key, const AesIv& iv, std::string_view plain) {
  Run run(Cbc(), key, iv.data(), true);
  const std::size_t whole = plain.size() / kBlock * kBlock;
  const std::size_t padding = kBlock - plain.size() % kBlock;
  std::string end(plain.substr(whole));
  end.append(padding, static_cast<char>(padding));
  std::string encrypted(whole + kBlock, '\0');
  run.Update(Room(encrypted), plain.substr(0, whole));
  run.Update(Room(encrypted) + whole, end);
  Wipe(end);
  if (!run.Finish()) std::abort();
  return encrypted;
}

Result<std::string> CbcDecrypt(const AesKey& key, const AesIv& iv, std::string_view encrypted) {
  const Fault broken{FaultCode::kMalformed, "not whole blocks, or wrongly padded"};
  if (encrypted.empty() || encrypted.size() % kBlock != 0) return broken;
  Run run(Cbc(), key, iv.data(), false);
  std::string plain(encrypted.size(), '\0');
  run.Update(Room(plain), encrypted);
  const std::size_t padding = PaddingOf(plain);
  if (!run.Finish() || padding == 0) {
    Wipe(plain);
    return broken;
  }
  plain.resize(plain.size() - padding);
  return plain;
}

std::string CtrApply(const AesKey& key, const AesIv& iv, std::string_view bytes) {
  Run run(Ctr(), key, iv.data(), true);
  std::string out(bytes.size(), '\0');
  run.Update(Room(out), bytes);
  return out;
}

}  // namespace parley::wire::crypto
