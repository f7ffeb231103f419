#include "core/groups/groups.h"

#include "core/channels/channel_store.h"
#include "core/contacts/contact_store.h"
#include "core/contacts/spelling.h"
#include "core/groups/group_store.h"
#include "core/groups/learn.h"
#include "core/media/pictures.h"
#include "core/messages/content_kind.h"

namespace parley::core {
namespace {

// The name that the account gave to the person, and with it the person's id.
base::Result<std::optional<PersonId>> NamePeer(const Transaction& tx, AccountRow account,
                                               Peer& peer) {
  if (peer == Peer()) return std::optional<PersonId>();
  PARLEY_TRY(person, FindPersonAt(tx, account, peer.address()));
  if (!person || person->peer.name.empty()) return std::optional<PersonId>();
  peer.name = person->peer.name;
  return std::optional(person->id);
}

base::Result<void> NamePeople(const Transaction& tx, AccountRow account, GroupInfo& info) {
  PARLEY_TRY(owner, NamePeer(tx, account, info.owner));
  info.owner_contact = owner;
  for (GroupParticipant& participant : info.participants) {
    PARLEY_TRY(contact, NamePeer(tx, account, participant.peer));
    participant.contact = contact;
  }
  return {};
}

}  // namespace

base::Result<void> Groups::CheckSupported(const Channel& channel) const {
  const LinkFactory* factory = links_.Get(channel.link);
  if (factory != nullptr && factory->CapabilitiesOf(channel.link_profile).groups) return {};
  return base::Error(base::ErrorCode::kNotSupported, "This channel has no groups");
}

base::Task<base::Result<std::vector<KnownGroup>>> Groups::List(ChannelPtr channel) {
  ListGroups request;
  PARLEY_CO_TRY(infos, co_await Ask(channel, std::move(request)));
  co_return co_await Learn(channel, true, std::move(infos));
}

base::Task<base::Result<std::vector<KnownGroup>>> Groups::ListKnown(ChannelPtr channel) {
  auto listed = co_await List(channel);
  if (listed || listed.error().code != base::ErrorCode::kChannelNotConnected) co_return listed;
  auto read = [channel](const Transaction& tx) -> base::Result<std::vector<KnownGroup>> {
    PARLEY_TRY(known, tx.groups().ListKnown(channel->row));
    for (KnownGroup& group : known) PARLEY_CHECK(NamePeople(tx, channel->account, group.info));
    return std::move(known);
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<KnownGroup>> Groups::GetKnown(ChannelPtr channel, Address group) {
  auto found = co_await Get(channel, group);
  if (found || found.error().code != base::ErrorCode::kChannelNotConnected) co_return found;
  using Known = base::Result<std::optional<KnownGroup>>;
  auto read = [channel, group = std::move(group)](const Transaction& tx) -> Known {
    PARLEY_TRY(known, tx.groups().FindKnown(channel->row, group));
    if (known) PARLEY_CHECK(NamePeople(tx, channel->account, known->info));
    return std::move(known);
  };
  PARLEY_CO_TRY(known, co_await store_.Read(std::move(read)));
  if (known) co_return std::move(*known);
  // Not heard of since groups are kept, which does not mean that it is not there.
  co_return found.error();
}

base::Task<base::Result<KnownGroup>> Groups::Get(ChannelPtr channel, Address group) {
  GetGroup request;
  request.group = std::move(group);
  PARLEY_CO_TRY(info, co_await Ask(channel, std::move(request)));
  std::vector<GroupInfo> infos;
  infos.push_back(std::move(info));
  PARLEY_CO_TRY(known, co_await Learn(channel, false, std::move(infos)));
  co_return std::move(known.front());
}

base::Task<base::Result<Groups::Created>> Groups::Create(ChannelPtr channel, CreateGroup wanted) {
  PARLEY_CO_TRY(created, co_await Ask(channel, std::move(wanted)));
  std::vector<GroupInfo> infos;
  infos.push_back(std::move(created.info));
  PARLEY_CO_TRY(known, co_await Learn(channel, false, std::move(infos)));
  Created answer;
  answer.known = std::move(known.front());
  answer.results = std::move(created.results);
  co_return answer;
}

base::Task<base::Result<void>> Groups::SetPicture(ChannelPtr channel, Address group,
                                                  MediaDraft picture) {
  PARLEY_CO_CHECK(CheckSupported(*channel));
  picture.kind = ContentKind::kImage;
  MediaOwner owner(channel->account, channel->row);
  PARLEY_CO_TRY(media, co_await media_.Resolve(owner, std::move(picture), kMaxPicture));
  ChangeGroup request;
  request.group = std::move(group);
  request.picture = std::move(media.ref);
  PARLEY_CO_CHECK(co_await Ask(channel, std::move(request)));
  co_return base::Result<void>();
}

Address Groups::Found::address() const {
  Address address;
  address.kind = group.kind == ChatKind::kGroup ? AddressKind::kGroup : AddressKind::kNewsletter;
  address.value = group.address;
  return address;
}

base::Task<base::Result<Groups::Found>> Groups::Find(CallerPtr caller, GroupId id) {
  auto read = [caller, id](const Transaction& tx) -> base::Result<Found> {
    const AccountRow account = caller->account.row;
    PARLEY_TRY(group, tx.groups().FindById(account, id));
    if (!group || !caller->Sees(group->channel)) return base::ErrorCode::kNotFound;
    PARLEY_TRY(channel, tx.channels().Find(account, group->channel));
    if (!channel || channel->state == ChannelState::kDeleted) return base::ErrorCode::kNotFound;
    Found found;
    found.channel = channel;
    found.group = std::move(*group);
    return found;
  };
  co_return co_await store_.Read(std::move(read));
}

base::Task<base::Result<std::vector<KnownGroup>>> Groups::Learn(ChannelPtr channel, bool all,
                                                                std::vector<GroupInfo> infos) {
  const Stamp stamp(store_.scheduler().Now(), random_);
  std::vector<std::string> descriptions;
  for (const GroupInfo& info : infos) descriptions.push_back(DescriptionOf(info));
  std::vector<KnownGroup> known(infos.size());
  for (std::size_t i = 0; i < infos.size(); ++i) known[i].info = std::move(infos[i]);
  using Rows = base::Result<std::vector<Group>>;
  auto write = [channel, all, known, descriptions = std::move(descriptions),
                stamp](Transaction& tx) -> Rows {
    Stamp ids = stamp;
    std::vector<Group> groups;
    for (std::size_t i = 0; i < known.size(); ++i) {
      const GroupInfo& info = known[i].info;
      const Address address{AddressKind::kGroup, info.address};
      PARLEY_TRY(group, LearnGroup(tx, *channel, address, info.subject, ids));
      group.updated_at = ids.now();
      PARLEY_CHECK(tx.groups().Update(group));
      PARLEY_CHECK(tx.groups().Describe(group.row, descriptions[i]));
      groups.push_back(std::move(group));
    }
    if (all) PARLEY_CHECK(tx.groups().ForgetInfos(channel->row, ids.now()));
    return groups;
  };
  PARLEY_CO_TRY(groups, co_await store_.Write(std::move(write)));
  if (groups.empty()) co_return known;
  for (std::size_t i = 0; i < groups.size(); ++i) known[i].group = std::move(groups[i]);
  // Up to a thousand people a group are looked up, which is no work for the writer.
  using Named = base::Result<std::vector<KnownGroup>>;
  auto name = [channel, known = std::move(known)](const Transaction& tx) -> Named {
    std::vector<KnownGroup> named = known;
    for (KnownGroup& group : named) PARLEY_CHECK(NamePeople(tx, channel->account, group.info));
    return named;
  };
  co_return co_await store_.Read(std::move(name));
}

}  // namespace parley::core
