// Newsletters of a channel: no dialect's documents have routes for them.
#include "core/newsletters/newsletters.h"

#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/handlers.h"
#include "admin/newsletter_schema.h"
#include "core/channels/channels.h"

namespace parley::admin {
namespace {

constexpr std::string_view kSuffix = "@newsletter";

NewsletterView ViewOf(const core::KnownNewsletter& known) {
  NewsletterView view;
  view.newsletter = known.info.address + std::string(kSuffix);
  view.newsletter_id = Spell(known.group.id);
  view.name = known.info.name;
  view.description = known.info.description;
  view.role = NameOf(known.info.role);
  view.followers = known.info.followers;
  view.invite_code = known.info.invite_code;
  view.has_picture = known.info.has_picture;
  view.is_muted = known.info.is_muted;
  view.created_at = Spell(known.info.created_at);
  return view;
}

base::Task<base::Result<core::ChannelPtr>> Channel(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  co_return std::make_shared<const core::Channel>(std::move(channel));
}

// With or without the suffix.
base::Result<core::Address> NewsletterInPath(const Call& call) {
  std::string_view text = call.match["newsletter"];
  if (text.ends_with(kSuffix)) text.remove_suffix(kSuffix.size());
  if (auto address = core::ParseNewsletter(text)) return std::move(*address);
  return base::Error(base::ErrorCode::kNotFound, "Unknown newsletter");
}

template <class Request>
HandlerResult Answer(Call& call, int status, Request request) {
  PARLEY_CO_TRY(channel, co_await Channel(call));
  PARLEY_CO_TRY(known, co_await call.core.newsletters.Ask(channel, std::move(request)));
  co_return Reply(status, ViewOf(known));
}

HandlerResult Follow(Call& call, bool follows) {
  PARLEY_CO_TRY(address, NewsletterInPath(call));
  core::FollowNewsletter request;
  request.newsletter = std::move(address);
  request.follows = follows;
  co_return co_await Answer(call, 200, std::move(request));
}

HandlerResult Mute(Call& call, bool muted) {
  PARLEY_CO_TRY(address, NewsletterInPath(call));
  core::MuteNewsletter request;
  request.newsletter = std::move(address);
  request.muted = muted;
  co_return co_await Answer(call, 200, std::move(request));
}

}  // namespace

HandlerResult ListNewsletters(Call& call) {
  PARLEY_CO_TRY(channel, co_await Channel(call));
  PARLEY_CO_TRY(listed, co_await call.core.newsletters.List(channel));
  NewsletterList list;
  for (const core::KnownNewsletter& known : listed) list.newsletters.push_back(ViewOf(known));
  co_return Reply(200, list);
}

HandlerResult CreateNewsletter(Call& call) {
  PARLEY_CO_TRY(body, ReadBody<NewNewsletterBody>(call.request));
  core::CreateNewsletter request;
  request.name = std::move(body.fields.name);
  request.description = body.fields.description.value_or("");
  co_return co_await Answer(call, 201, std::move(request));
}

HandlerResult GetNewsletter(Call& call) {
  PARLEY_CO_TRY(address, NewsletterInPath(call));
  core::GetNewsletter request;
  request.newsletter = std::move(address);
  co_return co_await Answer(call, 200, std::move(request));
}

HandlerResult FindInvitedNewsletter(Call& call) {
  core::FindInvitedNewsletter request;
  request.code = call.match["code"];
  co_return co_await Answer(call, 200, std::move(request));
}

HandlerResult FollowNewsletter(Call& call) { return Follow(call, true); }
HandlerResult UnfollowNewsletter(Call& call) { return Follow(call, false); }
HandlerResult MuteNewsletter(Call& call) { return Mute(call, true); }
HandlerResult UnmuteNewsletter(Call& call) { return Mute(call, false); }

}  // namespace parley::admin
