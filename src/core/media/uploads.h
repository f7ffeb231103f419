// Media that a program stores first and sends by its id later, as often as it likes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "base/result.h"
#include "core/channels/channel.h"
#include "core/channels/link.h"
#include "core/media/media_source.h"
#include "core/secrets.h"
#include "core/store.h"

namespace parley::core {

// A file that shall be uploaded by somebody without a key.
struct UploadWish {
  ContentKind kind{};
  std::string mime_type, file_name;
  std::int64_t size = 0;  // bytes, exactly
};
// Leave to upload it. The token holds all that is needed, sealed, so that nothing is kept of what
// may never come.
struct UploadGrant {
  MediaRef media;  // as it will be, but for the digest
  std::string token;
  base::Time until;
};
inline constexpr std::chrono::hours kUploadGrantLifetime{1};

// Thread: its store's scheduler.
class Uploads {
 public:
  Uploads(Store& store, base::Random& random, Secrets& secrets, const LinkFactories& links,
          MediaSource& media)
      : store_(store), random_(random), secrets_(secrets), links_(links), media_(media) {}

  // Stores media for sending through `channel`; durable when it returns. The errors of MediaSource.
  base::Task<base::Result<Media>> Upload(ChannelPtr channel, MediaDraft draft);
  // The same for all channels of an account, whose links may take less of it later.
  base::Task<base::Result<Media>> UploadFor(AccountRow account, MediaDraft draft);
  // kMediaTooLarge: over the limit of the kind or the link. kMediaWrongType: no file of that type
  // can be of the kind. A fault of "size" when it is not positive.
  base::Result<UploadGrant> Grant(const Channel& channel, UploadWish wish);
  // How many bytes may be uploaded with the token; none when it is not ours or has expired.
  std::optional<std::int64_t> GrantedSize(std::string_view token) const;
  // The same bytes may come again. kNotFound for a token without leave, a fault of "size" for
  // another number of bytes, kAlreadyExists for other bytes than came before; the errors of
  // MediaSource.
  base::Task<base::Result<Media>> Redeem(std::string token, std::string bytes);

  // kNotFound: unknown, or another owner's.
  base::Task<base::Result<Media>> Get(MediaOwner owner, MediaId id);
  // Messages that were sent with it keep theirs.
  base::Task<base::Result<void>> Delete(MediaOwner owner, MediaId id);

 private:
  base::Task<base::Result<Media>> Keep(MediaOwner owner, MediaDraft draft, std::int64_t max_size);
  base::Result<std::int64_t> MaxSizeOf(const Channel& channel) const;

  Store& store_;
  base::Random& random_;
  Secrets& secrets_;
  const LinkFactories& links_;
  MediaSource& media_;
};

}  // namespace parley::core
