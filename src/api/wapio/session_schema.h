// Wapio's bodies about one session: settings, proxy, status and user.
#pragma once

#include "api/wapio/schema.h"
#include "core/channels/proxy.h"

namespace parley::api::wapio {

// All eight, as they stand now.
struct SettingsReply {
  SettingsBody session_settings;
  static constexpr auto Fields() {
    return FieldList(Required("session_settings", &SettingsReply::session_settings));
  }
};

struct ProxyBody {
  std::string scheme, host;
  std::int64_t port = 0;
  std::optional<std::string> username, password;
  std::optional<bool> is_active;
  static constexpr auto Fields() {
    using B = ProxyBody;
    return FieldList(Required("scheme", &B::scheme, OneOf(core::kProxySchemes)),
                     Required("host", &B::host, MaxLength(253), Doc("A name or an address")),
                     Required("port", &B::port, base::Range(1, 65535)),
                     Optional("username", &B::username, MaxLength(255)),
                     Optional("password", &B::password, MaxLength(255), Doc("Never shown again")),
                     Optional("is_active", &B::is_active, Doc("true when left out")));
  }
};

struct ProxyReply {
  std::string scheme, host;
  std::int64_t port = 0;
  std::optional<std::string> username;
  bool has_password = false, is_active = true;
  static constexpr auto Fields() {
    using R = ProxyReply;
    return FieldList(
        Required("scheme", &R::scheme), Required("host", &R::host), Required("port", &R::port),
        Optional("username", &R::username, NullWhenAbsent()),
        Required("has_password", &R::has_password), Required("is_active", &R::is_active));
  }
};

struct StatusReply {
  std::string status, session_id;
  static constexpr auto Fields() {
    return FieldList(Required("status", &StatusReply::status),
                     Required("session_id", &StatusReply::session_id));
  }
};

struct UserReply {
  std::string id;  // JID
  std::optional<std::string> lid;
  std::string phone_number, name;
  std::optional<std::string> platform;
  bool is_business = false;
  static constexpr auto Fields() {
    using U = UserReply;
    return FieldList(Required("id", &U::id), Optional("lid", &U::lid, NullWhenAbsent()),
                     Required("phone_number", &U::phone_number), Required("name", &U::name),
                     Optional("platform", &U::platform, NullWhenAbsent()),
                     Required("is_business", &U::is_business));
  }
};

}  // namespace parley::api::wapio
