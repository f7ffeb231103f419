// Presence: whether somebody is there, or types.
#pragma once

#include <cstdint>

#include "base/names.h"

namespace parley::core {

enum class PresenceKind : std::uint8_t {
  kAvailable = 1,
  kUnavailable = 2,
  kComposing = 3,  // this and the following belong to a chat
  kRecording = 4,
  kPaused = 5,
};
inline constexpr base::EnumNames<PresenceKind, 5> kPresenceKindNames({
    {PresenceKind::kAvailable, "available"},
    {PresenceKind::kUnavailable, "unavailable"},
    {PresenceKind::kComposing, "composing"},
    {PresenceKind::kRecording, "recording"},
    {PresenceKind::kPaused, "paused"},
});
PARLEY_ENUM_NAMES(PresenceKind, kPresenceKindNames)

constexpr bool NeedsChat(PresenceKind kind) { return kind >= PresenceKind::kComposing; }

}  // namespace parley::core
