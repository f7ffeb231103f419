// The groups of a channel.
#include "core/groups/groups.h"

#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/group_schema.h"
#include "admin/handlers.h"
#include "admin/message_view.h"
#include "core/contacts/contacts.h"
#include "core/media/media_source.h"

namespace parley::admin {
namespace {

constexpr std::string_view kInviteLink = "https://chat.whatsapp.com/";

GroupView ViewOf(const core::KnownGroup& known, const core::Channel& channel) {
  const core::GroupInfo& info = known.info;
  GroupView view;
  view.group = SpellChat(core::Address{core::AddressKind::kGroup, info.address});
  view.group_id = Spell(known.group.id);
  view.subject = info.subject;
  view.description = info.description;
  if (info.owner != core::Peer()) view.owner = NameOf(info.owner);
  if (const core::GroupParticipant* own = info.FindByPhone(channel.phone))
    view.role = NameOf(own->role);
  view.size = static_cast<std::int64_t>(info.participants.size());
  view.announce = info.announce;
  view.restricted = info.restricted;
  view.join_approval = info.join_approval;
  view.members_add = info.members_add;
  view.is_muted = info.is_muted;
  view.created_at = Spell(info.created_at);
  return view;
}

ParticipantView ViewOf(const core::GroupParticipant& participant, const core::Channel& channel) {
  const core::Peer& peer = participant.peer;
  ParticipantView view;
  view.chat = SpellChat(peer.address());
  view.name = NameOf(peer);
  if (!peer.phone.empty()) view.phone = "+" + peer.phone;
  view.role = NameOf(participant.role);
  view.joined_at = Spell(participant.joined_at);
  view.me = !peer.phone.empty() && peer.phone == channel.phone;
  return view;
}

// With or without the suffix.
base::Result<core::Address> GroupInPath(const Call& call) {
  const std::string& text = call.match["group"];
  auto address = core::ParseGroup(std::string_view(text).substr(0, text.find("@g.us")));
  if (!address) return Unknown("group");
  return std::move(*address);
}

base::Result<std::vector<core::Address>> PeopleOf(const std::vector<std::string>& texts) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  std::vector<core::Address> people;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string path = "participants[" + std::to_string(i) + "]";
    auto address = ParseChat(texts[i], path);
    if (address && !address->is_person()) address = base::FieldError(path, "Must be a person");
    address ? people.push_back(std::move(*address)) : faults.Absorb(address.error());
  }
  if (!faults.faults.empty()) return faults;
  return people;
}

std::vector<ParticipantOutcome> OutcomesOf(const std::vector<core::ParticipantResult>& results) {
  std::vector<ParticipantOutcome> outcomes;
  for (const core::ParticipantResult& result : results)
    outcomes.push_back(ParticipantOutcome{SpellChat(result.participant), result.status});
  return outcomes;
}

base::Result<core::MediaDraft> PictureOf(const GroupPictureBody& body) {
  if (body.media_id && body.media_url)
    return base::FieldError("media_url", "Not together with media_id");
  if (!body.media_id && !body.media_url)
    return base::FieldError("media_id", "media_id or media_url is required");
  core::MediaDraft picture;
  if (body.media_url) {
    picture.source = core::MediaFromUrl{*body.media_url};
    return picture;
  }
  const auto id = base::Uuid::Parse(*body.media_id);
  if (!id) return base::FieldError("media_id", "Unknown media");
  picture.source = core::MediaFromStore{core::MediaId(*id)};
  return picture;
}

// Asks about the group in the path.
template <class Request>
base::Task<base::Result<typename Request::Answer>> AskAbout(Call& call, Owned owned,
                                                            Request request) {
  PARLEY_CO_TRY(group, GroupInPath(call));
  request.group = std::move(group);
  auto answer = co_await call.core.groups.Ask(owned.channel, std::move(request));
  co_return Named(std::move(answer), "group");
}

HandlerResult InviteOf(Call& call, bool renew) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  core::GetInviteCode request;
  request.renew = renew;
  PARLEY_CO_TRY(invite, co_await AskAbout(call, std::move(owned), std::move(request)));
  InviteLink reply;
  reply.link = std::string(kInviteLink) + invite.code;
  co_return Reply(200, reply);
}

}  // namespace

