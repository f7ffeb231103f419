// The groups of a channel.
#include "core/groups/groups.h"

#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/handlers.h"
#include "admin/message_view.h"
#include "admin/people_schema.h"

namespace parley::admin {
namespace {

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
  for (const core::ParticipantResult& result : created.results)
    reply.results.push_back(ParticipantOutcome{SpellChat(result.participant), result.status});
  co_return Reply(201, reply);
}

HandlerResult LeaveGroup(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(group, GroupInPath(call));
  core::LeaveGroup request;
  request.group = std::move(group);
  auto left = co_await call.core.groups.Ask(owned.channel, std::move(request));
  PARLEY_CO_CHECK(Named(std::move(left), "group"));
  co_return NoContent();
}

}  // namespace parley::admin
