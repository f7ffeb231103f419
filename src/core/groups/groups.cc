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
  PARLEY_CO_TRY(known, co_await ListKnown(channel));
  for (KnownGroup& one : known)
    if (one.group.address == group.value) co_return std::move(one);
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
  using Known = base::Result<std::vector<KnownGroup>>;
  const Stamp stamp(store_.scheduler().Now(), random_);
  auto write = [channel, all, infos = std::move(infos), stamp](Transaction& tx) -> Known {
    Stamp ids = stamp;
    std::vector<KnownGroup> known;
    for (const GroupInfo& info : infos) {
      const Address address{AddressKind::kGroup, info.address};
      PARLEY_TRY(group, LearnGroup(tx, *channel, address, info.subject, ids));
      group.updated_at = ids.now();
      PARLEY_CHECK(tx.groups().Update(group));
      PARLEY_CHECK(tx.groups().Describe(group.row, info));
      KnownGroup& row = known.emplace_back();
      row.group = std::move(group);
      row.info = info;
      PARLEY_CHECK(NamePeople(tx, channel->account, row.info));
    }
    if (all) PARLEY_CHECK(tx.groups().ForgetInfos(channel->row, ids.now()));
    return known;
  };
  co_return co_await store_.Write(std::move(write));
}

}  // namespace parley::core
