#include "storage/key_filter.h"

#include <algorithm>

namespace parley::storage {
namespace {

constexpr std::size_t kBitsPerKey = 10;
constexpr int kProbes = 7;

// Calls `visit` with the positions of a key's bits, until it returns false.
template <class Visit>
void Probe(const IndexKey& key, std::size_t bits, const Visit& visit) {
  auto position = static_cast<std::uint64_t>(key.Number(0));
  const auto step = static_cast<std::uint64_t>(key.Number(1)) | 1;
  for (int i = 0; i < kProbes; ++i, position += step)
    if (!visit(static_cast<std::size_t>(position % bits))) return;
}

}  // namespace

KeyFilter::KeyFilter(std::size_t keys)
    : bits_(std::max<std::size_t>(keys * kBitsPerKey / 8, 8), 0) {}

void KeyFilter::Add(const IndexKey& key) {
  Probe(key, bits_.size() * 8, [&](std::size_t bit) {
    bits_[bit / 8] = static_cast<char>(bits_[bit / 8] | 1 << bit % 8);
    return true;
  });
}

bool KeyFilter::MayHold(const IndexKey& key) const {
  if (bits_.empty()) return true;  // no filter was stored
  bool all = true;
  Probe(key, bits_.size() * 8, [&](std::size_t bit) {
    all = (bits_[bit / 8] >> bit % 8 & 1) != 0;
    return all;
  });
  return all;
}

}  // namespace parley::storage
