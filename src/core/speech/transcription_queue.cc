#include "core/speech/transcription_queue.h"

#include <algorithm>
#include <utility>

#include "base/log.h"
#include "core/speech/transcription_store.h"

namespace parley::core {
namespace {

// The bell rings at every event; many at once cost one look.
constexpr base::Duration kLookPause = std::chrono::milliseconds(100);
// After the store could not be read or written.
constexpr base::Duration kStorePause = std::chrono::seconds(5);
constexpr base::Duration kLongestWait = std::chrono::hours(1);

base::Duration PauseAfter(int attempts, const Hearing& hearing) {
  base::Duration pause = kTranscriptionPauses[static_cast<std::size_t>(attempts - 1)];
  if (hearing.retry_after)
    pause = std::max(pause, std::min(*hearing.retry_after, kLongestTranscriptionPause));
  return pause;
}

}  // namespace

std::string TranscriptionKeyPurpose(AccountId account) {
  return "transcription/" + account.value.ToText();
}

TranscriptionQueue::TranscriptionQueue(Store& store, base::Random& random, EventBell& bell,
                                       const Secrets& secrets, Transcribers transcribers,
                                       TranscriptionOptions options)
    : store_(store),
      scheduler_(store.scheduler()),
      random_(random),
      bell_(bell),
      secrets_(secrets),
      transcribers_(transcribers),
      lanes_{Lane{TranscriptionEngine::kEmbedded, options.embedded_at_once, AccountRow(), {}},
             Lane{TranscriptionEngine::kEndpoint, options.endpoint_at_once, AccountRow(), {}}},
      wake_(scheduler_),
      ended_(scheduler_) {}

void TranscriptionQueue::Start() {
  running_ = true;
  bell_.Join(scheduler_, wake_);
  scheduler_.Spawn("transcription queue", Run());
}

base::Task<> TranscriptionQueue::Stop() {
  stopping_ = true;
  wake_.Notify();
  while (running_) co_await ended_.Wait();
  bell_.Leave(wake_);
}

base::Task<> TranscriptionQueue::Run() {
  while (!stopping_) {
    auto next = co_await BeginDue();
    base::Duration wait = kLongestWait;
    if (!next) {
      base::LogWarning("Waiting transcriptions could not be read",
                       {{"reason", next.error().detail}});
      wait = kStorePause;
    } else if (*next) {
      wait = std::clamp(**next - scheduler_.Now(), base::Duration(0), kLongestWait);
    }
    if (stopping_) break;
    co_await wake_.WaitFor(wait);
    if (stopping_) break;
    co_await scheduler_.Sleep(kLookPause);
  }
  running_ = false;
  ended_.Notify();
}

base::Task<base::Result<std::optional<base::Time>>> TranscriptionQueue::BeginDue() {
  for (Lane& lane : lanes_) {
    while (lane.busy.size() < lane.at_once && !stopping_) {
      PARLEY_CO_TRY(job, co_await NextOf(lane.engine));
      if (!job) break;
      lane.last = job->account;
      lane.busy.insert(job->account);
      ++counters_.running;
      scheduler_.Spawn("transcription", Work(lane, *job));
    }
  }
  auto next = [now = scheduler_.Now()](const Transaction& tx) {
    return tx.transcriptions().NextDue(now);
  };
  co_return co_await store_.Read(next);
}

// Accounts take turns: the next one behind the last that has no message under way.
base::Task<base::Result<std::optional<TranscriptionJob>>> TranscriptionQueue::NextOf(
    TranscriptionEngine engine) {
  const Lane& lane = LaneOf(engine);
  auto find = [engine, last = lane.last, busy = lane.busy, now = scheduler_.Now()](
                  const Transaction& tx) -> base::Result<std::optional<TranscriptionJob>> {
    for (const bool from_start : {false, true}) {
      AccountRow after = from_start ? AccountRow() : last;
      while (true) {
        PARLEY_TRY(job, tx.transcriptions().FirstDue(engine, after, now));
        if (!job) break;
        if (!busy.contains(job->account)) return std::move(job);
        after = job->account;
      }
    }
    return std::optional<TranscriptionJob>();
  };
  co_return co_await store_.Read(std::move(find));
}

base::Task<> TranscriptionQueue::Work(Lane& lane, TranscriptionJob job) {  // outlives the call
  auto done = co_await Try(job);
  if (!done) {
    base::LogWarning("A transcription could not be stored", {{"reason", done.error().detail}});
    co_await scheduler_.Sleep(kStorePause);  // it is still due
  }
  lane.busy.erase(job.account);
  --counters_.running;
  wake_.Notify();
}

base::Task<base::Result<void>> TranscriptionQueue::Try(TranscriptionJob job) {
  const Stamp stamp(scheduler_.Now(), random_);
  auto begin = [job, stamp](Transaction& tx) {
    Stamp own = stamp;
    return BeginTranscription(tx, job, own);
  };
  PARLEY_CO_TRY(work, co_await store_.Write(begin));
  if (!work) co_return base::Result<void>();
  Speech speech;
  speech.media = work->media;
  speech.language = work->settings.transcription_language;
  speech.url = work->settings.transcription_url;
  speech.model = work->settings.transcription_model;
  if (!work->sealed_key.empty()) {
    auto key = secrets_.Open(TranscriptionKeyPurpose(work->account), work->sealed_key);
    if (!key) {
      Hearing unreadable =
          Hearing::Fault(TranscriptionFault::kRefused, "The endpoint's key cannot be opened");
      co_return co_await Conclude(job, std::move(unreadable), speech.language);
    }
    speech.key = std::move(*key);
  }
  Transcriber* const transcriber = transcribers_.Of(job.engine);
  Hearing hearing =
      Hearing::Fault(TranscriptionFault::kUnavailable, "This server has no such engine");
  const std::string language = speech.language;
  if (transcriber != nullptr) hearing = co_await transcriber->Transcribe(std::move(speech));
  co_return co_await Conclude(job, std::move(hearing), language);
}

base::Task<base::Result<void>> TranscriptionQueue::Conclude(TranscriptionJob job, Hearing hearing,
                                                            std::string language) {
  const bool passes = hearing.fault && KindOf(*hearing.fault).passes;
  if (passes && job.attempts < static_cast<int>(kTranscriptionPauses.size())) {
    TranscriptionJob later = job;
    ++later.attempts;
    later.due = scheduler_.Now() + PauseAfter(later.attempts, hearing);
    auto postpone = [later](Transaction& tx) { return tx.transcriptions().Put(later); };
    PARLEY_CO_CHECK(co_await store_.Write(postpone));
    ++counters_.retried;
    co_return base::Result<void>();
  }
  Transcription outcome;
  outcome.status = hearing.fault ? TranscriptionStatus::kFailed : TranscriptionStatus::kDone;
  outcome.engine = job.engine;
  outcome.text = std::move(hearing.text);
  outcome.language = hearing.language.empty() ? std::move(language) : std::move(hearing.language);
  outcome.fault = hearing.fault;
  outcome.detail = std::move(hearing.detail);
  const Stamp stamp(scheduler_.Now(), random_);
  auto finish = [job, outcome, stamp](Transaction& tx) {
    Stamp own = stamp;
    return FinishTranscription(tx, job, outcome, own);
  };
  co_return co_await store_.Write(std::move(finish));
}

TranscriptionQueue::Lane& TranscriptionQueue::LaneOf(TranscriptionEngine engine) {
  return lanes_[0].engine == engine ? lanes_[0] : lanes_[1];
}

}  // namespace parley::core
