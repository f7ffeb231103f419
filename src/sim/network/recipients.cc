#include "sim/network/recipients.h"

namespace parley::sim::network {
namespace {

base::Result<void> CheckMayWriteToGroup(const State& state, std::string_view from,
                                        std::string_view id) {
  const auto group = state.groups.find(id);
  if (group == state.groups.end() || group->second.group.Find(from) == nullptr)
    return base::Error(base::ErrorCode::kNotFound, "There is no such group, or you are not in it");
  if (group->second.group.announce && !group->second.group.IsAdmin(from))
    return base::Error(base::ErrorCode::kForbidden, "Only admins write in this group");
  return {};
}

base::Result<void> CheckMayPost(const State& state, std::string_view from, std::string_view id) {
  const auto newsletter = state.newsletters.find(id);
  if (newsletter == state.newsletters.end())
    return base::Error(base::ErrorCode::kNotFound, "There is no such newsletter");
  if (newsletter->second.newsletter.owner != from)
    return base::Error(base::ErrorCode::kForbidden, "Only its owner posts in a newsletter");
  return {};
}

}  // namespace

base::Result<void> CheckMayWrite(const State& state, std::string_view from, std::string_view to) {
  const Chat chat = ChatOf(to);
  switch (chat.kind) {
    case ChatKind::kPerson:
      break;
    case ChatKind::kGroup:
      return CheckMayWriteToGroup(state, from, chat.id);
    case ChatKind::kNewsletter:
      return CheckMayPost(state, from, chat.id);
    case ChatKind::kStatus:
      return {};
  }
  if (state.people.Find(to)) return {};
  return base::ErrorCode::kNotOnNetwork;
}

std::vector<std::string> RecipientsOf(const State& state, std::string_view from,
                                      std::string_view to) {
  std::vector<std::string> numbers;
  const Chat chat = ChatOf(to);
  if (const auto group = state.groups.find(chat.id);
      chat.kind == ChatKind::kGroup && group != state.groups.end()) {
    for (const GroupParticipant& participant : group->second.group.participants)
      if (participant.number != from) numbers.push_back(participant.number);
  }
  if (const auto newsletter = state.newsletters.find(chat.id);
      chat.kind == ChatKind::kNewsletter && newsletter != state.newsletters.end()) {
    for (const std::string& follower : newsletter->second.followers)
      if (follower != from) numbers.push_back(follower);
  }
  if (chat.kind == ChatKind::kStatus) {
    const PersonRow poster = *state.people.Find(from);
    for (const Contact& contact : state.contacts.List(poster, "", kMaxContacts))
      if (numbers.size() < kMaxRecipients && contact.number != from &&
          HearsBroadcasts(state, from, contact.number))
        numbers.push_back(contact.number);
  }
  return numbers;
}

bool HearsBroadcasts(const State& state, std::string_view from, std::string_view to) {
  const auto sender = state.people.Find(from), receiver = state.people.Find(to);
  if (!sender || !receiver || state.contacts.Find(*receiver, from) == nullptr) return false;
  return !state.contacts.Blocks(*receiver, *sender) && !state.contacts.Blocks(*sender, *receiver);
}

}  // namespace parley::sim::network
