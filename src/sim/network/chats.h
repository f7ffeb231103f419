// What a phone keeps about a chat beside its messages: whether it is muted, put away or deleted.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/names.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxChat = 64;  // bytes of a chat's name: a number, or "<id>@g.us"

enum class ChatAction : std::uint8_t {
  kMute = 1,
  kUnmute = 2,
  kArchive = 3,
  kUnarchive = 4,
  kRead = 5,    // everything in it was read
  kDelete = 6,  // with its messages; a message that comes later begins it anew
};
inline constexpr base::EnumNames<ChatAction, 6> kChatActionNames({
    {ChatAction::kMute, "mute"},
    {ChatAction::kUnmute, "unmute"},
    {ChatAction::kArchive, "archive"},
    {ChatAction::kUnarchive, "unarchive"},
    {ChatAction::kRead, "read"},
    {ChatAction::kDelete, "delete"},
});
PARLEY_ENUM_NAMES(ChatAction, kChatActionNames)

// What somebody does to a chat, on the phone or on a device.
struct ChatChange {
  std::string chat;  // a number, or "<id>@g.us"
  ChatAction action = ChatAction::kRead;
  std::optional<base::Time> muted_until;  // for kMute; absent: until it is taken back
};

// Notice: somebody did.
struct ChatChanged {
  std::string owner, chat;
  ChatAction action = ChatAction::kRead;
  std::optional<base::Time> muted_until;

  static constexpr std::string_view kName = "chat";
  static constexpr auto Fields() {
    using base::Required;
    using C = ChatChanged;
    return base::FieldList(
        Required("owner", &C::owner), Required("chat", &C::chat), Required("action", &C::action),
        base::Optional("muted_until", &C::muted_until, base::Range(0, 253'402'300'799'999)));
  }
  bool operator==(const ChatChanged&) const = default;
};

// A row of the list of chats.
struct ChatSummary {
  std::string chat;
  base::Time last_at;  // of its newest message
  std::size_t unread = 0;
  bool archived = false, muted = false;
  std::optional<base::Time> muted_until;  // while muted; absent: until it is taken back
};

struct ChatState {
  bool archived = false, muted = false;
  std::optional<base::Time> muted_until;
  Serial deleted_up_to;  // messages up to this one went with the chat

  bool IsMuted(base::Time now) const { return muted && (!muted_until || *muted_until > now); }
};

class Chats {
 public:
  ChatState& At(PersonRow owner, std::string_view chat) {
    return chats_[owner].try_emplace(std::string(chat)).first->second;
  }
  const ChatState* Find(PersonRow owner, std::string_view chat) const;

 private:
  std::map<PersonRow, std::map<std::string, ChatState, std::less<>>> chats_;
};

}  // namespace parley::sim::network
