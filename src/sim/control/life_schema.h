// The bodies of the control API about what people do beside writing: profiles, address books,
// presence, calls, chats and templates.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/network.h"

namespace parley::sim::control {

// ---------------------------------------------------------------------------------- address books

struct ShownFacts {
  std::string number;
  bool exists = false;
  std::optional<std::string> lid, name, username, verified_name, picture, about, description,
      address, email, vertical;
  std::optional<bool> is_business, is_enterprise;
  std::optional<std::int64_t> verified_level;
  std::optional<std::vector<std::string>> websites;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using F = ShownFacts;
    return base::FieldList(
        Required("number", &F::number), Required("exists", &F::exists, Doc("Is on the network")),
        Optional("lid", &F::lid), Optional("name", &F::name), Optional("username", &F::username),
        Optional("is_business", &F::is_business), Optional("is_enterprise", &F::is_enterprise),
        Optional("verified_name", &F::verified_name),
        Optional("verified_level", &F::verified_level),
        Optional("picture", &F::picture, Doc("URL; absent when the asker may not see it")),
        Optional("about", &F::about), Optional("description", &F::description),
        Optional("address", &F::address), Optional("email", &F::email),
        Optional("websites", &F::websites), Optional("vertical", &F::vertical));
  }
};

struct ShownContact {
  std::string number, name;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("number", &ShownContact::number),
                           base::Required("name", &ShownContact::name));
  }
};
struct ShownContacts {
  std::vector<ShownContact> contacts;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("contacts", &ShownContacts::contacts));
  }
};
struct ContactBody {
  std::string name;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("name", &ContactBody::name, base::MaxLength(network::kMaxName)));
  }
};
struct ShownBlocks {
  std::vector<std::string> numbers;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("numbers", &ShownBlocks::numbers));
  }
};

// --------------------------------------------------------------------------------------- presence

struct PresenceBody {
  network::PresenceKind presence = network::PresenceKind::kAvailable;
  std::optional<std::string> to;

  static constexpr auto Fields() {
    using base::Doc;
    return base::FieldList(
        base::Required("presence", &PresenceBody::presence,
                       Doc("available, unavailable, composing, recording or paused")),
        base::Optional("to", &PresenceBody::to, base::MaxLength(network::kMaxChat),
                       Doc("With the last three: a number, or <id>@g.us")));
  }
};
struct ShownTyping {
  std::string to;
  network::PresenceKind kind = network::PresenceKind::kComposing;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("to", &ShownTyping::to),
                           base::Required("kind", &ShownTyping::kind));
  }
};
struct ShownPresence {
  bool available = false;
  std::optional<std::int64_t> last_seen;
  std::vector<ShownTyping> typing;

  static constexpr auto Fields() {
    using base::Required;
    using P = ShownPresence;
    return base::FieldList(Required("available", &P::available),
                           base::Optional("last_seen", &P::last_seen, base::Doc("Unix seconds")),
                           Required("typing", &P::typing));
  }
};

// ------------------------------------------------------------------------------------------ calls

struct CallBody {
  std::string to;
  std::optional<std::string> group;
  std::optional<bool> video;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    return base::FieldList(base::Required("to", &CallBody::to, MaxLength(16)),
                           Optional("group", &CallBody::group, MaxLength(network::kMaxChat),
                                    Doc("The id of the group it is made in; both must be in it")),
                           Optional("video", &CallBody::video));
  }
};

enum class CallAction : std::uint8_t { kAccept = 1, kReject = 2, kHangUp = 3 };
inline constexpr base::EnumNames<CallAction, 3> kCallActionNames({
    {CallAction::kAccept, "accept"},
    {CallAction::kReject, "reject"},
    {CallAction::kHangUp, "hang_up"},
});
PARLEY_ENUM_NAMES(CallAction, kCallActionNames)

struct CallActionBody {
  CallAction action = CallAction::kAccept;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("action", &CallActionBody::action, base::Doc("accept, reject or hang_up")));
  }
};
struct ShownCall {
  std::string id, from, to;
  std::optional<std::string> group;
  bool video = false;
  network::CallStatus status = network::CallStatus::kRinging;
  std::int64_t timestamp = 0, changed = 0;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using C = ShownCall;
    return base::FieldList(
        Required("id", &C::id), Required("from", &C::from), Required("to", &C::to),
        base::Optional("group", &C::group), Required("video", &C::video),
        Required("status", &C::status,
                 Doc("ringing, accepted, rejected, missed, ended, or unreached: in vain, while the "
                     "called phone was off")),
        Required("timestamp", &C::timestamp, Doc("Unix seconds")),
        Required("changed", &C::changed, Doc("When the status became this; Unix seconds")));
  }
};
struct ShownCalls {
  std::vector<ShownCall> calls;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("calls", &ShownCalls::calls));
  }
};

// ------------------------------------------------------------------------------------------ chats

struct ChatBody {
  network::ChatAction action = network::ChatAction::kRead;
  std::optional<base::Time> muted_until_ms;

  static constexpr auto Fields() {
    using base::Doc;
    return base::FieldList(
        base::Required("action", &ChatBody::action,
                       Doc("mute, unmute, archive, unarchive, read or delete")),
        base::Optional("muted_until_ms", &ChatBody::muted_until_ms, network::kCallTimes,
                       Doc("With mute: Unix milliseconds; absent: until it is taken back")));
  }
};
struct ShownChat {
  std::string chat;
  std::int64_t last = 0, unread = 0;
  bool archived = false, muted = false;
  std::optional<base::Time> muted_until_ms;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using C = ShownChat;
    return base::FieldList(
        Required("chat", &C::chat, Doc("A number, or <id>@g.us")),
        Required("last", &C::last, Doc("When its newest message was sent; Unix seconds")),
        Required("unread", &C::unread), Required("archived", &C::archived),
        Required("muted", &C::muted), base::Optional("muted_until_ms", &C::muted_until_ms));
  }
};
struct ShownChats {
  std::vector<ShownChat> chats;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("chats", &ShownChats::chats));
  }
};

// -------------------------------------------------------------------------------------- templates

struct TemplateBody {
  std::string name, language;
  network::TemplateCategory category = network::TemplateCategory::kUtility;
  base::json::value components;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using T = TemplateBody;
    return base::FieldList(
        Required("name", &T::name, base::MaxLength(network::kMaxTemplateName)),
        Required("language", &T::language, base::MaxLength(10)),
        Required("category", &T::category, Doc("MARKETING, UTILITY or AUTHENTICATION")),
        Required("components", &T::components, Doc("As in Meta's Cloud API")));
  }
};
struct ShownTemplates {
  std::string template_namespace;
  std::vector<network::Template> templates;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("namespace", &ShownTemplates::template_namespace),
                           base::Required("templates", &ShownTemplates::templates));
  }
};
struct ReviewBody {
  network::TemplateStatus status = network::TemplateStatus::kApproved;
  std::optional<std::string> language, reason;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    return base::FieldList(
        base::Required("status", &ReviewBody::status, Doc("approved, rejected or paused")),
        Optional("language", &ReviewBody::language, MaxLength(10), Doc("Absent: all")),
        Optional("reason", &ReviewBody::reason, MaxLength(network::kMaxRejectedReason)));
  }
};

}  // namespace parley::sim::control
