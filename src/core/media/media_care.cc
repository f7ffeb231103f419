#include "core/media/media_care.h"

namespace parley::core {
namespace {

class NoMediaCare final : public MediaCare {
 public:
  bool is_on() const override { return false; }

  base::Task<base::Result<MediaForm>> Prepare(MediaRef media, ContentKind, bool) override {
    MediaForm form;
    form.media = std::move(media);
    co_return std::move(form);
  }

  base::Task<base::Result<MediaForm>> Look(MediaRef media, ContentKind, bool) override {
    MediaForm form;
    form.media = std::move(media);
    co_return std::move(form);
  }

  base::Task<base::Result<SpeechSound>> Speech(std::string, base::Duration) override {
    co_return base::Error(base::ErrorCode::kUnavailable, "Media care is switched off");
  }
};

}  // namespace

std::unique_ptr<MediaCare> MakeNoMediaCare() { return std::make_unique<NoMediaCare>(); }

}  // namespace parley::core
