#include "wire/signal/pre_keys.h"

#include "wire/crypto/xeddsa.h"

namespace parley::wire::signal {

SignedPreKey MakeSignedPreKey(const Identity& identity, std::uint32_t id, base::Random& random) {
  const auto keys = crypto::KeyPair::Generate(random);
  return {id, keys, crypto::Sign(identity.keys.private_key, keys.public_key.Typed(), random)};
}

Result<void> CheckBundle(const Bundle& bundle) {
  return crypto::Verify(bundle.identity, bundle.signed_key.Typed(), bundle.signature);
}

}  // namespace parley::wire::signal
