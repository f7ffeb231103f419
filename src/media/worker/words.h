// Text that somebody wrote into a file, made fit to be shown.
#pragma once

#include <string>
#include <string_view>

namespace parley::media::worker {

// Without control characters and blanks around it, cut after `limit` characters; empty when it is
// not UTF-8.
std::string OneLine(std::string_view text, std::size_t limit);

}  // namespace parley::media::worker
