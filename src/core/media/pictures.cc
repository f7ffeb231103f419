#include "core/media/pictures.h"

#include "core/media/media_store.h"

namespace parley::core {

base::Result<MediaRef> KeepPicture(Transaction& tx, const Media& picture) {
  const MediaRef& ref = picture.ref;
  PARLEY_TRY(known, tx.media().FindSame(picture.account, ref.sha256, ref.mime_type));
  if (known) {
    PARLEY_CHECK(tx.media().Renew(known->ref.id, picture.created_at));
    return known->ref;
  }
  PARLEY_CHECK(tx.media().Insert(picture));
  return ref;
}

}  // namespace parley::core
