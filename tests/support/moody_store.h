// A store that can be told to take no writes, as one whose queue is full or whose disk fails.
#pragma once

#include <utility>

#include "core/store.h"

namespace parley::testing {

enum class StoreMood {
  kFine,
  kFull,     // its queue takes no write: kOverloaded
  kFailing,  // a write cannot be made durable: kUnavailable
};

// Thread: the one of the store it stands before, which outlives it.
class MoodyStore final : public core::StoreBackend {
 public:
  explicit MoodyStore(core::StoreBackend& store) : store_(store) {}

  // The mood comes after so many writes more that it takes as it does now.
  void SetMood(StoreMood mood, int after = 0) {
    next_ = mood;
    writes_left_ = after;
    if (after == 0) mood_ = mood;
  }

  bool SubmitWrite(core::StoreJob* job) override {
    if (writes_left_ == 0) mood_ = next_;
    if (writes_left_ > 0) --writes_left_;
    if (mood_ == StoreMood::kFull) return false;
    if (mood_ == StoreMood::kFine) return store_.SubmitWrite(job);
    job->Fail(base::Error(base::ErrorCode::kUnavailable, "", "the disk fails"));
    job->scheduler->Post(std::move(job->resume));
    return true;
  }
  bool SubmitRead(core::StoreJob* job) override {
    ++reads_;
    return store_.SubmitRead(job);
  }
  int reads() const { return reads_; }  // so far
  std::uint64_t directory_generation() const override { return store_.directory_generation(); }
  void OnEvents(std::function<void()> listener) override { store_.OnEvents(std::move(listener)); }

 private:
  core::StoreBackend& store_;
  StoreMood mood_ = StoreMood::kFine, next_ = StoreMood::kFine;
  int writes_left_ = 0, reads_ = 0;
};

}  // namespace parley::testing
