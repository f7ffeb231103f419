// Newsletters: one person writes, followers read. As a chat it is "<id>@newsletter"; what is posted
// there comes from the newsletter, not from its owner.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxNewsletterName = 100;          // code points
inline constexpr std::size_t kMaxNewsletterDescription = 2048;  // code points
inline constexpr std::size_t kMaxFollowers = 1024;

struct Newsletter {
  std::string id;  // digits, unique; never changes
  std::string name;
  std::string description;
  std::string picture;  // SHA-256 of stored media; empty: none
  std::string owner;    // a number
  base::Time created_at;
  std::string invite_code;

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using N = Newsletter;
    return base::FieldList(Required("id", &N::id), Required("name", &N::name),
                           Optional("description", &N::description),
                           Optional("picture", &N::picture), Required("owner", &N::owner),
                           Required("created_at", &N::created_at),
                           Required("invite_code", &N::invite_code));
  }
  bool operator==(const Newsletter&) const = default;
};

// Nothing, or kInvalidFields with every fault. Whether the owner and the picture are there is not
// looked at.
base::Result<void> Check(const Newsletter& newsletter);

// A newsletter as the network keeps it.
struct NewsletterState {
  Newsletter newsletter;
  std::vector<std::string> followers;  // numbers, in the order of following

  bool IsFollowedBy(std::string_view number) const;
};

// ------------------------------------------------------------------------------------- notices

struct NewsletterCreated {
  Newsletter newsletter;

  static constexpr std::string_view kName = "newsletter";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("newsletter", &NewsletterCreated::newsletter));
  }
};

// Somebody follows it from now on, or does no longer.
struct NewsletterFollowed {
  std::string newsletter;  // its id
  std::string name;
  std::string number;  // whose
  bool follows = true;

  static constexpr std::string_view kName = "newsletter_follower";
  static constexpr auto Fields() {
    using base::Required;
    using N = NewsletterFollowed;
    return base::FieldList(Required("newsletter", &N::newsletter), Required("name", &N::name),
                           Required("number", &N::number), Required("follows", &N::follows));
  }
};

}  // namespace parley::sim::network
