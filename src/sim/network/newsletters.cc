#include "sim/network/newsletters.h"

#include <algorithm>

#include "sim/network/chat.h"
#include "sim/network/invites.h"
#include "sim/network/ledger.h"
#include "sim/network/media_shelf.h"
#include "sim/network/timeline.h"

namespace parley::sim::network {
namespace {

constexpr std::size_t kNewslettersPage = 1000;

base::Result<void> CheckPerson(const State& state, std::string_view number) {
  if (state.people.Find(number)) return {};
  return base::Error(base::ErrorCode::kNotFound, "Nobody with this number is on the network");
}

}  // namespace

Newsletters::Newsletters(Ledger& ledger, Timeline& timeline, MediaShelf& media)
    : ledger_(ledger), timeline_(timeline), media_(media) {}

base::Result<Newsletter> Newsletters::Create(std::string_view by, NewsletterDraft draft) {
  const State& state = ledger_.state();
  PARLEY_CHECK(CheckPerson(state, by));
  Newsletter newsletter;
  do {
    newsletter.id = MakeChatId(timeline_.random());
  } while (state.newsletters.contains(newsletter.id));
  newsletter.name = std::move(draft.name);
  newsletter.description = std::move(draft.description);
  newsletter.picture = std::move(draft.picture);
  newsletter.owner = by;
  newsletter.created_at = timeline_.Now();
  newsletter.invite_code = MakeInviteCode(state, timeline_.random());
  PARLEY_CHECK(Check(newsletter));
  if (!newsletter.picture.empty() && !media_.Open(newsletter.picture))
    return base::FieldError("picture", "Nothing with this digest is stored");
  NoticeRecord record;
  record.at = timeline_.Now();
  record.notice = NewsletterCreated{newsletter};
  record.to.push_back(newsletter.owner);
  PARLEY_CHECK(ledger_.Commit(std::move(record)));
  return newsletter;
}

base::Result<NewsletterState> Newsletters::Find(std::string_view id) const {
  const auto found = ledger_.state().newsletters.find(id);
  if (found != ledger_.state().newsletters.end()) return found->second;
  return base::Error(base::ErrorCode::kNotFound, "There is no such newsletter");
}

base::Result<NewsletterState> Newsletters::FindByInvite(std::string_view code) const {
  const State& state = ledger_.state();
  const auto invite = state.invites.find(code);
  const Chat chat = ChatOf(invite == state.invites.end() ? "" : std::string_view(invite->second));
  if (chat.kind == ChatKind::kNewsletter) return Find(chat.id);
  return base::Error(base::ErrorCode::kNotFound, "No newsletter has this invite code");
}

base::Result<std::vector<NewsletterState>> Newsletters::List(std::string_view by,
                                                             std::string_view after,
                                                             std::size_t limit) const {
  const State& state = ledger_.state();
  PARLEY_CHECK(CheckPerson(state, by));
  std::vector<NewsletterState> page;
  for (auto next = state.newsletters.upper_bound(after);
       next != state.newsletters.end() && page.size() < std::min(limit, kNewslettersPage); ++next)
    if (next->second.newsletter.owner == by || next->second.IsFollowedBy(by))
      page.push_back(next->second);
  return page;
}

std::vector<NewsletterState> Newsletters::ListAll(std::string_view after, std::size_t limit) const {
  const State& state = ledger_.state();
  std::vector<NewsletterState> page;
  for (auto next = state.newsletters.upper_bound(after);
       next != state.newsletters.end() && page.size() < std::min(limit, kNewslettersPage); ++next)
    page.push_back(next->second);
  return page;
}

base::Result<void> Newsletters::Follow(std::string_view by, std::string_view id) {
  PARLEY_CHECK(CheckPerson(ledger_.state(), by));
  PARLEY_TRY(found, Find(id));
  if (found.newsletter.owner == by)
    return base::Error(base::ErrorCode::kInvalidState, "The newsletter is your own");
  if (found.IsFollowedBy(by)) return {};
  if (found.followers.size() >= kMaxFollowers)
    return base::Error(base::ErrorCode::kInvalidState, "The newsletter has too many followers");
  return CommitFollowing(by, found.newsletter, true);
}

base::Result<void> Newsletters::Unfollow(std::string_view by, std::string_view id) {
  PARLEY_CHECK(CheckPerson(ledger_.state(), by));
  PARLEY_TRY(found, Find(id));
  if (!found.IsFollowedBy(by)) return {};
  return CommitFollowing(by, found.newsletter, false);
}

base::Result<void> Newsletters::CommitFollowing(std::string_view by, const Newsletter& newsletter,
                                                bool follows) {
  NoticeRecord record;
  record.at = timeline_.Now();
  record.notice = NewsletterFollowed{newsletter.id, newsletter.name, std::string(by), follows};
  record.to.emplace_back(by);
  return ledger_.Commit(std::move(record));
}

}  // namespace parley::sim::network
