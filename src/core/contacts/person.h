// Persons and chats.
//
// A person is one human or business as an account knows it. Number, LID and username are addresses
// that point at the person; learning that two addresses belong together may merge two persons
// (contacts/merge.h). A chat points at a person, group or newsletter, never at an address.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "core/addresses.h"
#include "core/ids.h"

namespace parley::core {

// What is known of a person, as it stands in events and answers.
struct Peer {
  std::string phone;     // digits; empty while unknown
  std::string lid;       // digits; empty while unknown
  std::string username;  // empty while unknown
  std::string name;      // given by the account (contact name)
  std::string push_name;
  std::string verified_name;
  bool is_business = false;

  static constexpr auto Fields() {
    using base::Optional;
    return base::FieldList(Optional("phone", &Peer::phone), Optional("lid", &Peer::lid),
                           Optional("username", &Peer::username), Optional("name", &Peer::name),
                           Optional("push_name", &Peer::push_name),
                           Optional("verified_name", &Peer::verified_name),
                           Optional("is_business", &Peer::is_business));
  }
  bool operator==(const Peer&) const = default;

  // The best address to write down: number, then LID, then username.
  Address address() const;
  // The name the account gave, else the push name, else "".
  const std::string& display_name() const { return name.empty() ? push_name : name; }
};

struct Person {
  PersonRow row;
  PersonId id;
  AccountRow account;
  Peer peer;
  base::Time created_at;
};

enum class ChatKind : std::uint8_t {  // stored; never renumber
  kPerson = 1,
  kGroup = 2,
  kNewsletter = 3,
};
inline constexpr base::EnumNames<ChatKind, 3> kChatKindNames({
    {ChatKind::kPerson, "person"},
    {ChatKind::kGroup, "group"},
    {ChatKind::kNewsletter, "newsletter"},
});
PARLEY_ENUM_NAMES(ChatKind, kChatKindNames)

// The group or newsletter that a chat is, as it stands in events and answers.
struct GroupName {
  GroupId id;
  std::string address;  // Address::value
  std::string subject;  // or the newsletter's name; empty while unknown

  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &GroupName::id),
                           base::Required("address", &GroupName::address),
                           base::Optional("subject", &GroupName::subject));
  }
  bool operator==(const GroupName&) const = default;
};

// How a chat is written to.
Address AddressOf(ChatKind kind, const Peer& peer, const std::optional<GroupName>& group);

// What is done to a chat on the phone.
enum class ChatAction : std::uint8_t {  // stored in events; never renumber
  kMute = 1,
  kUnmute = 2,
  kArchive = 3,
  kUnarchive = 4,
  kRead = 5,    // everything in it
  kDelete = 6,  // from the phone; Parley keeps its messages
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

// One conversation of one channel.
struct Chat {
  ChatRow row;
  ChannelRow channel;
  ChatKind kind = ChatKind::kPerson;
  PersonRow person;                // when kind is kPerson
  Peer peer;                       // when kind is kPerson
  GroupRow group_row;              // else
  std::optional<GroupName> group;  // else
  // Until when the other side's last message lets a business write freely; only on links with a
  // customer-service window.
  std::optional<base::Time> window_until;
  // As on the channel's phone.
  std::int64_t unread = 0;  // messages that came in and that nobody has read
  bool muted = false, archived = false;
  std::optional<base::Time> muted_until;  // while muted; absent: until it is taken back

  Address address() const { return AddressOf(kind, peer, group); }
};

}  // namespace parley::core
