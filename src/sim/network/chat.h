// Addresses of chats: where a message may be sent to. A person's is the bare number, a group's
// "<id>@g.us", a newsletter's "<id>@newsletter"; "status@broadcast" is what one shows to the people
// one knows for a day. A list that somebody writes to many people with is "<id>@broadcast": no
// chat, but a mark on messages to single people (Network::SendBroadcast).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::sim::network {

enum class ChatKind : std::uint8_t { kPerson = 0, kGroup = 1, kNewsletter = 2, kStatus = 3 };

inline constexpr std::string_view kStatusAddress = "status@broadcast";

struct Chat {
  ChatKind kind = ChatKind::kPerson;
  std::string_view id;  // a part of the address: the number, or the id
};

// What kind of address it is; whether there is such a chat is another matter.
Chat ChatOf(std::string_view address);

std::string GroupAddress(std::string_view id);
std::string NewsletterAddress(std::string_view id);
std::string BroadcastAddress(std::string_view id);

// 5 to 30 digits: the id of a group or a newsletter.
bool IsChatId(std::string_view text);
inline constexpr std::size_t kMaxChatAddress = 30 + 11;

}  // namespace parley::sim::network
