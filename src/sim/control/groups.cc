#include "base/encoding.h"
#include "sim/control/group_schema.h"
#include "sim/control/handlers.h"
#include "sim/control/shown.h"

namespace parley::sim::control {
namespace {

// The person who asks by the query; nullopt when nobody is named.
base::Result<std::optional<std::string>> AskedBy(const Call& call) {
  const std::optional<std::string> text = call.request.Query("by");
  if (!text) return std::optional<std::string>();
  PARLEY_TRY(number, ParseNumber(*text, "by"));
  return std::optional<std::string>(number);
}

// The same where somebody must be named.
base::Result<std::string> MustBeAskedBy(const Call& call) {
  PARLEY_TRY(by, AskedBy(call));
  if (by) return *by;
  return base::FieldError("by", "Required");
}

// One who acts on the phone, which must be online.
base::Result<std::string> Actor(const Call& call, const std::string& text) {
  PARLEY_TRY(number, ParseNumber(text, "by"));
  PARLEY_CHECK(call.network.CheckOnline(number));
  return number;
}

// As the network writes numbers; what cannot be one is nobody's.
std::vector<std::string> NumbersOf(const std::vector<std::string>& texts) {
  std::vector<std::string> numbers;
  for (const std::string& text : texts)
    numbers.push_back(text.starts_with('+') ? text.substr(1) : text);
  return numbers;
}

base::Result<std::optional<std::string>> StoredPicture(const std::optional<std::string>& base64,
                                                       const Call& call) {
  if (!base64) return std::optional<std::string>();
  PARLEY_TRY(picture, StorePicture(*base64, call));
  return std::optional<std::string>(picture);
}

std::vector<ShownResult> Show(const std::vector<network::ParticipantResult>& results) {
  std::vector<ShownResult> shown;
  for (const network::ParticipantResult& result : results)
    shown.push_back(
        ShownResult{ShowNumber(result.number), static_cast<std::int64_t>(result.status)});
  return shown;
}

Answer ReplyResults(const std::vector<network::ParticipantResult>& results) {
  ShownResults shown;
  shown.results = Show(results);
  return Reply(200, shown);
}

struct GroupsPage {
  std::string after;
  std::size_t limit;
};

base::Result<GroupsPage> GroupsAfter(const Call& call) {
  PARLEY_TRY(limit, call.QueryInteger("limit", 100, 1, network::kMaxPage));
  return GroupsPage{call.request.Query("after").value_or(""), static_cast<std::size_t>(limit)};
}

}  // namespace

Answer ListGroups(const Call& call) {
  PARLEY_TRY(by, AskedBy(call));
  PARLEY_TRY(page, GroupsAfter(call));
  std::vector<network::Group> groups;
  if (by) {
    PARLEY_TRY(own, call.network.groups().List(*by, page.after, page.limit));
    groups = std::move(own);
  } else {
    groups = call.network.groups().ListAll(page.after, page.limit);
  }
  ShownGroups shown;
  for (const network::Group& group : groups) shown.groups.push_back(Show(group, call));
  return Reply(200, shown);
}

Answer CreateGroup(const Call& call) {
  PARLEY_TRY(body, call.Body<NewGroup>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_TRY(picture, StorePicture(body.picture.value_or(""), call));
  network::GroupDraft draft;
  draft.subject = body.subject;
  draft.description = body.description.value_or("");
  draft.picture = picture;
  if (body.participants) draft.participants = NumbersOf(*body.participants);
  PARLEY_TRY(created, call.network.groups().Create(by, std::move(draft)));
  CreatedGroupBody answer;
  answer.group = Show(created.group, call);
  answer.results = Show(created.results);
  return Reply(201, answer);
}

Answer GetGroup(const Call& call) {
  PARLEY_TRY(by, AskedBy(call));
  const std::string& id = call.Parameter("id");
  if (!by) {
    PARLEY_TRY(state, call.network.groups().Find(id));
    return Reply(200, Show(state.group, call));
  }
  PARLEY_TRY(group, call.network.groups().Get(*by, id));
  PARLEY_TRY(muted, call.network.groups().MutedUntil(*by, id));
  ShownGroup shown = Show(group, call);
  if (muted) shown.muted_until = base::ToUnixSeconds(*muted);
  return Reply(200, shown);
}

Answer ChangeGroup(const Call& call) {
  PARLEY_TRY(body, call.Body<ChangedGroup>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_TRY(picture, StoredPicture(body.picture, call));
  network::GroupUpdate update;
  update.subject = body.subject;
  update.description = body.description;
  update.picture = picture;
  update.announce = body.announce;
  update.restricted = body.restricted;
  update.join_approval = body.join_approval;
  update.member_add_mode = body.member_add_mode;
  PARLEY_TRY(group, call.network.groups().Change(by, call.Parameter("id"), update));
  return Reply(200, Show(group, call));
}

Answer ChangeParticipants(const Call& call) {
  PARLEY_TRY(body, call.Body<ParticipantsBody>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_TRY(results, call.network.groups().ChangeParticipants(
                          by, call.Parameter("id"), body.action, NumbersOf(body.participants)));
  return ReplyResults(results);
}

Answer LeaveGroup(const Call& call) {
  PARLEY_TRY(body, call.Body<ByBody>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_CHECK(call.network.groups().Leave(by, call.Parameter("id")));
  return NoContent();
}

Answer MuteGroup(const Call& call) {
  PARLEY_TRY(body, call.Body<MuteBody>());
  PARLEY_TRY(by, Actor(call, body.by));
  std::optional<base::Time> until;
  if (body.muted) until = body.until ? base::FromUnixMs(*body.until * 1000) : base::Time::max();
  PARLEY_CHECK(call.network.groups().Mute(by, call.Parameter("id"), until));
  return NoContent();
}

Answer GetInvite(const Call& call) {
  PARLEY_TRY(by, MustBeAskedBy(call));
  PARLEY_TRY(code, call.network.groups().InviteCode(by, call.Parameter("id")));
  return Reply(200, InviteBody{code});
}

Answer RevokeInvite(const Call& call) {
  PARLEY_TRY(body, call.Body<ByBody>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_TRY(code, call.network.groups().RevokeInvite(by, call.Parameter("id")));
  return Reply(200, InviteBody{code});
}

Answer GetInvitedGroup(const Call& call) {
  PARLEY_TRY(group, call.network.groups().FindByInvite(call.Parameter("code")));
  return Reply(200, Show(group, call));
}

Answer JoinGroup(const Call& call) {
  PARLEY_TRY(body, call.Body<ByBody>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_TRY(joined, call.network.groups().Join(by, call.Parameter("code")));
  return Reply(200, JoinedBody{joined.group, joined.pending});
}

Answer ListJoinRequests(const Call& call) {
  PARLEY_TRY(by, MustBeAskedBy(call));
  PARLEY_TRY(requests, call.network.groups().ListRequests(by, call.Parameter("id")));
  ShownRequests shown;
  for (const network::JoinRequest& request : requests)
    shown.requests.push_back(
        ShownRequest{ShowNumber(request.number), base::ToUnixSeconds(request.at)});
  return Reply(200, shown);
}

Answer AnswerJoinRequests(const Call& call) {
  PARLEY_TRY(body, call.Body<AnswerRequestsBody>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_TRY(results, call.network.groups().AnswerRequests(by, call.Parameter("id"), body.approve,
                                                           NumbersOf(body.participants)));
  return ReplyResults(results);
}

// ----------------------------------------------------------------------------------- newsletters

Answer ListNewsletters(const Call& call) {
  PARLEY_TRY(by, AskedBy(call));
  PARLEY_TRY(page, GroupsAfter(call));
  std::vector<network::NewsletterState> newsletters;
  if (by) {
    PARLEY_TRY(own, call.network.newsletters().List(*by, page.after, page.limit));
    newsletters = std::move(own);
  } else {
    newsletters = call.network.newsletters().ListAll(page.after, page.limit);
  }
  ShownNewsletters shown;
  for (const network::NewsletterState& newsletter : newsletters)
    shown.newsletters.push_back(Show(newsletter, call));
  return Reply(200, shown);
}

Answer CreateNewsletter(const Call& call) {
  PARLEY_TRY(body, call.Body<NewNewsletter>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_TRY(picture, StorePicture(body.picture.value_or(""), call));
  network::NewsletterDraft draft;
  draft.name = body.name;
  draft.description = body.description.value_or("");
  draft.picture = picture;
  PARLEY_TRY(created, call.network.newsletters().Create(by, std::move(draft)));
  PARLEY_TRY(newsletter, call.network.newsletters().Find(created.id));
  return Reply(201, Show(newsletter, call));
}

Answer GetNewsletter(const Call& call) {
  const std::string& name = call.Parameter("id");
  auto found = call.network.newsletters().Find(name);
  if (!found) found = call.network.newsletters().FindByInvite(name);
  if (!found) return found.error();
  return Reply(200, Show(*found, call));
}

Answer FollowNewsletter(const Call& call) {
  PARLEY_TRY(body, call.Body<ByBody>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_CHECK(call.network.newsletters().Follow(by, call.Parameter("id")));
  return NoContent();
}

Answer UnfollowNewsletter(const Call& call) {
  PARLEY_TRY(body, call.Body<ByBody>());
  PARLEY_TRY(by, Actor(call, body.by));
  PARLEY_CHECK(call.network.newsletters().Unfollow(by, call.Parameter("id")));
  return NoContent();
}

}  // namespace parley::sim::control
