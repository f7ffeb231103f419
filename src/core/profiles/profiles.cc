#include "core/profiles/profiles.h"

#include "core/channels/ask.h"
#include "core/media/pictures.h"
#include "core/messages/content_kind.h"

namespace parley::core {

base::Task<base::Result<OwnProfile>> Profiles::Get(ChannelPtr channel) {
  GetProfile question;
  PARLEY_CO_TRY(profile, co_await Ask(port_, channel->row, std::move(question)));
  if (profile.picture) {
    auto write = [picture = *profile.picture](Transaction& tx) { return KeepPicture(tx, picture); };
    PARLEY_CO_TRY(kept, co_await store_.Write(std::move(write)));
    profile.picture->ref = std::move(kept);
  }
  co_return std::move(profile);
}

base::Task<base::Result<void>> Profiles::Change(ChannelPtr channel, ProfileCommand command) {
  ChangeProfile request;
  request.push_name = std::move(command.push_name);
  request.about = std::move(command.about);
  request.address = std::move(command.address);
  request.description = std::move(command.description);
  request.email = std::move(command.email);
  request.vertical = std::move(command.vertical);
  request.websites = std::move(command.websites);
  if (command.picture) {
    command.picture->kind = ContentKind::kImage;
    MediaOwner owner(channel->account, channel->row);
    PARLEY_CO_TRY(picture,
                  co_await media_.Resolve(owner, std::move(*command.picture), kMaxPicture));
    request.picture = picture.ref;
  }
  PARLEY_CO_CHECK(co_await Ask(port_, channel->row, std::move(request)));
  co_return base::Result<void>();
}

}  // namespace parley::core
