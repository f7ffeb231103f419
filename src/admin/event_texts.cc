#include "admin/event_texts.h"

#include <fmt/format.h>

#include "admin/events.h"

namespace parley::admin {
namespace {

// JSON has no line ends, so that an event is one data line.
std::string StreamTextOf(const core::LoggedEvent& logged) {
  const EventView view = ViewOf(logged);
  return fmt::format("id: {}\nevent: {}\ndata: {}\n\n", view.position, view.name,
                     base::EncodeText(view));
}

}  // namespace

const std::string& EventTexts::Of(const core::LoggedEvent& logged) {
  const core::EventPosition position = logged.event.position;
  Place& place = places_[static_cast<std::size_t>(position.value) % kPlaces];
  if (place.position == position && !place.text.empty()) return place.text;
  ++encoded_;
  std::string text = StreamTextOf(logged);
  if (text.size() > kMaxText) {
    long_ = std::move(text);
    return long_;
  }
  place.position = position;
  place.text = std::move(text);
  return place.text;
}

}  // namespace parley::admin
