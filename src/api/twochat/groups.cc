// Groups and their participants.
#include "core/groups/groups.h"

#include <charconv>

#include "api/twochat/addresses.h"
#include "api/twochat/group_schema.h"
#include "api/twochat/handlers.h"
#include "api/twochat/payload.h"
#include "base/text.h"
#include "core/contacts/contacts.h"
#include "core/messages/messages.h"
#include "core/numbers.h"
#include "http/body.h"

namespace parley::api::twochat {
namespace {

namespace json = base::json;

constexpr int kGroupMessagesPage = 50;  // messages of a group

std::string ServerOf(const core::Address& address) {
  return address.value + (address.kind == core::AddressKind::kPhone ? "@c.us" : "@lid");
}

// Only of people whom the account has given a name.
std::optional<Contact> ContactOf(const core::Peer& peer, const std::optional<core::PersonId>& id,
                                 core::ChannelId channel) {
  if (!id) return std::nullopt;
  const std::size_t blank = peer.name.find(' ');
  Contact contact;
  contact.uuid = Spell(*id);
  contact.first_name = peer.name.substr(0, blank);
  if (blank != std::string::npos) contact.last_name = peer.name.substr(blank + 1);
  contact.channel_uuid = Spell(channel);
  return contact;
}

ListedGroup ShowGroup(const core::KnownGroup& known, const core::Channel& channel) {
  const core::GroupInfo& info = known.info;
  const core::GroupParticipant* own = info.FindByPhone(channel.phone);
  ListedGroup shown;
  shown.uuid = Spell(known.group.id);
  shown.channel_uuid = Spell(channel.id);
  shown.wa_group_id = info.address + "@g.us";
  if (info.owner != core::Peer()) shown.wa_owner_id = ServerOf(info.owner.address());
  shown.wa_group_name = shown.wa_subject = info.subject;
  shown.wa_created_at = Iso(info.created_at);
  shown.size = static_cast<std::int64_t>(info.participants.size());
  shown.is_muted = info.is_muted;
  shown.is_read_only = info.announce && (own == nullptr || own->role == core::GroupRole::kMember);
  shown.channel_is_owner = info.owner.phone == channel.phone;
  shown.created_at = Iso(known.group.known_at);
  shown.updated_at = Iso(known.group.updated_at);
  shown.owner_contact = ContactOf(info.owner, info.owner_contact, channel.id);
  return shown;
}

ListedParticipant ShowParticipant(const core::GroupParticipant& participant,
                                  const core::KnownGroup& known, const core::Channel& channel,
                                  const core::NumberFacts& facts) {
  const core::Peer& peer = participant.peer;
  ListedParticipant shown;
  shown.wa_participant_id = ServerOf(peer.address());
  shown.wa_pushname = base::NonEmpty(peer.push_name);
  shown.wa_is_super_admin = participant.role == core::GroupRole::kSuperadmin;
  shown.wa_is_admin = participant.role != core::GroupRole::kMember;
  if (!participant.platform.empty())
    shown.device = participant.platform == "iphone" ? "ios" : participant.platform;
  shown.created_at = Iso(participant.joined_at);
  shown.updated_at = Iso(known.group.updated_at);
  shown.contact = ContactOf(peer, participant.contact, channel.id);
  if (peer.phone.empty()) return shown;
  shown.formatted_phone_number = facts.FormatInternational(peer.phone);
  shown.phone_number = NormalNumber(peer.phone, facts);
  shown.iso_country_code = facts.CountryOf(peer.phone);
  return shown;
}

std::string EncodeDetails(const core::KnownGroup& known, std::optional<std::string> picture_url,
                          const core::Channel& channel, const core::NumberFacts& facts) {
  OwnerData owner;
  if (const std::string& phone = known.info.owner.phone; !phone.empty()) {
    owner.formatted_phone_number = facts.FormatInternational(phone);
    owner.phone_number = NormalNumber(phone, facts);
    owner.iso_country_code = facts.CountryOf(phone);
  }
  ListedGroup shown = ShowGroup(known, channel);
  shown.profile_pic_url = std::move(picture_url);
  std::string text = "{\"success\":true,\"data\":";
  text += base::EncodeText(shown);
  text.pop_back();  // goes on inside the object
  text += ",\"owner_data\":" + base::EncodeText(owner) + ",\"participants\":[";
  for (const core::GroupParticipant& participant : known.info.participants) {
    if (text.back() != '[') text += ',';
    base::AppendJson(text, ShowParticipant(participant, known, channel, facts));
  }
  return text + "]}}";
}

base::Result<std::vector<core::Address>> ParticipantsOf(const std::vector<std::string>& texts) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  std::vector<core::Address> participants;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    auto number = ParseNumber(texts[i], "participants[" + std::to_string(i) + "]");
    number ? participants.push_back(std::move(*number)) : faults.Absorb(number.error());
  }
  if (!faults.faults.empty()) return faults;
  return participants;
}

std::string_view ResultText(int status) {
  switch (status) {
    case 200:
      return "The participant was added successfully";
    case 403:
      return "The participant can be added by sending private invitation only";
    case 404:
      return "The phone number is not registered on WhatsApp";
    case 409:
      return "The participant is already a group member";
    case 419:
      return "The participant can't be added because the group is full";
  }
  return "The participant could not be added";
}

// {"+15550100": {"statusCode": 200, ...}, ...}
json::object ResultsOf(const std::vector<core::ParticipantResult>& results, bool adding) {
  json::object shown;
  for (const core::ParticipantResult& result : results) {
    json::object item;
    item["statusCode"] = result.status;
    item["message"] = adding                 ? base::JsonView(ResultText(result.status))
                      : result.status == 200 ? base::JsonView("Done")
                      : result.status == 404 ? base::JsonView("Not in the group")
                                             : base::JsonView("Not allowed");
    if (adding) {
      item["isGroupCreator"] = false;
      item["isInviteV4Sent"] = false;
    }
    shown["+" + result.participant.value] = std::move(item);
  }
  return shown;
}

