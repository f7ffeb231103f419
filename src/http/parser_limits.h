// Bounds that the request and the response parser set to what Beast's parser takes.
#pragma once

#include <cstddef>

namespace parley::http {

inline constexpr std::size_t kMaxFields = 128;
// What a field costs beside its name and its value: ": " and the line end.
inline constexpr std::size_t kFieldOverhead = 4;
// COMPAT: Beast 1.81 asserts that it has this much of a last chunk when it looks at it again. What
// is left of a chunked body is never less: "0", a line end, and an empty line.
inline constexpr std::size_t kLeastChunkedRest = 5;

}  // namespace parley::http
