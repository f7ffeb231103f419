// Wapio's bodies about people and chats, as they stand on the wire.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/wapio/group_schema.h"
#include "api/wapio/schema.h"

namespace parley::api::wapio {

struct OnWhatsApp {
  bool exists = false;
  std::optional<std::string> jid;
  static constexpr auto Fields() {
    return FieldList(Required("exists", &OnWhatsApp::exists),
                     Optional("jid", &OnWhatsApp::jid, NullWhenAbsent()));
  }
};

struct Contact {
  std::string jid, id;
  std::optional<std::string> name, notify, verified_name, img_url, status, phone_number, lid;
  static constexpr auto Fields() {
    using C = Contact;
    constexpr NullWhenAbsent null;
    return FieldList(Required("jid", &C::jid), Required("id", &C::id),
                     Optional("name", &C::name, null, Doc("As the account calls them")),
                     Optional("notify", &C::notify, null, Doc("As they call themselves")),
                     Optional("verifiedName", &C::verified_name, null),
                     Optional("imgUrl", &C::img_url, null), Optional("status", &C::status, null),
                     Optional("phone_number", &C::phone_number, null), Optional("lid", &C::lid));
  }
};
struct ContactList {
  std::vector<Contact> data;
  static constexpr auto Fields() { return FieldList(Required("data", &ContactList::data)); }
};
struct SavedContactBody {
  std::string phone, name;
  std::optional<std::string> session_id;
  static constexpr auto Fields() {
    using B = SavedContactBody;
    return FieldList(
        Required("phone", &B::phone, MaxLength(100), Alias("jid"), Doc("Number or JID")),
        Required("name", &B::name, MaxLength(100), Alias("fullName")),
        Optional("session_id", &B::session_id, MaxLength(100)));
  }
};
struct MessageReply {
  std::string message;
  static constexpr auto Fields() { return FieldList(Required("message", &MessageReply::message)); }
};
struct PresenceBody {
  std::optional<std::string> to, session_id;
  std::string presence;
  static constexpr auto Fields() {
    using B = PresenceBody;
    return FieldList(Optional("to", &B::to, MaxLength(100), Alias("jid"),
                              Doc("Needed by composing, recording and paused")),
                     Required("presence", &B::presence, MaxLength(20), Alias("type"),
                              Doc("available, unavailable, composing, recording or paused")),
                     Optional("session_id", &B::session_id, MaxLength(100)));
  }
};
struct LidReply {
  std::string lid;
  static constexpr auto Fields() { return FieldList(Required("lid", &LidReply::lid)); }
};
struct PnReply {
  std::string pn;
  static constexpr auto Fields() { return FieldList(Required("pn", &PnReply::pn)); }
};

struct ReadBody {
  std::vector<std::string> message_ids;
  std::optional<std::string> chat_jid, session_id;
  static constexpr auto Fields() {
    using B = ReadBody;
    return FieldList(Required("message_ids", &B::message_ids, MinLength(1), MaxLength(100)),
                     Optional("chat_jid", &B::chat_jid, MaxLength(100)),
                     Optional("session_id", &B::session_id, MaxLength(100)));
  }
};
struct ListedChat {
  std::string id, jid;
  std::optional<std::string> name;
  std::int64_t conversation_timestamp = 0, unread_count = 0;
  std::optional<std::int64_t> mute_end_time;
  bool archived = false;
  static constexpr auto Fields() {
    using C = ListedChat;
    constexpr NullWhenAbsent null;
    return FieldList(Required("id", &C::id), Required("jid", &C::jid),
                     Optional("name", &C::name, null),
                     Required("conversationTimestamp", &C::conversation_timestamp),
                     Required("unreadCount", &C::unread_count),
                     Optional("muteEndTime", &C::mute_end_time, null,
                              Doc("Unix milliseconds; -1: until it is taken back")),
                     Required("archived", &C::archived));
  }
};
struct ChatList {
  std::vector<ListedChat> data;
  static constexpr auto Fields() { return FieldList(Required("data", &ChatList::data)); }
};

}  // namespace parley::api::wapio
