// Groups: participants, settings and invites.
#include "core/groups/groups.h"

#include "api/wapio/addresses.h"
#include "api/wapio/auth.h"
#include "api/wapio/group_schema.h"
#include "api/wapio/handlers.h"
#include "api/wapio/query.h"
#include "core/contacts/contacts.h"
#include "core/media/media_source.h"
#include "http/body.h"

namespace parley::api::wapio {
namespace {

constexpr std::string_view kInviteLink = "https://chat.whatsapp.com/";

// The body of a call that needs none; an empty one says nothing.
base::Result<SessionOnlyBody> OptionalBody(const Call& call) {
  if (call.request.body.empty()) return SessionOnlyBody();
  return http::DecodeBody<SessionOnlyBody>(call.request, http::kJsonBody, kRules);
}

base::Result<core::Address> GroupInPath(const Call& call) {
  PARLEY_TRY(group, ParseRecipient(call.match["group_jid"], "group_jid"));
  if (group.kind == core::AddressKind::kGroup) return group;
  return base::FieldError("group_jid", "Must end with @g.us");
}

// The vendor's collection sends "" for those it has no number of; they count as not given.
base::Result<std::vector<core::Address>> ParticipantsOf(const std::vector<std::string>& texts) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  std::vector<core::Address> participants;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (texts[i].empty()) continue;
    const std::string path = "participants[" + std::to_string(i) + "]";
    auto participant = ParseRecipient(texts[i], path);
    if (participant && !participant->is_person())
      participant = base::FieldError(path, "Must be a person");
    participant ? participants.push_back(std::move(*participant))
                : faults.Absorb(participant.error());
  }
  if (!faults.faults.empty()) return faults;
  return participants;
}

// COMPAT: npm wasenderapi 0.4.0 reads lists bare inside the envelope.
template <class Item>
http::Response ReplyList(const Call& call, std::vector<Item> items) {
  DataList<Item> list;
  list.data = std::move(items);
  std::string text = base::EncodeText(list);
  if (call.caller->account.settings.wapio_envelope)
    text = text.substr(sizeof "{\"data\":" - 1, text.size() - sizeof "{\"data\":}" + 1);
  return http::Response::Json(200, std::move(text));
}

std::vector<ListedParticipant> ShowParticipants(const core::GroupInfo& info) {
  std::vector<ListedParticipant> shown;
  for (const core::GroupParticipant& participant : info.participants) {
    ListedParticipant& out = shown.emplace_back();
    out.id = out.jid = Jid(participant.peer);
    if (participant.role != core::GroupRole::kMember) out.admin = NameOf(participant.role);
    out.is_admin = participant.role != core::GroupRole::kMember;
    out.is_super_admin = participant.role == core::GroupRole::kSuperadmin;
  }
  return shown;
}

struct Outcome {
  int status;
  std::string_view message;
};
constexpr Outcome kRefusals[] = {
    {403, "not-authorized"}, {404, "not-found"}, {409, "already-in-group"}, {419, "group-full"}};
struct Doing {
  core::ParticipantAction action;
  std::string_view done;
};
constexpr Doing kDoings[] = {
    {core::ParticipantAction::kAdd, "added"},
    {core::ParticipantAction::kRemove, "removed"},
    {core::ParticipantAction::kPromote, "promoted"},
    {core::ParticipantAction::kDemote, "demoted"},
};

std::vector<ListedResult> ShowResults(core::ParticipantAction action,
                                      const std::vector<core::ParticipantResult>& results) {
  std::vector<ListedResult> shown;
  for (const core::ParticipantResult& result : results) {
    ListedResult& out = shown.emplace_back();
    out.status = result.status;
    out.id = Jid(result.participant);
    for (const Doing& doing : kDoings)
      if (doing.action == action) out.message = doing.done;
    for (const Outcome& refusal : kRefusals)
      if (refusal.status == result.status) out.message = refusal.message;
  }
  return shown;
}

