// The queue of voice messages that wait to be transcribed.
//
// What waits is rows of the store, written with the message, so a restart finds them again. Each
// engine works on a few at a time, and on one of an account: accounts take turns, so that neither
// many messages nor an endpoint that hangs holds up the others. A fault that may pass is tried
// again after growing pauses; the last one becomes the outcome. Outcome and event are one
// transaction; a transcription that a crash interrupts is done again.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>

#include "base/random.h"
#include "base/scheduler.h"
#include "core/event_bell.h"
#include "core/secrets.h"
#include "core/speech/transcribe.h"
#include "core/speech/transcriber.h"
#include "core/store.h"

namespace parley::core {

// The pause after the first, second, ... attempt that failed. After the last one the message gets
// the fault.
inline constexpr auto kTranscriptionPauses = std::to_array<base::Duration>({
    std::chrono::seconds(30),
    std::chrono::minutes(2),
    std::chrono::minutes(10),
    std::chrono::minutes(30),
    std::chrono::hours(2),
});
// An endpoint may ask for a longer one, up to this.
inline constexpr base::Duration kLongestTranscriptionPause = std::chrono::hours(6);

struct TranscriptionOptions {
  std::size_t embedded_at_once = 1;
  std::size_t endpoint_at_once = 4;
};

// How they end is counted with the events that tell it.
struct TranscriptionCounters {
  std::atomic<std::int64_t> running{0}, retried{0};
};

// What an account's endpoint key is sealed for.
std::string TranscriptionKeyPurpose(AccountId account);

// Thread: its store's scheduler, except the counters.
class TranscriptionQueue {
 public:
  TranscriptionQueue(Store& store, base::Random& random, EventBell& bell, const Secrets& secrets,
                     Transcribers transcribers, TranscriptionOptions options);

  void Start();
  // Begins nothing more. What is under way is left; its rows are found at the next start.
  base::Task<> Stop();

  const TranscriptionCounters& counters() const { return counters_; }

 private:
  // One engine's work.
  struct Lane {
    TranscriptionEngine engine;
    std::size_t at_once;
    AccountRow last;            // whose turn it was
    std::set<AccountRow> busy;  // with a message under way
  };

  base::Task<> Run();
  // Begins what is due and has room; when something else will be.
  base::Task<base::Result<std::optional<base::Time>>> BeginDue();
  base::Task<base::Result<std::optional<TranscriptionJob>>> NextOf(TranscriptionEngine engine);
  base::Task<> Work(Lane& lane, TranscriptionJob job);
  base::Task<base::Result<void>> Try(TranscriptionJob job);
  base::Task<base::Result<void>> Conclude(TranscriptionJob job, Hearing hearing,
                                          std::string language);
  Lane& LaneOf(TranscriptionEngine engine);

  Store& store_;
  base::Scheduler& scheduler_;
  base::Random& random_;
  EventBell& bell_;
  const Secrets& secrets_;
  const Transcribers transcribers_;
  TranscriptionCounters counters_;
  std::array<Lane, 2> lanes_;
  bool running_ = false, stopping_ = false;
  base::Signal wake_, ended_;
};

}  // namespace parley::core
