#include "sim/network/presence.h"

namespace parley::sim::network {

void Presence::SetAvailable(PersonRow person, std::optional<DeviceRow> device, bool available,
                            base::Time now) {
  Entry& entry = people_[person];
  const bool was_available = entry.available();
  if (!device)
    entry.phone = available;
  else if (available)
    entry.devices.insert(*device);
  else
    entry.devices.erase(*device);
  if (was_available && !entry.available()) entry.last_seen = now;
  if (!entry.available()) entry.typing.clear();  // nobody who is away types
}

void Presence::Forget(PersonRow person, DeviceRow device, base::Time now) {
  const auto entry = people_.find(person);
  if (entry == people_.end() || !entry->second.devices.contains(device)) return;
  SetAvailable(person, device, false, now);
}

void Presence::SetTyping(PersonRow person, std::string_view chat, PresenceKind kind,
                         base::Time now) {
  auto& typing = people_[person].typing;
  std::erase_if(typing, [now](const auto& row) { return row.second.until <= now; });
  if (kind == PresenceKind::kPaused)
    typing.erase(std::string(chat));
  else
    typing.insert_or_assign(std::string(chat), TypingUntil{kind, now + kTypingLife});
}

SeenPresence Presence::Of(PersonRow person, base::Time now) const {
  SeenPresence seen;
  const auto entry = people_.find(person);
  if (entry == people_.end()) return seen;
  seen.available = entry->second.available();
  if (!seen.available) seen.last_seen = entry->second.last_seen;
  for (const auto& [chat, typing] : entry->second.typing)
    if (typing.until > now) seen.typing.push_back(Typing{chat, typing.kind});
  return seen;
}

}  // namespace parley::sim::network