// Does `action` to the people of a body that names them.
HandlerResult Change(Call& call, core::ParticipantAction action) {
  PARLEY_CO_TRY(body, http::DecodeBody<ParticipantsBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(group, GroupInPath(call));
  PARLEY_CO_TRY(participants, ParticipantsOf(body.participants));
  if (participants.empty()) co_return base::FieldError("participants", "Required");
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  core::ChangeParticipants request;
  request.group = group;
  request.action = action;
  request.participants = std::move(participants);
  PARLEY_CO_TRY(results, co_await call.core.groups.Ask(session, std::move(request)));
  co_return ReplyList(call, ShowResults(action, results));
}

// The group of a GET that needs nothing else.
base::Task<base::Result<core::KnownGroup>> GroupOf(Call& call) {
  PARLEY_CO_TRY(group, GroupInPath(call));
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  co_return co_await call.core.groups.Get(session, group);
}

std::string CodeOf(const std::string& text) {
  return text.starts_with(kInviteLink) ? text.substr(kInviteLink.size()) : text;
}

}  // namespace

GroupMetadata MetadataOf(const core::GroupInfo& info) {
  GroupMetadata shown;
  shown.id = shown.jid = Jid(core::Address{core::AddressKind::kGroup, info.address});
  shown.subject = info.subject;
  if (info.owner != core::Peer()) shown.owner = Jid(info.owner);
  shown.creation = base::ToUnixSeconds(info.created_at);
  if (!info.description.empty()) shown.desc = info.description;
  shown.size = static_cast<std::int64_t>(info.participants.size());
  shown.restricted = info.restricted;
  shown.announce = info.announce;
  shown.member_add_mode = info.members_add;
  shown.join_approval_mode = info.join_approval;
  shown.participants = ShowParticipants(info);
  return shown;
}

HandlerResult ListGroups(Call& call) {
  PARLEY_CO_TRY(wanted, QueryPage(call.request));
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(groups, co_await call.core.groups.List(session));
  std::vector<ListedGroup> shown;
  for (const core::KnownGroup& known : groups) {
    ListedGroup& out = shown.emplace_back();
    out.id = out.jid = Jid(core::Address{core::AddressKind::kGroup, known.info.address});
    out.name = out.subject = known.info.subject;
  }
  if (wanted)
    co_return http::Response::Json(200, base::EncodeText(PartOf(std::move(shown), *wanted)));
  co_return ReplyList(call, std::move(shown));
}

HandlerResult CreateGroup(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<NewGroupBody>(call.request, http::kJsonBody, kRules));
  const std::vector<std::string> texts = body.participants.value_or(std::vector<std::string>());
  PARLEY_CO_TRY(participants, ParticipantsOf(texts));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  core::CreateGroup wanted;
  wanted.subject = body.subject;
  wanted.description = body.description.value_or("");
  wanted.participants = std::move(participants);
  PARLEY_CO_TRY(created, co_await call.core.groups.Create(session, std::move(wanted)));
  const GroupMetadata metadata = MetadataOf(created.known.info);
  CreatedGroupReply reply;
  reply.group_jid = reply.id = metadata.jid;
  reply.subject = metadata.subject;
  reply.participants = metadata.participants;
  reply.results = ShowResults(core::ParticipantAction::kAdd, created.results);
  co_return http::Response::Json(201, base::EncodeText(reply));
}

HandlerResult GetGroup(Call& call) {
  PARLEY_CO_TRY(known, co_await GroupOf(call));
  co_return http::Response::Json(200, base::EncodeText(MetadataOf(known.info)));
}

HandlerResult ListParticipants(Call& call) {
  PARLEY_CO_TRY(known, co_await GroupOf(call));
  co_return ReplyList(call, ShowParticipants(known.info));
}

HandlerResult AddParticipants(Call& call) { return Change(call, core::ParticipantAction::kAdd); }

