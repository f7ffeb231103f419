// A Bloom filter over the digest keys of one run: tells for most keys that are not in the run that
// they are not, so that a search for one key looks into one run instead of all.
//
// Ten bits and seven probes per key: about one in a hundred answers "maybe" for nothing. Keys are
// digests already, so their own bytes serve as hash values. The size is fixed at the start; more
// keys than expected only make it answer "maybe" more often.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "storage/key_memory.h"

namespace parley::storage {

class KeyFilter {
 public:
  // For about `keys` keys.
  explicit KeyFilter(std::size_t keys);
  // From its stored form.
  explicit KeyFilter(std::string bytes) : bits_(std::move(bytes)) {}

  // Only digest keys (kLink, kIdempotency) take part; their row is ignored.
  static bool Covers(const IndexKey& key) {
    return key.space() == KeySpace::kLink || key.space() == KeySpace::kIdempotency;
  }

  void Add(const IndexKey& key);
  bool MayHold(const IndexKey& key) const;
  std::string_view bytes() const { return bits_; }

 private:
  std::string bits_;
};

}  // namespace parley::storage
