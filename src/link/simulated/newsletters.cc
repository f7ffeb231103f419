// Answers about newsletters.
#include "link/simulated/answers.h"
#include "link/simulated/translate.h"

namespace parley::link::simulated {
namespace {

base::Result<core::NewsletterInfo> ShownTo(const net::Network& network,
                                           const net::NewsletterState& state,
                                           const std::string& number) {
  const net::Newsletter& newsletter = state.newsletter;
  core::NewsletterInfo info;
  info.address = newsletter.id;
  info.name = newsletter.name;
  info.description = newsletter.description;
  if (state.IsFollowedBy(number)) info.role = core::NewsletterRole::kFollower;
  if (newsletter.owner == number) info.role = core::NewsletterRole::kOwner;
  info.followers = static_cast<std::int64_t>(state.followers.size());
  info.invite_code = newsletter.invite_code;
  info.has_picture = !newsletter.picture.empty();
  PARLEY_TRY(muted, network.IsMuted(number, net::NewsletterAddress(newsletter.id)));
  info.is_muted = muted;
  info.created_at = newsletter.created_at;
  return info;
}

Answers::Result AnswerOf(const net::Network& network, base::Result<net::NewsletterState> found,
                         const std::string& number) {
  if (!found) return found.error();
  PARLEY_TRY(info, ShownTo(network, *found, number));
  return core::LinkAnswer(std::move(info));
}

}  // namespace

Answers::Result Answers::operator()(const core::ListNewsletters&) const {
  core::ListNewsletters::Answer answer;
  std::string after;
  while (true) {
    PARLEY_TRY(page, network.newsletters().List(number, after, net::kMaxPage));
    for (const net::NewsletterState& state : page) {
      PARLEY_TRY(info, ShownTo(network, state, number));
      answer.push_back(std::move(info));
    }
    if (page.size() < net::kMaxPage) break;
    after = page.back().newsletter.id;
  }
  return core::LinkAnswer(std::move(answer));
}

Answers::Result Answers::operator()(const core::GetNewsletter& asked) const {
  return AnswerOf(network, network.newsletters().Find(asked.newsletter.value), number);
}

Answers::Result Answers::operator()(const core::FindInvitedNewsletter& asked) const {
  return AnswerOf(network, network.newsletters().FindByInvite(asked.code), number);
}

Answers::Result Answers::operator()(const core::CreateNewsletter& asked) const {
  net::NewsletterDraft draft;
  draft.name = asked.name;
  draft.description = asked.description;
  PARLEY_TRY(created, network.newsletters().Create(number, std::move(draft)));
  return AnswerOf(network, network.newsletters().Find(created.id), number);
}

Answers::Result Answers::operator()(const core::FollowNewsletter& asked) const {
  const std::string& id = asked.newsletter.value;
  PARLEY_CHECK(asked.follows ? network.newsletters().Follow(number, id)
                             : network.newsletters().Unfollow(number, id));
  return AnswerOf(network, network.newsletters().Find(id), number);
}

Answers::Result Answers::operator()(const core::MuteNewsletter& asked) const {
  PARLEY_TRY(state, network.newsletters().Find(asked.newsletter.value));
  if (state.newsletter.owner != number && !state.IsFollowedBy(number))
    return base::Error(base::ErrorCode::kInvalidState, "The newsletter is not followed");
  net::ChatChange change;
  change.chat = net::NewsletterAddress(state.newsletter.id);
  change.action = asked.muted ? net::ChatAction::kMute : net::ChatAction::kUnmute;
  PARLEY_CHECK(network.ChangeChat(Self(), change));
  return AnswerOf(network, std::move(state), number);
}

}  // namespace parley::link::simulated
