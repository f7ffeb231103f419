// Parley's version, as the command line, the API descriptions and the metrics tell it.
#pragma once

#include <string_view>

namespace parley::base {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace parley::base
