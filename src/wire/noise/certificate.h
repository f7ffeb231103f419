// How a server proves its static key: a leaf certificate, and an intermediate one that the root key
// signed. docs/protocol/wire-noise.md.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/time.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"

namespace parley::wire::noise {

struct CertificateDetails {
  std::uint32_t serial = 0;
  std::uint32_t issuer_serial = 0;
  crypto::PublicKey key;
  std::uint64_t not_before = 0;  // Unix seconds
  std::uint64_t not_after = 0;
};
std::string EncodeDetails(const CertificateDetails& details);

// The root's serial, which an intermediate certificate names.
inline constexpr std::uint32_t kRootSerial = 0;

// What is signed is the encoded form, byte for byte.
struct Certificate {
  std::string details;
  std::string signature;
};
Certificate Issue(const crypto::PrivateKey& issuer, const CertificateDetails& details,
                  base::Random& random);
std::string EncodeChain(const Certificate& leaf, const Certificate& intermediate);

// Checks the chain of a server: signatures, serials, dates, and that it is for this static key.
// kMalformed, kWrongSignature, kInvalidKey or kWrongCertificate.
Result<void> CheckChain(std::string_view chain, const crypto::PublicKey& root,
                        const crypto::PublicKey& server, base::Time now);

}  // namespace parley::wire::noise
