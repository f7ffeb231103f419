// Activity: what goes in and out right now, for those who watch: API calls and posts to webhooks.
//
// A ring of the newest items, in memory only. While nobody watches nothing is copied, so that a
// call costs a look at one flag; in the demo somebody always does. Bodies are kept in the demo
// alone. Keys are never kept: Authorization and cookies are not looked at, and what looks like a
// key in a query or a body is masked (masking.h).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "admin/activity_schema.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "http/message.h"

namespace parley::admin {

// A call on its way. It is told once it is answered.
struct CallNote {
  CallView view;
};

// Thread: its scheduler's.
class Activity {
 public:
  static constexpr std::size_t kMaxItems = 500;
  static constexpr std::size_t kToldFirst = 100;  // to who begins to watch
  static constexpr std::size_t kMaxWatchers = 32;
  static constexpr std::size_t kMaxBody = 8 * 1024;        // of a request or an answer
  static constexpr std::size_t kMaxPostAnswer = 2 * 1024;  // of a webhook's receiver

  Activity(base::Scheduler& scheduler, bool keeps_bodies)
      : scheduler_(scheduler), keeps_bodies_(keeps_bodies), started_at_(scheduler.Now()) {}

  bool is_watched() const { return keeps_bodies_ || !watchers_.empty(); }

  // `api` is the owner's name at the front door. Null when nobody watches, or when the call is none
  // to be told of: the dashboard's own, and what is no API.
  std::unique_ptr<CallNote> Begin(std::string_view api, const http::Request& request);
  void End(std::unique_ptr<CallNote> note, const http::Response& response, base::Duration took);
  // Bodies are cut to size here. Only while it is watched.
  void AddPost(PostAttemptView post, std::string_view request, std::string_view response);

  struct Item {
    std::uint64_t number;  // from 1 on
    std::string text;      // as a server-sent event
  };

  // Somebody who watches, until it is destroyed.
  class Watcher {
   public:
    explicit Watcher(Activity& activity);
    ~Watcher();
    Watcher(const Watcher&) = delete;

    // What has not been told yet, all of it; empty when there is nothing. Who is too slow misses
    // what the ring no longer has.
    std::string Take();
    // False when `limit` passed and nothing came. True also when `stopped`.
    base::Task<bool> WaitFor(base::Duration limit) { return signal_.WaitFor(limit); }
    void Wake() { signal_.Notify(); }
    bool stopped() const { return activity_.stopped_; }

   private:
    Activity& activity_;
    base::Signal signal_;
    std::uint64_t told_;  // the number of the last one
  };
  // kOverloaded when there are kMaxWatchers.
  base::Result<std::unique_ptr<Watcher>> Watch();
  // Ends all watching, now and from now on.
  void Stop();

 private:
  template <class View>
  void Add(std::string_view event, View& view);

  base::Scheduler& scheduler_;
  const bool keeps_bodies_;
  const base::Time started_at_;
  std::deque<Item> items_;
  std::uint64_t last_ = 0;
  std::vector<Watcher*> watchers_;
  bool stopped_ = false;
};

}  // namespace parley::admin
