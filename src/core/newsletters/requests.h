// What is asked of a link about newsletters (core/channels/requests.h).
//
// kNotFound: there is no such newsletter. Everybody may look at every newsletter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/names.h"
#include "core/addresses.h"
#include "core/contacts/requests.h"

namespace parley::core {

// What the channel's number is to a newsletter.
enum class NewsletterRole : std::uint8_t { kGuest = 1, kFollower = 2, kOwner = 3 };
inline constexpr base::EnumNames<NewsletterRole, 3> kNewsletterRoleNames({
    {NewsletterRole::kGuest, "guest"},
    {NewsletterRole::kFollower, "follower"},
    {NewsletterRole::kOwner, "owner"},
});
PARLEY_ENUM_NAMES(NewsletterRole, kNewsletterRoleNames)

// A newsletter as the channel's number sees it.
struct NewsletterInfo {
  std::string address;  // Address::value
  std::string name, description;
  NewsletterRole role = NewsletterRole::kGuest;
  std::int64_t followers = 0;
  std::string invite_code;
  bool has_picture = false;
  bool is_muted = false;  // on the channel's phone
  base::Time created_at;
};

// Those that the channel's number owns or follows.
struct ListNewsletters {
  using Answer = std::vector<NewsletterInfo>;
};

struct GetNewsletter {
  using Answer = NewsletterInfo;
  Address newsletter;
};

struct FindInvitedNewsletter {
  using Answer = NewsletterInfo;
  std::string code;
};

// kInvalidFields under these names.
struct CreateNewsletter {
  using Answer = NewsletterInfo;
  std::string name, description;
};

// Nothing happens when it is so already. kInvalidState for the owner, and when it is full.
struct FollowNewsletter {
  using Answer = NewsletterInfo;
  Address newsletter;
  bool follows = true;
};

// On the phone: its posts come without a sound. kInvalidState for guests.
struct MuteNewsletter {
  using Answer = NewsletterInfo;
  Address newsletter;
  bool muted = true;
};

}  // namespace parley::core
