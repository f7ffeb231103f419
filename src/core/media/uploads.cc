#include "core/media/uploads.h"

#include <algorithm>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/fields.h"
#include "base/scheduler.h"
#include "core/accounts/account_store.h"
#include "core/channels/channel_store.h"
#include "core/media/kinds.h"
#include "core/media/media_store.h"
#include "core/stamp.h"

namespace parley::core {
namespace {

constexpr std::string_view kGrantPurpose = "upload grant";
constexpr std::size_t kMaxToken = 4096;

// What stands in a token.
struct Granted {
  AccountRow account;
  ChannelRow channel;
  MediaId id;
  ContentKind kind = ContentKind::kDocument;
  std::string mime_type, file_name;
  std::int64_t size = 0, max_size = 0;
  base::Time until;

  static constexpr auto Fields() {
    using base::Required;
    using G = Granted;
    return base::FieldList(Required("account", &G::account), Required("channel", &G::channel),
                           Required("id", &G::id), Required("kind", &G::kind),
                           Required("mime_type", &G::mime_type),
                           Required("file_name", &G::file_name), Required("size", &G::size),
                           Required("max_size", &G::max_size), Required("until", &G::until));
  }
};

std::optional<Granted> Opened(const Secrets& secrets, std::string_view token, base::Time now) {
  if (token.size() > kMaxToken) return std::nullopt;
  const auto sealed = base::FromHexText(token);
  if (!sealed) return std::nullopt;
  const auto text = secrets.Open(kGrantPurpose, *sealed);
  if (!text) return std::nullopt;
  auto granted = base::DecodeText<Granted>(*text);
  if (!granted || granted->until < now) return std::nullopt;
  return std::move(*granted);
}

// Whether who gave the leave may still give it.
base::Result<bool> Holds(const Transaction& tx, const Granted& granted, base::Time now) {
  PARLEY_TRY(owner, tx.accounts().Find(granted.account));
  if (!owner || owner->blocked || (owner->expires_at && *owner->expires_at <= now)) return false;
  PARLEY_TRY(channel, tx.channels().Find(granted.account, granted.channel));
  return channel != nullptr && channel->state != ChannelState::kDeleting &&
         channel->state != ChannelState::kDeleted;
}

// In slices, because a file is up to 100 MB and others wait for the thread.
base::Task<base::Digest> DigestOf(base::Scheduler& scheduler, std::string bytes) {
  constexpr std::size_t kSlice = 1 << 20;
  base::Sha256Stream stream;
  for (std::size_t begin = 0; begin < bytes.size(); begin += kSlice) {
    if (begin > 0) co_await scheduler.Sleep(base::Duration::zero());
    stream.Add(std::string_view(bytes).substr(begin, kSlice));
  }
  co_return stream.Finish();
}

base::Error AnotherCame() {
  return base::Error(base::ErrorCode::kAlreadyExists, "Another file was uploaded here before");
}
base::Error Unknown() { return base::Error(base::ErrorCode::kNotFound, "Unknown media id"); }

}  // namespace

base::Result<std::int64_t> Uploads::MaxSizeOf(const Channel& channel) const {
  const LinkFactory* factory = links_.Get(channel.link);
  if (factory == nullptr)
    return base::Error(base::ErrorCode::kNotSupported, "This kind of channel is not available");
  return factory->CapabilitiesOf(channel.link_profile).max_media_size;
}

base::Task<base::Result<Media>> Uploads::Upload(ChannelPtr channel, MediaDraft draft) {
  PARLEY_CO_TRY(max_size, MaxSizeOf(*channel));
  const MediaOwner owner(channel->account, channel->row);
  co_return co_await Keep(owner, std::move(draft), max_size);
}

base::Task<base::Result<Media>> Uploads::UploadFor(AccountRow account, MediaDraft draft) {
  const MediaOwner owner(account);
  co_return co_await Keep(owner, std::move(draft), MediaLimitOf(ContentKind::kDocument));
}

base::Task<base::Result<Media>> Uploads::Keep(MediaOwner owner, MediaDraft draft,
                                              std::int64_t max_size) {
  PARLEY_CO_TRY(media, co_await media_.Resolve(owner, std::move(draft), max_size));
  auto insert = [media](Transaction& tx) { return tx.media().Insert(media); };
  PARLEY_CO_CHECK(co_await store_.Write(std::move(insert)));
  co_return std::move(media);
}

base::Result<UploadGrant> Uploads::Grant(const Channel& channel, UploadWish wish) {
  PARLEY_TRY(max_size, MaxSizeOf(channel));
  if (wish.size < 1) return base::FieldError("size", "Must be the number of bytes");
  if (wish.size > std::min(max_size, MediaLimitOf(wish.kind)))
    return base::Error(base::ErrorCode::kMediaTooLarge);
  PARLEY_CHECK(media_.CheckDeclared(wish.mime_type, wish.kind));
  Stamp stamp(store_.scheduler().Now(), random_);
  Granted granted;
  granted.account = channel.account;
  granted.channel = channel.row;
  granted.id = stamp.Next<MediaId>();
  granted.kind = wish.kind;
  granted.mime_type = wish.mime_type;
  granted.file_name = wish.file_name;
  granted.size = wish.size;
  granted.max_size = max_size;
  granted.until = stamp.now() + kUploadGrantLifetime;
  UploadGrant grant;
  grant.media.id = granted.id;
  grant.media.mime_type = std::move(wish.mime_type);
  grant.media.file_name = std::move(wish.file_name);
  grant.media.size = wish.size;
  grant.token = base::ToHexText(secrets_.Seal(kGrantPurpose, base::EncodeText(granted)));
  grant.until = granted.until;
  return grant;
}

std::optional<std::int64_t> Uploads::GrantedSize(std::string_view token) const {
  const auto granted = Opened(secrets_, token, store_.scheduler().Now());
  if (!granted) return std::nullopt;
  return granted->size;
}

base::Task<base::Result<Media>> Uploads::Redeem(std::string token, std::string bytes) {
  const auto granted = Opened(secrets_, token, store_.scheduler().Now());
  if (!granted) co_return base::ErrorCode::kNotFound;
  if (static_cast<std::int64_t>(bytes.size()) != granted->size)
    co_return base::FieldError("size",
                               "The content has " + std::to_string(bytes.size()) + " bytes");
  // Before anything is written: an address is good for one file, not for as many as come.
  auto look = [granted = *granted, now = store_.scheduler().Now()](
                  const Transaction& tx) -> base::Result<std::optional<Media>> {
    PARLEY_TRY(holds, Holds(tx, granted, now));
    if (!holds) return base::ErrorCode::kNotFound;
    return tx.media().Find(MediaOwner(granted.account, granted.channel), granted.id);
  };
  PARLEY_CO_TRY(first, co_await store_.Read(std::move(look)));
  if (first) {
    const base::Digest digest = co_await DigestOf(store_.scheduler(), std::move(bytes));
    if (first->ref.sha256 != base::ToHexText(base::AsText(digest))) co_return AnotherCame();
    co_return std::move(*first);
  }
  MediaDraft draft;
  draft.source = MediaFromBytes{std::move(bytes)};
  draft.kind = granted->kind;
  draft.declared_type = granted->mime_type;
  draft.file_name = granted->file_name;
  MediaOwner owner(granted->account, granted->channel);
  PARLEY_CO_TRY(media, co_await media_.Resolve(owner, std::move(draft), granted->max_size));
  media.ref.id = granted->id;
  auto insert = [media, owner](Transaction& tx) -> base::Result<Media> {
    PARLEY_TRY(earlier, tx.media().Find(owner, media.ref.id));
    if (earlier && earlier->ref.sha256 != media.ref.sha256) return AnotherCame();
    if (earlier) return std::move(*earlier);
    PARLEY_CHECK(tx.media().Insert(media));
    return media;
  };
  co_return co_await store_.Write(std::move(insert));
}

base::Task<base::Result<Media>> Uploads::Get(MediaOwner owner, MediaId id) {
  auto read = [owner, id](const Transaction& tx) { return tx.media().Find(owner, id); };
  PARLEY_CO_TRY(found, co_await store_.Read(std::move(read)));
  if (!found) co_return Unknown();
  co_return std::move(*found);
}

base::Task<base::Result<void>> Uploads::Delete(MediaOwner owner, MediaId id) {
  auto remove = [owner, id](Transaction& tx) { return tx.media().Delete(owner, id); };
  PARLEY_CO_TRY(deleted, co_await store_.Write(std::move(remove)));
  if (!deleted) co_return Unknown();
  co_return base::Result<void>();
}

}  // namespace parley::core
