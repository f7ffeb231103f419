#include "sim/wire/root.h"

#include "wire/noise/certificate.h"

namespace parley::sim::wire {
namespace {

constexpr std::uint32_t kIntermediateSerial = 1, kLeafSerial = 2;
constexpr base::Duration kBefore = std::chrono::hours(24);
constexpr base::Duration kAfter = std::chrono::hours(24 * 3650);

}  // namespace

crypto::KeyPair KeptKeyPair(net::Keep& keep, const std::string& name, base::Random& random) {
  if (const std::string* kept = keep.Find(name))
    if (const auto key = crypto::PrivateKey::FromBytes(*kept)) return crypto::KeyPair(*key);
  const crypto::KeyPair made = crypto::KeyPair::Generate(random);
  keep.Set(name, std::string(made.private_key.bytes()));
  return made;
}

Root::Root(net::Keep& keep, base::Random& random, base::Time now)
    : root_(KeptKeyPair(keep, "root", random)), server_(KeptKeyPair(keep, "server", random)) {
  const crypto::KeyPair intermediate = crypto::KeyPair::Generate(random);
  noise::CertificateDetails details;
  details.serial = kIntermediateSerial;
  details.issuer_serial = noise::kRootSerial;
  details.key = intermediate.public_key;
  details.not_before = static_cast<std::uint64_t>(base::ToUnixMs(now - kBefore) / 1000);
  details.not_after = static_cast<std::uint64_t>(base::ToUnixMs(now + kAfter) / 1000);
  const noise::Certificate signed_by_root = noise::Issue(root_.private_key, details, random);
  details.serial = kLeafSerial;
  details.issuer_serial = kIntermediateSerial;
  details.key = server_.public_key;
  const noise::Certificate leaf = noise::Issue(intermediate.private_key, details, random);
  chain_ = noise::EncodeChain(leaf, signed_by_root);
}

}  // namespace parley::sim::wire
