// Bodies of the routes about chats and what stands in them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/message_schema.h"

namespace parley::admin {

struct ChatView {
  std::string chat, kind, name;
  std::optional<std::string> phone;
  std::optional<MessageView> last_message;
  std::optional<std::string> last_at;
  std::int64_t unread = 0;
  bool muted = false, archived = false;
  std::optional<std::string> muted_until, window_until;
  static constexpr auto Fields() {
    using V = ChatView;
    return FieldList(
        Required("chat", &V::chat, Doc("For paths and `to`")),
        Required("kind", &V::kind, Doc("person, group or newsletter")),
        Required("name", &V::name, Doc("Of the person or group, else the number")),
        Optional("phone", &V::phone, NullWhenAbsent()),
        Optional("last_message", &V::last_message, NullWhenAbsent(),
                 Doc("The newest, without its reactions and thumbnail; null when it is gone")),
        Optional("last_at", &V::last_at, NullWhenAbsent()), Required("unread", &V::unread),
        Required("muted", &V::muted), Required("archived", &V::archived),
        Optional("muted_until", &V::muted_until, NullWhenAbsent(),
                 Doc("While muted; null: until it is taken back")),
        Optional("window_until", &V::window_until, NullWhenAbsent(),
                 Doc("On links with a customer window: until when anything but templates may be "
                     "sent")));
  }
};

struct ChatList {
  std::vector<ChatView> chats;
  std::optional<std::string> next;
  static constexpr auto Fields() {
    return FieldList(Required("chats", &ChatList::chats),
                     Optional("next", &ChatList::next, NullWhenAbsent()));
  }
};

struct MessagePage {
  std::vector<MessageView> messages;
  std::optional<std::string> next;
  static constexpr auto Fields() {
    return FieldList(
        Required("messages", &MessagePage::messages),
        Optional("next", &MessagePage::next, NullWhenAbsent(), Doc("`before` of the next page")));
  }
};

struct FoundMessages {
  std::vector<MessageView> messages;
  std::optional<std::string> searched_to;
  std::optional<std::int64_t> next;
  static constexpr auto Fields() {
    using V = FoundMessages;
    return FieldList(
        Required("messages", &V::messages),
        Optional(
            "searched_to", &V::searched_to, NullWhenAbsent(),
            Doc("When the oldest message that was looked at was accepted; null: there is none")),
        Optional("next", &V::next, NullWhenAbsent(),
                 Doc("`before` of the call that goes on; null: all were looked at")));
  }
};

}  // namespace parley::admin
