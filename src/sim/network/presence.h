// Presence: who is there, and who types to whom. The one thing the network forgets when it ends.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/names.h"
#include "base/time.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

// Typing that is not renewed ends by itself after this.
inline constexpr base::Duration kTypingLife = std::chrono::seconds(25);

enum class PresenceKind : std::uint8_t {
  kAvailable = 1,
  kUnavailable = 2,
  kComposing = 3,  // the following belong to a chat
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

struct Typing {
  std::string chat;                              // to whom: a number, or "<id>@g.us"
  PresenceKind kind = PresenceKind::kComposing;  // or kRecording
};

// What can be seen of a person.
struct SeenPresence {
  bool available = false;
  std::optional<base::Time> last_seen;  // when it ended last; absent while available, and if never
  std::vector<Typing> typing;           // by chat
};

// Thread: that of the network.
class Presence {
 public:
  // Whether the person is there on that device; nullopt: on the phone.
  void SetAvailable(PersonRow person, std::optional<DeviceRow> device, bool available,
                    base::Time now);
  // The device's connection began or ended: it says anew whether its person is there.
  void Forget(PersonRow person, DeviceRow device, base::Time now);
  // kPaused ends it.
  void SetTyping(PersonRow person, std::string_view chat, PresenceKind kind, base::Time now);
  SeenPresence Of(PersonRow person, base::Time now) const;

 private:
  struct TypingUntil {
    PresenceKind kind;
    base::Time until;
  };
  struct Entry {
    bool phone = false;
    std::set<DeviceRow> devices;
    std::optional<base::Time> last_seen;
    std::map<std::string, TypingUntil, std::less<>> typing;

    bool available() const { return phone || !devices.empty(); }
  };
  std::map<PersonRow, Entry> people_;
};

}  // namespace parley::sim::network
