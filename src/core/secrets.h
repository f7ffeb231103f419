// Secrets that must be read back (signing secrets, tokens, key material) are sealed under the
// operator's key from the first day; what need not be read back (API keys) is hashed instead.
#pragma once

#include <string>
#include <string_view>

#include "base/digest.h"
#include "base/random.h"
#include "base/result.h"
#include "base/seal.h"

namespace parley::core {

// Thread: its owner's, because of the random source.
class Secrets {
 public:
  Secrets(const base::SealKey& key, base::Random& random) : key_(key), random_(random) {}

  // `purpose` names what it is and whose ("webhook/<id>"): a sealed value cannot be moved to
  // another place.
  std::string Seal(std::string_view purpose, std::string_view plain) {
    return base::Seal(key_, purpose, plain, random_);
  }
  // kInternal when it was sealed under another key or for another purpose.
  base::Result<std::string> Open(std::string_view purpose, std::string_view sealed) const;

  // A key of its own for `purpose`, derived from the operator's.
  base::Digest Derive(std::string_view purpose) const;

 private:
  const base::SealKey key_;
  base::Random& random_;
};

}  // namespace parley::core
