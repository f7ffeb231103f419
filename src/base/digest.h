// Digests and comparisons for keys and signatures, on OpenSSL, which uses the processor's SHA
// instructions where there are any. Thread: any.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's state of a digest

namespace parley::base {

using Digest = std::array<std::uint8_t, 32>;

Digest Sha256(std::string_view data);
Digest HmacSha256(std::string_view key, std::string_view data);

// True when equal; takes the same time wherever they differ. Lengths are not secret.
bool EqualInConstantTime(std::string_view a, std::string_view b);

inline std::string_view AsText(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// A digest over data that comes in pieces. Finish gives it and starts the next one.
class Sha256Stream {
 public:
  Sha256Stream();
  void Add(std::string_view data);
  Digest Finish();

 private:
  struct FreeState {
    void operator()(evp_md_ctx_st* state) const;
  };
  void Start();

  std::unique_ptr<evp_md_ctx_st, FreeState> state_;
};

}  // namespace parley::base
