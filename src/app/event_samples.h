// What each webhook event of the dialects looks like: made-up happenings (sample_events.h) put
// through the encoders that serve subscribers. docs/api/events.md shows them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::app {

struct EventSample {
  std::string_view name, when;  // of the dialect's table
  std::string body;             // JSON; empty: none of the happenings makes this event
};
struct DialectSamples {
  std::string_view title, about;
  std::vector<EventSample> events;
};

// In the order of the tables.
std::vector<DialectSamples> EventSamples();

}  // namespace parley::app
