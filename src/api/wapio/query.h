// Query parameters that several of Wapio's lists share.
#pragma once

#include <cstdint>

#include "base/result.h"
#include "http/message.h"

namespace parley::api::wapio {

inline constexpr int kDefaultLimit = 50;
inline constexpr int kMaxLimit = 200;

// `limit`, kDefaultLimit when it is left out. A fault on it outside of 1 to kMaxLimit.
base::Result<int> QueryLimit(const http::Request& request);

// `cursor`, the next_cursor of the page before: a positive number. 0 when it is left out.
base::Result<std::int64_t> QueryCursor(const http::Request& request);

}  // namespace parley::api::wapio
