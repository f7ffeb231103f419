// Pictures of people and groups: asked for again and again, kept once.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "core/media/media.h"
#include "core/store.h"

namespace parley::core {

inline constexpr std::int64_t kMaxPicture = 5 << 20;  // bytes

// The account's row for the picture, so that its URL stays: one with the same bytes, made to last
// as long as a new one, or else this.
base::Result<MediaRef> KeepPicture(Transaction& tx, const Media& picture);

}  // namespace parley::core
