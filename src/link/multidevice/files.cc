#include "link/multidevice/files.h"

#include "core/channels/load_proxy.h"
#include "core/media/pictures.h"
#include "core/messages/content_kind.h"

namespace parley::link::multidevice {

base::Task<base::Result<core::Media>> Files::FetchPicture(core::Channel channel, std::string url,
                                                          base::Duration limit) {
  PARLEY_CO_TRY(proxy, co_await core::LoadProxy(store_, secrets_, channel.row, channel.id));
  if (proxy && proxy->active)
    co_return base::Error(base::ErrorCode::kNotSupported,
                          "Pictures are not fetched through a channel's proxy yet");
  http::ClientRequest request(http::Method::kGet, std::move(url));
  request.timeout = limit;
  request.max_response = static_cast<std::size_t>(core::kMaxPicture);
  PARLEY_CO_TRY(answer, co_await client_.Send(std::move(request)));
  if (answer.status != 200 || answer.truncated || answer.body.empty())
    co_return base::Error(base::ErrorCode::kUnavailable, "The network's media host has no picture",
                          "status " + std::to_string(answer.status));
  core::MediaDraft draft;
  draft.source = core::MediaFromBytes{std::move(answer.body)};
  draft.kind = core::ContentKind::kImage;
  core::MediaOwner owner(channel.account);  // as pictures of people are
  co_return co_await media_.Resolve(owner, std::move(draft), core::kMaxPicture);
}

base::Task<base::Result<std::string>> Files::Read(core::MediaRef media, std::int64_t max) {
  if (media.size > max)
    co_return base::Error(base::ErrorCode::kMediaTooLarge, "The file is too large for that");
  auto read = [this, sha256 = media.sha256] { return blobs_.Read(sha256); };
  co_return co_await pool_.Run(store_.scheduler(), std::move(read));
}

}  // namespace parley::link::multidevice
