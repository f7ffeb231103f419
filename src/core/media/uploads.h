// Media that a program stores first and sends by its id later, as often as it likes.
#pragma once

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/channels/link.h"
#include "core/media/media_source.h"
#include "core/store.h"

namespace parley::core {

// Thread: its store's scheduler.
class Uploads {
 public:
  Uploads(Store& store, const LinkFactories& links, MediaSource& media)
      : store_(store), links_(links), media_(media) {}

  // Stores media for sending through `channel`; durable when it returns. The errors of MediaSource.
  base::Task<base::Result<Media>> Upload(ChannelPtr channel, MediaDraft draft);
  // kNotFound: unknown, or of another account.
  base::Task<base::Result<Media>> Get(AccountRow account, MediaId id);
  // Messages that were sent with it keep theirs.
  base::Task<base::Result<void>> Delete(AccountRow account, MediaId id);

 private:
  Store& store_;
  const LinkFactories& links_;
  MediaSource& media_;
};

}  // namespace parley::core
