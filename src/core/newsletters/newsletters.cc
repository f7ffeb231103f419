#include "core/newsletters/newsletters.h"

#include "core/groups/group_store.h"
#include "core/groups/learn.h"

namespace parley::core {

base::Result<void> Newsletters::CheckSupported(const Channel& channel) const {
  const LinkFactory* factory = links_.Get(channel.link);
  if (factory != nullptr && factory->CapabilitiesOf(channel.link_profile).newsletters) return {};
  return base::Error(base::ErrorCode::kNotSupported, "This channel has no newsletters");
}

base::Task<base::Result<std::vector<KnownNewsletter>>> Newsletters::List(ChannelPtr channel) {
  auto supported = CheckSupported(*channel);
  if (!supported) co_return supported.error();
  ListNewsletters request;
  PARLEY_CO_TRY(infos, co_await core::Ask(channels_, channel->row, std::move(request)));
  co_return co_await Learn(channel, std::move(infos));
}

base::Task<base::Result<std::vector<KnownNewsletter>>> Newsletters::Learn(
    ChannelPtr channel, std::vector<NewsletterInfo> infos) {
  using Known = base::Result<std::vector<KnownNewsletter>>;
  const Stamp stamp(store_.scheduler().Now(), random_);
  auto write = [channel, infos = std::move(infos), stamp](Transaction& tx) -> Known {
    Stamp ids = stamp;
    std::vector<KnownNewsletter> known;
    for (const NewsletterInfo& info : infos) {
      const Address address{AddressKind::kNewsletter, info.address};
      PARLEY_TRY(group, LearnGroup(tx, *channel, address, info.name, ids));
      group.updated_at = ids.now();
      PARLEY_CHECK(tx.groups().Update(group));
      KnownNewsletter& row = known.emplace_back();
      row.group = std::move(group);
      row.info = info;
    }
    return known;
  };
  co_return co_await store_.Write(std::move(write));
}

}  // namespace parley::core
