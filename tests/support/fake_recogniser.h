// A recogniser that hears what it is told to.
#pragma once

#include <string>
#include <utility>

#include "base/scheduler.h"
#include "core/speech/transcriber.h"

namespace parley::testing {

class FakeRecogniser final : public core::Transcriber {
 public:
  // From now on every message is heard like this, after so long.
  void SetHearing(core::Hearing hearing, base::Duration takes) {
    hearing_ = std::move(hearing);
    takes_ = takes;
  }
  // The clock may be another one after a crash.
  void SetScheduler(base::Scheduler& scheduler) { scheduler_ = &scheduler; }
  int heard() const { return heard_; }

  base::Task<core::Hearing> Transcribe(core::Speech) override {
    ++heard_;
    const core::Hearing hearing = hearing_;
    co_await scheduler_->Sleep(takes_);
    co_return hearing;
  }

 private:
  base::Scheduler* scheduler_ = nullptr;
  core::Hearing hearing_ = core::Hearing::Fault(core::TranscriptionFault::kNoSpeech);
  base::Duration takes_ = std::chrono::seconds(1);
  int heard_ = 0;  // messages begun
};

}  // namespace parley::testing
