// What the request and the response parser share: bounds of what Beast's parser takes, and its
// texts.
#pragma once

#include <boost/beast/core/string_type.hpp>
#include <cstddef>
#include <string_view>

namespace parley::http {

inline constexpr std::size_t kMaxFields = 128;
// What a field costs beside its name and its value: ": " and the line end.
inline constexpr std::size_t kFieldOverhead = 4;
// COMPAT: Beast 1.81 asserts that it has this much of a last chunk when it looks at it again. What
// is left of a chunked body is never less: "0", a line end, and an empty line.
inline constexpr std::size_t kLeastChunkedRest = 5;

inline std::string_view ViewOf(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace parley::http