base::Task<base::Result<core::Groups::Found>> GroupInPath(Call& call) {
  const auto id = ParseGroupId(call.match["group_uuid"]);
  if (!id) co_return base::Error(base::ErrorCode::kNotFound, "Unknown group");
  auto found = co_await call.core.groups.Find(call.caller, *id);
  if (!found && found.error().code == base::ErrorCode::kNotFound)
    co_return base::Error(base::ErrorCode::kNotFound, "Unknown group");
  co_return found;
}

HandlerResult Change(Call& call, core::ParticipantAction action) {
  PARLEY_CO_TRY(body, http::DecodeBody<ParticipantsBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(participants, ParticipantsOf(body.participants));
  PARLEY_CO_TRY(found, co_await GroupInPath(call));
  core::ChangeParticipants request;
  request.group = found.address();
  request.action = action;
  request.participants = std::move(participants);
  PARLEY_CO_TRY(results, co_await call.core.groups.Ask(found.channel, std::move(request)));
  json::object reply;
  reply["success"] = true;
  reply["participants"] = ResultsOf(results, action == core::ParticipantAction::kAdd);
  co_return http::Response::Json(200, base::ToText(reply));
}

}  // namespace

HandlerResult ListGroups(Call& call) {
  PARLEY_CO_TRY(channel, co_await ChannelOf(call, call.match["your_number"], "your-number"));
  PARLEY_CO_TRY(groups, co_await call.core.groups.ListKnown(channel));
  GroupList list;
  for (const core::KnownGroup& known : groups) list.data.push_back(ShowGroup(known, *channel));
  co_return http::Response::Json(200, base::EncodeText(list));
}

HandlerResult GetGroup(Call& call) {
  PARLEY_CO_TRY(found, co_await GroupInPath(call));
  PARLEY_CO_TRY(known, co_await call.core.groups.GetKnown(found.channel, found.address()));
  // Costs a question and a file: the list of groups goes without. One that cannot be had now is
  // null: the group is known all the same.
  std::optional<std::string> picture_url;
  if (known.info.has_picture) {
    const auto picture = co_await call.core.contacts.Picture(found.channel, found.address());
    if (picture && *picture) picture_url = call.core.media_links.UrlOf(**picture);
  }
  co_return http::Response::Json(
      200, EncodeDetails(known, std::move(picture_url), *found.channel, call.core.numbers));
}

HandlerResult CreateGroup(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<NewGroupBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(participants, ParticipantsOf(body.participants));
  PARLEY_CO_TRY(channel, co_await ChannelOf(call, body.from_number, "from_number"));
  core::CreateGroup wanted;
  wanted.subject = body.name;
  wanted.participants = std::move(participants);
  auto created = co_await call.core.groups.Create(channel, std::move(wanted));
  if (!created) co_return base::RenameFault(created.error(), "subject", "group_name");
  json::array accepted, refused;
  for (const core::ParticipantResult& result : created->results)
    (result.status == 200 ? accepted : refused)
        .push_back(json::string("+" + result.participant.value));
  json::object group;
  group["name"] = base::JsonView(created->known.info.subject);
  group["wa_group_id"] = created->known.info.address + "@g.us";
  group["participants"] = ResultsOf(created->results, true);
  group["accepted_numbers"] = std::move(accepted);
  group["unaccepted_numbers"] = std::move(refused);
  group["uuid"] = Spell(created->known.group.id);
  json::object reply;
  reply["success"] = true;
  reply["group"] = std::move(group);
  co_return http::Response::Json(201, base::ToText(reply));
}

HandlerResult AddParticipant(Call& call) { return Change(call, core::ParticipantAction::kAdd); }

HandlerResult RemoveParticipant(Call& call) {
  return Change(call, core::ParticipantAction::kRemove);
}

HandlerResult PromoteParticipant(Call& call) {
  return Change(call, core::ParticipantAction::kPromote);
}

HandlerResult DemoteParticipant(Call& call) {
  return Change(call, core::ParticipantAction::kDemote);
}

HandlerResult SetGroupDescription(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<DescriptionBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(found, co_await GroupInPath(call));
  core::ChangeGroup request;
  request.group = found.address();
  request.description = body.description;
  PARLEY_CO_CHECK(co_await call.core.groups.Ask(found.channel, std::move(request)));
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

HandlerResult SetGroupPicture(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<PictureBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(found, co_await GroupInPath(call));
  core::MediaDraft picture;
  picture.source = core::MediaFromUrl{std::move(body.url)};
  PARLEY_CO_CHECK(
      co_await call.core.groups.SetPicture(found.channel, found.address(), std::move(picture)));
  co_return http::Response::Json(200, base::EncodeText(Success()));
}

HandlerResult GetGroupMessages(Call& call) {
  PARLEY_CO_TRY(page_number, PageNumber(call.request));
  PARLEY_CO_TRY(found, co_await GroupInPath(call));
  core::MessageStore::Page page;
  page.channel = found.channel->row;
  page.from = ShownFrom(*found.channel);
  page.limit = kGroupMessagesPage;
  page.offset = static_cast<int>(page_number * kGroupMessagesPage);
  PARLEY_CO_TRY(messages,
                co_await call.core.messages.ListChat(found.channel, found.address(), page));
  MessageList list;
  list.page_number = page_number;
  for (const core::MessageInChat& message : messages)
    list.messages.push_back(ListedOf(message, *found.channel, call.core.media_links));
  co_return http::Response::Json(200, base::EncodeText(list));
}

}  // namespace parley::api::twochat
