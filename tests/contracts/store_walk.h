// A walk of random operations through a store and its model, side by side.
//
// Writes come in groups that start at once, with refused ones among them; after each group,
// questions are asked of both, on a reader or on the writer; now and then the store is closed, or
// crashes.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/digest.h"
#include "base/random.h"
#include "tests/contracts/store_drivers.h"
#include "tests/contracts/store_model.h"

namespace parley::testing {

using base::Result;
using core::Transaction;

// One write: what it does, and what it does to the model if it is kept.
struct Write {
  std::function<Result<void>(Transaction&)> run;
  std::function<void()> apply;
  bool fails = false;  // must be refused, and leave nothing behind
};

// One question, and the right answer.
struct Query {
  std::string what;
  std::function<std::string(const Transaction&)> ask;
  std::string expected;
};

class Walk {
 public:
  Walk(StoreUnderTest& store, std::uint64_t seed)
      : store_(store), random_(base::MakeSeededRandom(seed)) {}

  // Returns what went wrong, or nothing.
  std::string Go(int steps) {
    Found();
    for (int i = 0; i < steps && fault_.empty(); ++i) {
      if (Chance(40)) {
        store_.Restart(Chance(2));
      } else {
        Step();
      }
      Check(Some(12), Chance(2));
      if (i % 50 == 49) Check(Everything(), false);
    }
    store_.Restart(false);
    Check(Everything(), true);
    return fault_;
  }

 private:
  std::size_t Below(std::size_t bound) { return static_cast<std::size_t>(random_->Below(bound)); }
  bool Chance(std::size_t one_in) { return Below(one_in) == 0; }
  template <class Map>
  const auto& Any(const Map& map) {
    return std::next(map.begin(), static_cast<std::ptrdiff_t>(Below(map.size())))->second;
  }
  template <class Id>
  Id NewId() {
    return Id(base::MakeUuidV7(now_, *random_));
  }
  base::Time Tick() { return now_ += std::chrono::milliseconds(Below(2000)); }
  std::string Phone() { return std::to_string(15550000 + Below(25)); }
  std::string Lid() { return std::to_string(77000000 + Below(25)); }
  base::Digest Digest(std::size_t of) { return base::Sha256(std::to_string(of)); }
  core::Month SomeMonth() {
    return {2026 + static_cast<int>(Below(2)), 1 + static_cast<int>(Below(3))};
  }
  core::Conversation SomeConversation();
  std::string LinkId() { return "net-" + std::to_string(Below(60)); }

  void Found();
  void Step();
  void Apply(std::vector<Write> writes);
  void Check(const std::vector<Query>& queries, bool on_writer);
  std::vector<Query> Some(int count);
  std::vector<Query> Everything();

  // The writes. Those of Alone() change what others of a group may refer to.
  Write Any();
  Write Alone();
  Write Refused();
  Write PutAccount(bool is_new);
  Write PutCredential();
  Write PutChannel(bool is_new);
  Write PutPerson(bool is_new);
  Write PutChat();
  Write PutMessage();
  Write SetStatus();
  Write CountUsage();
  Write EnterConversation();
  Write WidenWindow();
  Write AppendEvent();
  Write PutSubscription(bool is_new);
  Write PutDelivery();
  Write MoveDeliveries();
  Write PutMedia();
  Write PutOperation();
  Write PutRecord();
  Write PutLinkState();
  Write Merge();
  Write Prune();

  // The questions.
  Query AskMessage();
  Query AskPage();
  Query AskContact();
  Query AskAccountThings();
  Query AskChannel();
  Query AskEvents();
  Query AskDeliveries();
  Query AskRest();

  StoreUnderTest& store_;
  std::unique_ptr<base::Random> random_;
  Model model_;
  base::Time now_ = base::FromUnixMs(1'800'000'000'000);
  std::string fault_;
};

}  // namespace parley::testing
