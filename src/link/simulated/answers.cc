#include "link/simulated/answers.h"

#include "link/simulated/translate.h"

namespace parley::link::simulated {
namespace {

std::optional<net::Person> FindPerson(const net::Network& network, const core::Address& address) {
  if (address.kind == core::AddressKind::kLid) return network.FindPersonByLid(address.value);
  if (address.kind == core::AddressKind::kUsername)
    return network.FindPersonByUsername(address.value);
  const auto found = network.FindPerson(address.value);
  if (!found) return std::nullopt;
  return *found;
}

// The numbers of these people; what the network does not know stays as it is, and is nobody there.
std::vector<std::string> NumbersOf(const net::Network& network,
                                   const std::vector<core::Address>& addresses) {
  std::vector<std::string> numbers;
  for (const core::Address& address : addresses) {
    const auto person = FindPerson(network, address);
    numbers.push_back(person ? person->number : address.value);
  }
  return numbers;
}

core::ChangeParticipants::Answer ResultsOf(const std::vector<core::Address>& asked,
                                           const std::vector<net::ParticipantResult>& results) {
  core::ChangeParticipants::Answer answer;
  for (std::size_t i = 0; i < asked.size() && i < results.size(); ++i)
    answer.push_back(core::ParticipantResult{asked[i], static_cast<int>(results[i].status)});
  return answer;
}

Answers::Result DoneIf(const base::Result<void>& done) {
  if (!done) return done.error();
  return core::LinkAnswer(core::Done());
}

}  // namespace

base::Result<std::string> Answers::NumberOf(const core::Address& address) const {
  const auto person = FindPerson(network, address);
  if (!person) return base::ErrorCode::kNotOnNetwork;
  return person->number;
}

base::Result<std::string> Answers::FindPicture(const core::LinkRequest& request) const {
  std::string whose;
  if (std::holds_alternative<core::GetProfile>(request)) whose = number;
  if (const auto* asked = std::get_if<core::FetchPicture>(&request)) {
    if (asked->who.kind == core::AddressKind::kGroup) {
      PARLEY_TRY(group, network.groups().Get(number, asked->who.value));
      return group.picture;
    }
    const auto found = NumberOf(asked->who);
    if (!found) return base::Error(base::ErrorCode::kNotFound, "The number is not on WhatsApp");
    whose = *found;
  }
  if (whose.empty()) return std::string();
  return network.PictureFor(whose, number);
}

Answers::Result Answers::operator()(const core::CheckNumbers& asked) const {
  core::CheckNumbers::Answer answer;
  for (const core::Address& address : asked.numbers) {
    core::NumberFound found;
    found.asked = address;
    if (const auto person = FindPerson(network, address)) {
      PARLEY_TRY(facts, network.CheckNumber(number, person->number));
      found.on_network = true;
      found.peer = PeerOf(network, person->number);
      found.peer.is_business = facts.is_business;  // as far as the asker may see it
      found.is_enterprise = facts.is_enterprise;
      found.verified_level = facts.verified_level;
      found.about = facts.about;
      found.has_picture = !facts.picture.empty();
    }
    answer.push_back(std::move(found));
  }
  return core::LinkAnswer(std::move(answer));
}

Answers::Result Answers::operator()(const core::ListGroups&) const {
  core::ListGroups::Answer answer;
  std::string after;
  while (true) {
    PARLEY_TRY(page, network.groups().List(number, after, net::kMaxPage));
    for (const net::Group& group : page) answer.push_back(InfoOf(network, group, number));
    if (page.size() < net::kMaxPage) break;
    after = page.back().id;
  }
  return core::LinkAnswer(std::move(answer));
}

Answers::Result Answers::operator()(const core::GetGroup& asked) const {
  PARLEY_TRY(group, network.groups().Get(number, asked.group.value));
  return core::LinkAnswer(InfoOf(network, group, number));
}

Answers::Result Answers::operator()(const core::FindInvitedGroup& asked) const {
  PARLEY_TRY(group, network.groups().FindByInvite(asked.code));
  return core::LinkAnswer(InfoOf(network, group, number));
}

Answers::Result Answers::operator()(const core::CreateGroup& asked) const {
  net::GroupDraft draft;
  draft.subject = asked.subject;
  draft.description = asked.description;
  draft.participants = NumbersOf(network, asked.participants);
  PARLEY_TRY(created, network.groups().Create(number, std::move(draft)));
  core::CreatedGroup answer;
  answer.info = InfoOf(network, created.group, number);
  answer.results = ResultsOf(asked.participants, created.results);
  return core::LinkAnswer(std::move(answer));
}

Answers::Result Answers::operator()(const core::ChangeParticipants& asked) const {
  net::ParticipantAction action = net::ParticipantAction::kAdd;
  ParseName(NameOf(asked.action), action);  // the actions of both sides have the same names
  PARLEY_TRY(results, network.groups().ChangeParticipants(number, asked.group.value, action,
                                                          NumbersOf(network, asked.participants)));
  return core::LinkAnswer(ResultsOf(asked.participants, results));
}

Answers::Result Answers::operator()(const core::ChangeGroup& asked) const {
  net::GroupUpdate update;
  update.subject = asked.subject;
  update.description = asked.description;
  update.announce = asked.announce;
  update.restricted = asked.restricted;
  update.join_approval = asked.join_approval;
  if (asked.members_add)
    update.member_add_mode =
        *asked.members_add ? net::MemberAddMode::kAll : net::MemberAddMode::kAdmin;
  if (asked.picture) update.picture = asked.picture->sha256;
  PARLEY_TRY(group, network.groups().Change(number, asked.group.value, update));
  return core::LinkAnswer(InfoOf(network, group, number));
}

Answers::Result Answers::operator()(const core::LeaveGroup& asked) const {
  PARLEY_CHECK(network.groups().Leave(number, asked.group.value));
  return core::LinkAnswer(core::Done());
}

Answers::Result Answers::operator()(const core::GetInviteCode& asked) const {
  const std::string& id = asked.group.value;
  auto code = asked.renew ? network.groups().RevokeInvite(number, id)
                          : network.groups().InviteCode(number, id);
  if (!code) return code.error();
  return core::LinkAnswer(core::InviteCode{*code});
}

Answers::Result Answers::operator()(const core::JoinGroup& asked) const {
  PARLEY_TRY(joined, network.groups().Join(number, asked.code));
  core::JoinedGroup answer;
  answer.group = core::Address{core::AddressKind::kGroup, joined.group};
  answer.pending = joined.pending;
  return core::LinkAnswer(std::move(answer));
}

Answers::Result Answers::operator()(const core::SaveContact& asked) const {
  const auto person = FindPerson(network, asked.who);
  // A number may be written down before it is on the network.
  if (!person && asked.who.kind != core::AddressKind::kPhone) return base::ErrorCode::kNotOnNetwork;
  const std::string whose = person ? person->number : asked.who.value;
  if (asked.name.empty()) return DoneIf(network.RemoveContact(Self(), whose));
  return DoneIf(network.SaveContact(Self(), whose, asked.name));
}

Answers::Result Answers::operator()(const core::SetBlocked& asked) const {
  PARLEY_TRY(whose, NumberOf(asked.who));
  return DoneIf(network.SetBlocked(Self(), whose, asked.blocked));
}

Answers::Result Answers::operator()(const core::ShowPresence& asked) const {
  net::PresenceKind kind = net::PresenceKind::kAvailable;
  ParseName(NameOf(asked.kind), kind);  // both sides have the same names
  if (!asked.chat) return DoneIf(network.SetPresence(Self(), kind, ""));
  if (asked.chat->kind == core::AddressKind::kGroup)
    return DoneIf(network.SetPresence(Self(), kind, net::GroupAddress(asked.chat->value)));
  PARLEY_TRY(to, NumberOf(*asked.chat));
  return DoneIf(network.SetPresence(Self(), kind, to));
}

Answers::Result Answers::operator()(const core::FetchPicture&) const {
  return core::LinkAnswer(core::PictureFound());
}

Answers::Result Answers::operator()(const core::MarkRead& asked) const {
  if (connection == nullptr) return base::ErrorCode::kChannelNotConnected;
  for (const std::string& id : asked.link_ids) connection->MarkRead(id, asked.played);
  return core::LinkAnswer(core::Done());
}

Answers::Result Answers::operator()(const core::ReadChat& asked) const {
  net::ChatChange change;
  change.action = net::ChatAction::kRead;
  if (asked.chat.kind == core::AddressKind::kGroup) {
    change.chat = net::GroupAddress(asked.chat.value);
  } else {
    PARLEY_TRY(with, NumberOf(asked.chat));
    change.chat = with;
  }
  return DoneIf(network.ChangeChat(Self(), change));
}

Answers::Result Answers::operator()(const core::RejectCall& asked) const {
  const auto rejected = network.RejectCall(Self(), asked.call);
  if (!rejected) return rejected.error();
  return core::LinkAnswer(core::Done());
}

Answers::Result Answers::operator()(const core::GetProfile&) const {
  PARLEY_TRY(person, network.FindPerson(number));
  core::OwnProfile profile;
  profile.push_name = person.push_name;
  profile.about = person.about;
  profile.is_business = person.is_business;
  profile.address = person.address;
  profile.description = person.description;
  profile.email = person.email;
  profile.vertical = person.vertical;
  profile.websites = person.websites;
  return core::LinkAnswer(std::move(profile));
}

Answers::Result Answers::operator()(const core::ChangeProfile& asked) const {
  net::PersonChange change;
  change.push_name = asked.push_name;
  change.about = asked.about;
  change.address = asked.address;
  change.description = asked.description;
  change.email = asked.email;
  change.vertical = asked.vertical;
  change.websites = asked.websites;
  if (asked.picture) change.picture = asked.picture->sha256;
  const auto changed = network.ChangeProfile(Self(), change);
  if (!changed) return changed.error();
  return core::LinkAnswer(core::Done());
}

Answers::Result Answers::operator()(const core::ListTemplates&) const {
  PARLEY_TRY(listed, network.ListTemplates(number));
  core::ListTemplates::Answer answer;
  for (const net::Template& subject : listed) answer.push_back(TemplateOf(subject, number));
  return core::LinkAnswer(std::move(answer));
}

Answers::Result Answers::operator()(const core::CreateTemplate& asked) const {
  net::TemplateDraft draft;
  draft.name = asked.name;
  draft.language = asked.language;
  draft.components = asked.components;
  ParseName(NameOf(asked.category), draft.category);
  PARLEY_TRY(created, network.CreateTemplate(Self(), std::move(draft)));
  return core::LinkAnswer(TemplateOf(created, number));
}

Answers::Result Answers::operator()(const core::RemoveTemplate& asked) const {
  return DoneIf(network.RemoveTemplate(Self(), asked.name));
}

Answers::Result Answers::operator()(const core::GetCommerce&) const {
  PARLEY_TRY(set, network.CommerceOf(number));
  core::CommerceSettings settings;
  // The network has one shop for each number.
  settings.id = "7" + number;
  settings.is_cart_enabled = set.is_cart_enabled;
  settings.is_catalog_visible = set.is_catalog_visible;
  return core::LinkAnswer(std::move(settings));
}

Answers::Result Answers::operator()(const core::SetCommerce& asked) const {
  return DoneIf(
      network.SetCommerce(Self(), net::Commerce{asked.is_cart_enabled, asked.is_catalog_visible}));
}

}  // namespace parley::link::simulated
