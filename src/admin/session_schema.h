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
  static constexpr auto Fields() {
    return FieldList(Required("csrf", &SessionView::csrf,
                              Doc("For the header X-Parley-CSRF of every request that is signed in "
                                  "by the cookie, but for GET and HEAD")),
                     Required("expires_at", &SessionView::expires_at));
  }
};

}  // namespace parley::admin
