// The newest events as streams send them, so that pages which watch the same do not have each event
// encoded for every one of them. Which events a stream has is its filter's affair; how one looks is
// the same for all, and an event never changes.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "core/event_log.h"

namespace parley::admin {

// Thread: that of its service.
class EventTexts {
 public:
  static constexpr std::size_t kPlaces = 256;
  static constexpr std::size_t kMaxText = 16 << 10;  // bytes; longer ones are encoded each time

  // An event of a stream: "id: ...\nevent: ...\ndata: ...\n\n". Valid until the next call.
  const std::string& Of(const core::LoggedEvent& logged);

  std::uint64_t encoded() const { return encoded_; }  // since the start

 private:
  struct Place {
    core::EventPosition position;
    std::string text;
  };

  std::array<Place, kPlaces> places_;  // by position, so that the newest follow each other
  std::string long_;                   // one that is not kept
  std::uint64_t encoded_ = 0;
};

}  // namespace parley::admin