HandlerResult ListGroups(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(groups, co_await call.core.groups.ListKnown(owned.channel));
  GroupList list;
  for (const core::KnownGroup& known : groups) list.groups.push_back(ViewOf(known, *owned.channel));
  co_return Reply(200, list);
}

HandlerResult GetGroup(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(group, GroupInPath(call));
  auto found = co_await call.core.groups.GetKnown(owned.channel, std::move(group));
  PARLEY_CO_TRY(known, Named(std::move(found), "group"));
  GroupDetail detail;
  detail.group = ViewOf(known, *owned.channel);
  // One that cannot be had now is null: the group is known all the same.
  if (known.info.has_picture) {
    core::Address who{core::AddressKind::kGroup, known.info.address};
    const auto picture = co_await call.core.contacts.Picture(owned.channel, std::move(who));
    if (picture && *picture) detail.picture = PathOf(**picture, call.core.media_links);
  }
  for (const core::GroupParticipant& participant : known.info.participants)
    detail.participants.push_back(ViewOf(participant, *owned.channel));
  co_return Reply(200, detail);
}

HandlerResult CreateGroup(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(body, ReadBody<NewGroupBody>(call.request));
  PARLEY_CO_TRY(people, PeopleOf(body.fields.participants));
  core::CreateGroup wanted;
  wanted.subject = std::move(body.fields.subject);
  wanted.description = body.fields.description.value_or("");
  wanted.participants = std::move(people);
  PARLEY_CO_TRY(created, co_await call.core.groups.Create(owned.channel, std::move(wanted)));
  NewGroupReply reply;
  reply.group = ViewOf(created.known, *owned.channel);
  reply.results = OutcomesOf(created.results);
  co_return Reply(201, reply);
}

HandlerResult ChangeGroup(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(body, ReadBody<ChangeGroupBody>(call.request));
  core::ChangeGroup request;
  request.subject = std::move(body.fields.subject);
  request.description = std::move(body.fields.description);
  request.announce = body.fields.announce;
  request.restricted = body.fields.restricted;
  request.join_approval = body.fields.join_approval;
  request.members_add = body.fields.members_add;
  PARLEY_CO_TRY(info, co_await AskAbout(call, owned, std::move(request)));
  core::Address group{core::AddressKind::kGroup, info.address};
  auto found = co_await call.core.groups.GetKnown(owned.channel, std::move(group));
  PARLEY_CO_TRY(known, Named(std::move(found), "group"));
  co_return Reply(200, ViewOf(known, *owned.channel));
}

HandlerResult SetGroupPicture(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(body, ReadBody<GroupPictureBody>(call.request));
  PARLEY_CO_TRY(picture, PictureOf(body.fields));
  // First, so that what is not found behind it is the file.
  core::GetGroup look;
  PARLEY_CO_TRY(info, co_await AskAbout(call, owned, std::move(look)));
  core::Address group{core::AddressKind::kGroup, info.address};
  auto set =
      co_await call.core.groups.SetPicture(owned.channel, std::move(group), std::move(picture));
  if (!set && set.error().code == base::ErrorCode::kNotFound)
    co_return base::FieldError("media_id", "Unknown media");
  if (!set) co_return base::RenameFault(set.error(), "url", "media_url");
  co_return NoContent();
}

HandlerResult ChangeParticipants(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(body, ReadBody<ChangeParticipantsBody>(call.request));
  PARLEY_CO_TRY(people, PeopleOf(body.fields.participants));
  core::ChangeParticipants request;
  ParseName(body.fields.action, request.action);
  request.participants = std::move(people);
  PARLEY_CO_TRY(results, co_await AskAbout(call, std::move(owned), std::move(request)));
  ParticipantOutcomes reply;
  reply.results = OutcomesOf(results);
  co_return Reply(200, reply);
}

HandlerResult GetInviteLink(Call& call) { return InviteOf(call, false); }

HandlerResult RenewInviteLink(Call& call) { return InviteOf(call, true); }

HandlerResult LeaveGroup(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  core::LeaveGroup request;
  PARLEY_CO_CHECK(co_await AskAbout(call, std::move(owned), std::move(request)));
  co_return NoContent();
}

}  // namespace parley::admin
