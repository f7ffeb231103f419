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

}  // namespace

base::Result<core::LinkAnswer> Answers::operator()(const core::CheckNumbers& asked) const {
  core::CheckNumbers::Answer answer;
  for (const core::Address& address : asked.numbers) {
    core::NumberFound found;
    found.asked = address;
    if (const auto person = FindPerson(network, address)) {
      found.on_network = true;
      found.peer = PeerOf(network, person->number);
      found.verified_level = person->verified_level;
      found.is_enterprise = person->is_business && person->verified_level > 0;
      const auto picture = network.PictureFor(person->number, number);
      found.has_picture = picture && !picture->empty();
    }
    answer.push_back(std::move(found));
  }
  return core::LinkAnswer(std::move(answer));
}

base::Result<core::LinkAnswer> Answers::operator()(const core::ListGroups&) const {
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

base::Result<core::LinkAnswer> Answers::operator()(const core::GetGroup& asked) const {
  PARLEY_TRY(group, network.groups().Get(number, asked.group.value));
  return core::LinkAnswer(InfoOf(network, group, number));
}

base::Result<core::LinkAnswer> Answers::operator()(const core::FindInvitedGroup& asked) const {
  PARLEY_TRY(group, network.groups().FindByInvite(asked.code));
  return core::LinkAnswer(InfoOf(network, group, number));
}

base::Result<core::LinkAnswer> Answers::operator()(const core::CreateGroup& asked) const {
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

base::Result<core::LinkAnswer> Answers::operator()(const core::ChangeParticipants& asked) const {
  net::ParticipantAction action = net::ParticipantAction::kAdd;
  ParseName(NameOf(asked.action), action);  // the actions of both sides have the same names
  PARLEY_TRY(results, network.groups().ChangeParticipants(number, asked.group.value, action,
                                                          NumbersOf(network, asked.participants)));
  return core::LinkAnswer(ResultsOf(asked.participants, results));
}

base::Result<core::LinkAnswer> Answers::operator()(const core::ChangeGroup& asked) const {
  net::GroupUpdate update;
  update.subject = asked.subject;
  update.description = asked.description;
  update.announce = asked.announce;
  update.restricted = asked.restricted;
  update.join_approval = asked.join_approval;
  if (asked.members_add)
    update.member_add_mode =
        *asked.members_add ? net::MemberAddMode::kAll : net::MemberAddMode::kAdmin;
  PARLEY_TRY(group, network.groups().Change(number, asked.group.value, update));
  return core::LinkAnswer(InfoOf(network, group, number));
}

base::Result<core::LinkAnswer> Answers::operator()(const core::LeaveGroup& asked) const {
  PARLEY_CHECK(network.groups().Leave(number, asked.group.value));
  return core::LinkAnswer(core::Done());
}

base::Result<core::LinkAnswer> Answers::operator()(const core::GetInviteCode& asked) const {
  const std::string& id = asked.group.value;
  auto code = asked.renew ? network.groups().RevokeInvite(number, id)
                          : network.groups().InviteCode(number, id);
  if (!code) return code.error();
  return core::LinkAnswer(core::InviteCode{*code});
}

base::Result<core::LinkAnswer> Answers::operator()(const core::JoinGroup& asked) const {
  PARLEY_TRY(joined, network.groups().Join(number, asked.code));
  core::JoinedGroup answer;
  answer.group = core::Address{core::AddressKind::kGroup, joined.group};
  answer.pending = joined.pending;
  return core::LinkAnswer(std::move(answer));
}

}  // namespace parley::link::simulated
