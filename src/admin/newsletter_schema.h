// Bodies of the routes about newsletters.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace parley::admin {

struct NewNewsletterBody {
  std::string name;
  std::optional<std::string> description;
  static constexpr auto Fields() {
    using B = NewNewsletterBody;
    return base::FieldList(
        base::Required("name", &B::name, base::MinLength(1), base::MaxLength(100)),
        base::Optional("description", &B::description, base::MaxLength(2048)));
  }
};

struct NewsletterView {
  std::string newsletter, newsletter_id, name, description, role;
  std::int64_t followers = 0;
  std::string invite_code;
  bool has_picture = false, is_muted = false;
  std::string created_at;
  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using V = NewsletterView;
    return base::FieldList(
        Required("newsletter", &V::newsletter, Doc("Its address on the network")),
        Required("newsletter_id", &V::newsletter_id, Doc("Parley's own, of this channel")),
        Required("name", &V::name), Required("description", &V::description),
        Required("role", &V::role, Doc("Of the channel's number: guest, follower or owner")),
        Required("followers", &V::followers), Required("invite_code", &V::invite_code),
        Required("has_picture", &V::has_picture),
        Required("is_muted", &V::is_muted, Doc("On the channel's phone")),
        Required("created_at", &V::created_at));
  }
};

struct NewsletterList {
  std::vector<NewsletterView> newsletters;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("newsletters", &NewsletterList::newsletters));
  }
};

}  // namespace parley::admin
