// Network: address books, blocks and presence.
#include <fmt/format.h>

#include "base/encoding.h"
#include "sim/network/network.h"
#include "sim/network/parts.h"

namespace parley::sim::network {
namespace {

// What of `typing` somebody sees: what goes to themselves, or to a group that they are in.
bool IsMeantFor(const Typing& typing, std::string_view viewer, const State& state) {
  if (typing.chat == viewer) return true;
  const Chat chat = ChatOf(typing.chat);
  if (chat.kind != ChatKind::kGroup) return false;
  const auto group = state.groups.find(chat.id);
  return group != state.groups.end() && group->second.group.Find(viewer) != nullptr;
}

}  // namespace

base::Result<void> Network::SaveContact(const Actor& by, std::string_view number,
                                        std::string name) {
  PARLEY_TRY(owner, parts_->ActorOf(by));
  base::Error error(base::ErrorCode::kInvalidFields);
  if (!IsNumber(number))
    error.faults.push_back({"number", "Must be 5 to 15 digits and not begin with 0"});
  if (name.empty() || name.size() > 4 * kMaxName || !base::IsUtf8(name) ||
      base::CountCodePoints(name) > kMaxName)
    error.faults.push_back({"name", fmt::format("Must be text of 1 to {} characters", kMaxName)});
  if (!error.faults.empty()) return error;
  const Contacts& contacts = parts_->ledger.state().contacts;
  const std::string* known = contacts.Find(owner, number);
  if (known != nullptr && *known == name) return {};
  if (known == nullptr && contacts.Count(owner) >= kMaxContacts)
    return base::Error(base::ErrorCode::kInvalidState, "The address book is full");
  return parts_->Announce(ContactChanged{by.number, std::string(number), std::move(name)},
                          {by.number}, by);
}

base::Result<void> Network::RemoveContact(const Actor& by, std::string_view number) {
  PARLEY_TRY(owner, parts_->ActorOf(by));
  if (parts_->ledger.state().contacts.Find(owner, number) == nullptr)
    return base::Error(base::ErrorCode::kNotFound, "The number is not in the address book");
  return parts_->Announce(ContactChanged{by.number, std::string(number), ""}, {by.number}, by);
}

base::Result<std::vector<Contact>> Network::ListContacts(std::string_view number,
                                                         std::string_view after,
                                                         std::size_t limit) const {
  PARLEY_TRY(owner, parts_->PersonOf(number));
  return parts_->ledger.state().contacts.List(owner, after, std::min(limit, kMaxPage));
}

std::string Network::ContactName(std::string_view owner, std::string_view number) const {
  const State& state = parts_->ledger.state();
  const std::optional<PersonRow> row = state.people.Find(owner);
  const std::string* name = row ? state.contacts.Find(*row, number) : nullptr;
  return name == nullptr ? "" : *name;
}

base::Result<void> Network::SetBlocked(const Actor& by, std::string_view number, bool blocked) {
  PARLEY_TRY(owner, parts_->ActorOf(by));
  const State& state = parts_->ledger.state();
  const std::optional<PersonRow> other = state.people.Find(number);
  if (!other) return base::ErrorCode::kNotOnNetwork;
  if (*other == owner) return base::FieldError("number", "Nobody blocks themselves");
  if (state.contacts.Blocks(owner, *other) == blocked) return {};
  if (blocked && state.contacts.BlockedBy(owner).size() >= kMaxBlocks)
    return base::Error(base::ErrorCode::kInvalidState, "Too many numbers are blocked");
  return parts_->Announce(BlockChanged{by.number, std::string(number), blocked}, {by.number}, by);
}

base::Result<std::vector<std::string>> Network::ListBlocked(std::string_view number) const {
  PARLEY_TRY(owner, parts_->PersonOf(number));
  const State& state = parts_->ledger.state();
  std::vector<std::string> numbers;
  for (const PersonRow other : state.contacts.BlockedBy(owner))
    numbers.push_back(state.people.at(other).person.number);
  return numbers;
}

// --------------------------------------------------------------------------------------- presence

base::Result<void> Network::SetPresence(const Actor& by, PresenceKind kind, std::string_view chat) {
  PARLEY_TRY(person, parts_->ActorOf(by));
  const bool of_chat = kind != PresenceKind::kAvailable && kind != PresenceKind::kUnavailable;
  if (of_chat && !parts_->ledger.state().HasChat(chat))
    return base::FieldError("to", "Must be a number on the network or a group");
  if (of_chat) {
    parts_->presence.SetTyping(person, chat, kind, Now());
  } else {
    std::optional<DeviceRow> device;
    if (!by.device.empty()) {
      PARLEY_TRY(row, parts_->DeviceOf(by.device));
      if (!parts_->sessions.IsConnected(row))
        return base::Error(base::ErrorCode::kInvalidState, "The device is not connected");
      device = row;
    }
    parts_->presence.SetAvailable(person, device, kind == PresenceKind::kAvailable, Now());
  }
  parts_->watchers.Note(person, ChangeKind::kPresence);
  return {};
}

base::Result<SeenPresence> Network::PresenceOf(std::string_view number,
                                               std::string_view viewer) const {
  PARLEY_TRY(person, parts_->PersonOf(number));
  SeenPresence seen = parts_->presence.Of(person, Now());
  if (viewer.empty()) return seen;
  PARLEY_TRY(onlooker, parts_->PersonOf(viewer));
  const State& state = parts_->ledger.state();
  if (state.contacts.Blocks(person, onlooker)) return SeenPresence();
  std::erase_if(seen.typing,
                [&](const Typing& typing) { return !IsMeantFor(typing, viewer, state); });
  return seen;
}

}  // namespace parley::sim::network
