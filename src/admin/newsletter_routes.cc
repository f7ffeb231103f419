// The routes of the admin API: newsletters.
#include "admin/handlers.h"
#include "admin/newsletter_schema.h"
#include "admin/route_tables.h"

namespace parley::admin {
namespace {

using base::Describe;
using http::QuerySpec;
using http::ResponseSpec;
using enum http::Method;

constexpr ResponseSpec kNewsletter[] = {
    {200, "The newsletter, as the network says it is now", &Describe<NewsletterView>},
    {404, "There is none", &Describe<ErrorReply>},
    {409, "The channel is not connected, or the number cannot do that", &Describe<ErrorReply>}};
constexpr ResponseSpec kNewNewsletter[] = {{201, "The newsletter", &Describe<NewsletterView>}};
constexpr ResponseSpec kNewsletters[] = {
    {200, "Those that the channel's number owns or follows", &Describe<NewsletterList>}};

#define NEWSLETTER CHANNEL "/newsletters/{newsletter}"

constexpr Row kNewsletterRoutes[] = {
    {{kGet, CHANNEL "/newsletters", "List newsletters", nullptr, {}, kNewsletters},
     &ListNewsletters},
    {{kPost,
      CHANNEL "/newsletters",
      "Make a newsletter",
      &Describe<NewNewsletterBody>,
      {},
      kNewNewsletter},
     &CreateNewsletter},
    {{kGet,
      CHANNEL "/newsletter-invites/{code}",
      "Look at the newsletter that an invite code leads to",
      nullptr,
      {},
      kNewsletter},
     &FindInvitedNewsletter},
    {{kGet, NEWSLETTER, "Look at any newsletter", nullptr, {}, kNewsletter}, &GetNewsletter},
    {{kPost, NEWSLETTER "/follow", "Follow a newsletter", nullptr, {}, kNewsletter},
     &FollowNewsletter},
    {{kPost, NEWSLETTER "/unfollow", "Follow a newsletter no longer", nullptr, {}, kNewsletter},
     &UnfollowNewsletter},
    {{kPost, NEWSLETTER "/mute", "Mute a newsletter on the phone", nullptr, {}, kNewsletter},
     &MuteNewsletter},
    {{kPost, NEWSLETTER "/unmute", "Unmute a newsletter on the phone", nullptr, {}, kNewsletter},
     &UnmuteNewsletter},
};

}  // namespace

std::span<const Row> NewsletterRoutes() { return kNewsletterRoutes; }

}  // namespace parley::admin