HandlerResult RemoveParticipants(Call& call) {
  return Change(call, core::ParticipantAction::kRemove);
}

HandlerResult PromoteParticipants(Call& call) {
  return Change(call, core::ParticipantAction::kPromote);
}

HandlerResult DemoteParticipants(Call& call) {
  return Change(call, core::ParticipantAction::kDemote);
}

HandlerResult UpdateParticipants(Call& call) {
  PARLEY_CO_TRY(body,
                http::DecodeBody<UpdateParticipantsBody>(call.request, http::kJsonBody, kRules));
  core::ParticipantAction action = core::ParticipantAction::kAdd;
  ParseName(body.action, action);
  co_return co_await Change(call, action);
}

HandlerResult UpdateGroupSettings(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<GroupSettingsBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(group, GroupInPath(call));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  // What is most likely to be refused comes first: nothing else has changed then.
  if (body.picture_url) {
    core::MediaDraft picture;
    picture.source = core::MediaFromUrl{*body.picture_url};
    const auto set = co_await call.core.groups.SetPicture(session, group, std::move(picture));
    if (!set) co_return base::RenameFault(set.error(), "url", "profilePicUrl");
  }
  core::ChangeGroup request;
  request.group = group;
  request.subject = body.subject;
  request.description = body.description;
  request.announce = body.announce;
  request.restricted = body.restricted;
  request.join_approval = body.join_approval;
  request.members_add = body.member_add;
  PARLEY_CO_TRY(info, co_await call.core.groups.Ask(session, std::move(request)));
  ChangedSettings reply;
  reply.picture_url = body.picture_url;
  if (body.subject) reply.subject = info.subject;
  if (body.description) reply.description = info.description;
  if (body.announce) reply.announce = info.announce;
  if (body.restricted) reply.restricted = info.restricted;
  if (body.join_approval) reply.join_approval = info.join_approval;
  if (body.member_add) reply.member_add = info.members_add;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult GetGroupPicture(Call& call) {
  PARLEY_CO_TRY(group, GroupInPath(call));
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(picture, co_await call.core.contacts.Picture(session, std::move(group)));
  PictureReply reply;
  if (picture) reply.img_url = call.core.media_links.UrlOf(*picture);
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult GetInviteLink(Call& call) {
  PARLEY_CO_TRY(group, GroupInPath(call));
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  core::GetInviteCode request;
  request.group = group;
  PARLEY_CO_TRY(invite, co_await call.core.groups.Ask(session, std::move(request)));
  InviteLinkReply reply;
  reply.invite_link = std::string(kInviteLink) + invite.code;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult LeaveGroup(Call& call) {
  PARLEY_CO_TRY(body, OptionalBody(call));
  PARLEY_CO_TRY(group, GroupInPath(call));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  core::LeaveGroup request;
  request.group = group;
  PARLEY_CO_CHECK(co_await call.core.groups.Ask(session, std::move(request)));
  DoneReply reply;
  reply.message = "Left the group";
  co_return http::Response::Json(200, base::EncodeText(reply));
}

HandlerResult GetInvitedGroup(Call& call) {
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  core::FindInvitedGroup request;
  request.code = CodeOf(call.match["invite_code"]);
  PARLEY_CO_TRY(info, co_await call.core.groups.Ask(session, std::move(request)));
  co_return http::Response::Json(200, base::EncodeText(MetadataOf(info)));
}

HandlerResult AcceptInvite(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<AcceptInviteBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  core::JoinGroup request;
  request.code = CodeOf(body.invite_code);
  PARLEY_CO_TRY(joined, co_await call.core.groups.Ask(session, std::move(request)));
  JoinedReply reply;
  reply.group_jid = Jid(joined.group);
  reply.pending = joined.pending;
  co_return http::Response::Json(200, base::EncodeText(reply));
}

}  // namespace parley::api::wapio
