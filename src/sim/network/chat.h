// Addresses of chats: where a message may be sent to. A person's is the bare number, a group's
// "<id>@g.us", a newsletter's "<id>@newsletter".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace parley::sim::network {

enum class ChatKind : std::uint8_t { kPerson = 0, kGroup = 1, kNewsletter = 2 };

struct Chat {
  ChatKind kind = ChatKind::kPerson;
  std::string_view id;  // a part of the address: the number, or the id
};

// What kind of address it is; whether there is such a chat is another matter.
Chat ChatOf(std::string_view address);

std::string GroupAddress(std::string_view id);
std::string NewsletterAddress(std::string_view id);

// 5 to 30 digits: the id of a group or a newsletter.
bool IsChatId(std::string_view text);
inline constexpr std::size_t kMaxChatAddress = 30 + 11;

}  // namespace parley::sim::network
