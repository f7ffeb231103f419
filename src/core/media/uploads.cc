#include "core/media/uploads.h"

#include "core/media/media_store.h"

namespace parley::core {
namespace {

base::Error Unknown() { return base::Error(base::ErrorCode::kNotFound, "Unknown media id"); }

}  // namespace

base::Task<base::Result<Media>> Uploads::Upload(ChannelPtr channel, MediaDraft draft) {
  const LinkFactory* factory = links_.Get(channel->link);
  if (factory == nullptr)
    co_return base::Error(base::ErrorCode::kNotSupported, "This kind of channel is not available");
  const std::int64_t max_size = factory->CapabilitiesOf(channel->link_profile).max_media_size;
  PARLEY_CO_TRY(media, co_await media_.Resolve(channel->account, std::move(draft), max_size));
  auto insert = [media](Transaction& tx) { return tx.media().Insert(media); };
  PARLEY_CO_CHECK(co_await store_.Write(std::move(insert)));
  co_return std::move(media);
}

base::Task<base::Result<Media>> Uploads::Get(AccountRow account, MediaId id) {
  auto read = [account, id](const Transaction& tx) { return tx.media().Find(account, id); };
  PARLEY_CO_TRY(found, co_await store_.Read(std::move(read)));
  if (!found) co_return Unknown();
  co_return std::move(*found);
}

base::Task<base::Result<void>> Uploads::Delete(AccountRow account, MediaId id) {
  auto remove = [account, id](Transaction& tx) { return tx.media().Delete(account, id); };
  PARLEY_CO_TRY(deleted, co_await store_.Write(std::move(remove)));
  if (!deleted) co_return Unknown();
  co_return base::Result<void>();
}

}  // namespace parley::core
