// What the activity stream tells.
#pragma once

#include <optional>
#include <string>

#include "admin/schema.h"

namespace parley::admin {

struct CallView {
  std::string id, at, api, method, path;
  std::int64_t status = 0, duration_ms = 0;
  std::optional<std::string> request, response;
  static constexpr auto Fields() {
    using V = CallView;
    return FieldList(
        Required("id", &V::id), Required("at", &V::at, Doc("When it came")),
        Required("api", &V::api, Doc("2chat, wapio, 1msg, admin or simulator")),
        Required("method", &V::method),
        Required("path", &V::path, Doc("With its query; keys in it are masked")),
        Required("status", &V::status), Required("duration_ms", &V::duration_ms),
        Optional("request", &V::request, Doc("The body, up to 8 KiB of text; with --demo alone")),
        Optional("response", &V::response, Doc("The same")));
  }
};

struct PostAttemptView {
  std::string id, at, subscription_id, account_id, dialect, name, url;
  std::int64_t attempt = 0;
  std::optional<std::int64_t> status;
  std::optional<std::string> error;
  std::int64_t duration_ms = 0;
  std::optional<std::string> request, response;
  static constexpr auto Fields() {
    using V = PostAttemptView;
    return FieldList(
        Required("id", &V::id), Required("at", &V::at, Doc("When it ended")),
        Required("subscription_id", &V::subscription_id), Required("account_id", &V::account_id),
        Required("dialect", &V::dialect), Required("name", &V::name, Doc("In the dialect's words")),
        Required("url", &V::url), Required("attempt", &V::attempt, Doc("From 1 on")),
        Optional("status", &V::status, Doc("Absent: no answer")), Optional("error", &V::error),
        Required("duration_ms", &V::duration_ms),
        Optional("request", &V::request, Doc("The body, up to 8 KiB; with --demo alone")),
        Optional("response", &V::response, Doc("Up to 2 KiB of text; with --demo alone")));
  }
};

}  // namespace parley::admin
