// Bodies of the routes about the dashboard's sessions.
#pragma once

#include <string>

#include "admin/schema.h"

namespace parley::admin {

struct SignInBody {
  std::string token;
  static constexpr auto Fields() {
    return FieldList(Required("token", &SignInBody::token, MinLength(1), MaxLength(512),
                              Doc("The admin token; it stands in <data>/admin.token")));
  }
};

struct SessionView {
  std::string csrf, expires_at;
  std::int64_t position = 0;
  static constexpr auto Fields() {
    return FieldList(Required("csrf", &SessionView::csrf,
                              Doc("For the header X-Parley-CSRF of every request that is signed in "
                                  "by the cookie, but for GET and HEAD")),
                     Required("expires_at", &SessionView::expires_at),
                     Required("position", &SessionView::position,
                              Doc("Of the last event. A stream of the events behind it misses "
                                  "nothing that happens after what is read from now on")));
  }
};

}  // namespace parley::admin
