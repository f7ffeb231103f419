// Searching in the texts of a channel's messages: they are read from the newest on, as nothing
// indexes words (docs/decisions/0002-hot-schema.md: an index would cost every message something,
// and few are ever searched).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/messages/marks.h"

namespace parley::core {

// Messages that one search looks at, and that one read of the store does.
inline constexpr int kMostSearched = 20'000;
inline constexpr int kSearchedAtOnce = 500;

struct SearchQuery {
  std::string text;   // stands in the message, in any case of A to Z
  MessageRow before;  // rows below this one only; 0 = from the newest
  int limit = 50;
  int most = kMostSearched;  // messages looked at
};

struct SearchPage {
  std::vector<MarkedMessage> messages;    // newest first
  MessageRow searched_to;                 // the last that was looked at; 0: there was none
  std::optional<base::Time> searched_at;  // when that one was accepted
  bool more = false;                      // there are messages behind it
};

// Whether the text, the name of the file or what was said in the voice message holds `text`.
bool Says(const Message& message, std::string_view text);

}  // namespace parley::core
