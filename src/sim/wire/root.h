// Root: whom clients of this network believe. Its own root key, and the chain that proves the key
// of its servers (docs/protocol/wire-noise.md, "Certificates").
#pragma once

#include <string>

#include "base/random.h"
#include "base/time.h"
#include "sim/network/keep.h"
#include "sim/wire/layers.h"
#include "wire/crypto/curve.h"

namespace parley::sim::wire {

class Root {
 public:
  // The keys are kept, so that clients that were told the root know it again after a restart. The
  // certificates are made anew each time.
  Root(net::Keep& keep, base::Random& random, base::Time now);

  const crypto::PublicKey& public_key() const { return root_.public_key; }
  const crypto::KeyPair& server() const { return server_; }
  const std::string& chain() const { return chain_; }

 private:
  crypto::KeyPair root_, server_;
  std::string chain_;
};

// The key pair that is kept under that name, made when there is none.
crypto::KeyPair KeptKeyPair(net::Keep& keep, const std::string& name, base::Random& random);

}  // namespace parley::sim::wire
