#include "media/care.h"

#include <fcntl.h>

#include <deque>
#include <map>
#include <utility>

#include "base/digest.h"
#include "base/encoding.h"
#include "core/messages/content_kind.h"
#include "media/file_name.h"

namespace parley::media {
namespace {

using worker::Operation;
using worker::Output;

constexpr std::int64_t kMegabyte = 1 << 20;
constexpr std::size_t kMaxKnown = 500;  // files of which the result is remembered

// What a job may take. Of memory it is address space, in which the libraries themselves take some
// 400 MB; sound is worked on in pieces.
struct JobLimits {
  Operation operation;
  std::int64_t max_output, max_memory, max_seconds;
};
constexpr JobLimits kLimits[] = {
    {Operation::kImage, 100 * kMegabyte, 1536 * kMegabyte, 20},
    {Operation::kSticker, kMegabyte, 1536 * kMegabyte, 30},
    {Operation::kVoice, 16 * kMegabyte, 1024 * kMegabyte, 45},
    {Operation::kAudio, 0, 1024 * kMegabyte, 10},
    {Operation::kVideo, 0, 1536 * kMegabyte, 10},
    {Operation::kDocument, 0, 1024 * kMegabyte, 5},
    {Operation::kSpeech, 128 * kMegabyte, 1024 * kMegabyte, 45},
};
static_assert(std::size(kLimits) == worker::kOperationNames.rows.size());

worker::Request RequestFor(Operation operation) {
  worker::Request request;
  request.operation = operation;
  for (const JobLimits& row : kLimits) {
    if (row.operation != operation) continue;
    request.max_output = row.max_output;
    request.max_memory = row.max_memory;
    request.max_seconds = row.max_seconds;
  }
  return request;
}

struct Form {
  Output output;
  std::string_view type, extension;
};
constexpr Form kForms[] = {
    {Output::kJpeg, "image/jpeg", ".jpg"},
    {Output::kPng, "image/png", ".png"},
    {Output::kWebp, "image/webp", ".webp"},
    {Output::kOpus, "audio/ogg", ".ogg"},
};

// "note.mp3" is "note.ogg" when it has become another type.
void Rename(core::MediaRef& media, const Form& form) {
  if (media.mime_type == form.type) return;
  media.mime_type = form.type;
  if (!media.file_name.empty())
    media.file_name = WithEnding(std::move(media.file_name), form.extension);
}

// What came of a file.
struct Result {
  Output output = Output::kNothing;
  std::string sha256;  // of what was made of it
  std::int64_t size = 0;
  std::optional<core::MediaFacts> facts;
  std::string thumbnail;
};

void Apply(Result result, core::MediaForm& form) {
  form.media.facts = std::move(result.facts);
  form.thumbnail = std::move(result.thumbnail);
  for (const Form& row : kForms) {
    if (row.output != result.output) continue;
    form.media.sha256 = std::move(result.sha256);
    form.media.size = result.size;
    Rename(form.media, row);
    return;
  }
}

// What there is to do; none: the file goes as it is, and nobody looks into it.
std::optional<Operation> OperationFor(const core::MediaRef& media, core::ContentKind kind,
                                      bool voice) {
  switch (kind) {
    case core::ContentKind::kImage:
      // A drawing in text is nothing that is decoded here, and has no place where it was taken. The
      // example of 2Chat's collection sends one.
      if (media.mime_type == "image/svg+xml") return std::nullopt;
      return Operation::kImage;
    case core::ContentKind::kSticker:
      return Operation::kSticker;
    case core::ContentKind::kAudio:
      return voice ? Operation::kVoice : Operation::kAudio;
    case core::ContentKind::kVideo:
      return Operation::kVideo;
    case core::ContentKind::kDocument:
      if (media.mime_type == "application/pdf") return Operation::kDocument;
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

class Care final : public core::MediaCare {
 public:
  Care(base::Scheduler& scheduler, base::BlockingPool& threads, core::BlobStore& blobs,
       WorkerPool& workers, CareOptions options)
      : scheduler_(scheduler),
        threads_(threads),
        blobs_(blobs),
        workers_(workers),
        options_(options) {}

  bool is_on() const override { return true; }
  std::int64_t under_way() const override { return static_cast<std::int64_t>(under_way_); }

  base::Task<base::Result<core::MediaForm>> Prepare(core::MediaRef media, core::ContentKind kind,
                                                    bool voice) override {
    core::MediaForm form;
    form.media = std::move(media);
    const auto operation = OperationFor(form.media, kind, voice);
    if (!operation) co_return std::move(form);
    const std::string key = std::string(NameOf(*operation)) + form.media.sha256;
    if (const auto earlier = known_.find(key); earlier != known_.end()) {
      Result result = earlier->second;
      bool is_there = result.sha256.empty();
      auto renew = [this, &result] { return blobs_.Renew(result.sha256).has_value(); };
      if (!is_there) is_there = co_await threads_.Run(scheduler_, std::move(renew));
      if (is_there) {
        Apply(std::move(result), form);
        co_return std::move(form);
      }
    }
    worker::Request request = RequestFor(*operation);
    request.keep_place = options_.keep_place;
    Result result;
    auto work = [this, &form, &request, &result]() -> base::Result<void> {
      PARLEY_TRY(done, Do(request, form.media.sha256));
      return Keep(std::move(done), result);
    };
    PARLEY_CO_CHECK(co_await InTurn(std::move(work)));
    Remember(key, result);
    Apply(std::move(result), form);
    co_return std::move(form);
  }

  base::Task<base::Result<core::MediaForm>> Look(core::MediaRef media, core::ContentKind kind,
                                                 bool voice) override {
    core::MediaForm form;
    form.media = std::move(media);
    auto operation = OperationFor(form.media, kind, voice);
    if (!operation) co_return std::move(form);
    // A sticker that came is a picture like others.
    if (operation == Operation::kSticker) operation = Operation::kImage;
    worker::Request request = RequestFor(*operation);
    request.max_output = 0;
    request.only_look = true;
    Result result;
    auto work = [this, &form, &request, &result]() -> base::Result<void> {
      PARLEY_TRY(done, Do(request, form.media.sha256));
      return Keep(std::move(done), result);
    };
    PARLEY_CO_CHECK(co_await InTurn(std::move(work)));
    Apply(std::move(result), form);
    co_return std::move(form);
  }

  base::Task<base::Result<core::SpeechSound>> Speech(std::string sha256,
                                                     base::Duration longest) override {
    worker::Request request = RequestFor(Operation::kSpeech);
    request.longest_ms = longest.count();
    core::SpeechSound sound;
    auto work = [this, &request, &sha256, &sound]() -> base::Result<void> {
      PARLEY_TRY(done, Do(request, sha256));
      sound.samples = std::move(done.output);
      sound.is_cut = done.answer.is_cut;
      return {};
    };
    PARLEY_CO_CHECK(co_await InTurn(std::move(work)));
    co_return std::move(sound);
  }

 private:
  template <class Work>
  base::Task<base::Result<void>> InTurn(Work work) {
    if (under_way_ >= options_.max_waiting) co_return base::ErrorCode::kOverloaded;
    ++under_way_;
    auto done = co_await threads_.Run(scheduler_, std::move(work));
    --under_way_;
    co_return done;
  }

  // The rest runs on the pool's threads.
  base::Result<WorkerPool::Work> Do(const worker::Request& request, const std::string& sha256) {
    PARLEY_TRY(file, Open(sha256));
    return workers_.Run(request, std::move(file));
  }

  base::Result<worker::Descriptor> Open(const std::string& sha256) {
    if (const auto path = blobs_.PathOf(sha256)) {
      worker::Descriptor file(::open(path->c_str(), O_RDONLY | O_CLOEXEC));
      if (file) return file;
    }
    PARLEY_TRY(bytes, blobs_.Read(sha256));
    return FileOf(bytes);
  }

  base::Result<void> Keep(WorkerPool::Work work, Result& result) {
    if (work.answer.facts != core::MediaFacts()) result.facts = std::move(work.answer.facts);
    result.thumbnail = base::FromBase64(work.answer.thumbnail).value_or("");
    result.output = work.answer.output;
    if (result.output == Output::kNothing) return {};
    result.sha256 = base::ToHexText(base::AsText(base::Sha256(work.output)));
    result.size = static_cast<std::int64_t>(work.output.size());
    return blobs_.Store(result.sha256, work.output);
  }

  // The same file is sent to many.
  void Remember(const std::string& key, const Result& result) {
    if (!known_.insert_or_assign(key, result).second) return;
    order_.push_back(key);
    if (order_.size() <= kMaxKnown) return;
    known_.erase(order_.front());
    order_.pop_front();
  }

  base::Scheduler& scheduler_;
  base::BlockingPool& threads_;
  core::BlobStore& blobs_;
  WorkerPool& workers_;
  const CareOptions options_;
  std::size_t under_way_ = 0;
  std::map<std::string, Result> known_;  // by operation and digest
  std::deque<std::string> order_;        // its keys, the oldest first
};

}  // namespace

std::unique_ptr<core::MediaCare> MakeCare(base::Scheduler& scheduler, base::BlockingPool& threads,
                                          core::BlobStore& blobs, WorkerPool& workers,
                                          CareOptions options) {
  return std::make_unique<Care>(scheduler, threads, blobs, workers, options);
}

}  // namespace parley::media
