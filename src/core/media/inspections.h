// Media that came with messages is looked into behind them.
//
// What a phone says of a file that it sends is up to the phone, and some say nothing. So media care
// looks into what came, after the message and its event are stored: one file at a time, accounts in
// turn. What it finds takes the place of what was said, in the media's row and in the message as it
// is read from then on; no event tells of it. A file that cannot be read, or is made to do harm,
// changes nothing: it came, and its message stands.
//
// What waits is rows of the store, written with the message, so a restart finds it again; more than
// kMaxWaitingInspections of an account are not written. Without media care they wait.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "base/scheduler.h"
#include "core/event_bell.h"
#include "core/media/media_care.h"
#include "core/media/media_store.h"
#include "core/messages/message.h"
#include "core/store.h"

namespace parley::core {

inline constexpr int kMaxWaitingInspections = 500;  // of an account

// For a message that came with media: makes it wait, unless too many do. `message` is stored, with
// its row.
base::Result<void> WantInspection(Transaction& tx, const Message& message);

// What is to be looked into.
struct InspectionWork {
  MediaRef media;
  ContentKind kind;
  bool voice = false;
};
// None when the message, or its file, is no longer there.
base::Result<std::optional<InspectionWork>> FindInspected(const Transaction& tx,
                                                          const Inspection& inspection);
// Stores what was found, if anything was, and ends the wait.
base::Result<void> EndInspection(Transaction& tx, const Inspection& inspection,
                                 const std::optional<MediaForm>& found);

struct InspectionCounters {
  // Files of which something was found, of which nothing is known, that were refused.
  std::atomic<std::int64_t> found{0}, unknown{0}, refused{0};
};

// Thread: its store's scheduler, except the counters.
class Inspections {
 public:
  Inspections(Store& store, EventBell& bell, MediaCare& care);

  // Does nothing without media care.
  void Start();
  // Begins nothing more. What is under way is left; its row is found at the next start.
  base::Task<> Stop();

  const InspectionCounters& counters() const { return counters_; }

 private:
  base::Task<> Run();
  base::Task<> Drain();
  base::Task<base::Result<std::optional<Inspection>>> Next();
  base::Task<base::Result<void>> Inspect(Inspection inspection);

  Store& store_;
  base::Scheduler& scheduler_;
  EventBell& bell_;
  MediaCare& care_;
  InspectionCounters counters_;
  AccountRow last_;           // whose turn it was
  bool is_draining_ = false;  // files are looked into until none waits
  bool is_asked_ = false;     // meanwhile the bell rang
  bool running_ = false, stopping_ = false;
  base::Signal wake_, ended_;
};

}  // namespace parley::core
