// Activity: what goes in and out right now, for those who watch: API calls and posts to webhooks.
//
// A ring of the newest items, in memory only. While nobody watches nothing is copied, so that a
// call costs a look at one flag; in the demo somebody always does. Bodies are kept in the demo
// alone. An item is kept as it came and becomes text when it is first told, because most are never
// told. Keys are never told: Authorization and cookies are not looked at, and what looks like a key
// in a query or a body is masked (masking.h).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "admin/activity_schema.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "http/message.h"

namespace parley::admin {

// The start of a body.
struct KeptBody {
  std::string type;   // as Content-Type has it; empty for a post's
  std::string start;  // any bytes
  bool is_cut = false;
};

// A call on its way. It is told once it is answered.
struct CallNote {
  std::string_view api, method;  // of static life
  std::string target;
  base::Time at;
  std::optional<KeptBody> request, response;
  std::int64_t status = 0;
  base::Duration took{0};
};

// A post that has ended.
struct PostNote {
  PostAttemptView view;  // without its id, time and bodies
  base::Time at;
  std::optional<KeptBody> request, response;
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
    std::variant<std::unique_ptr<CallNote>, std::unique_ptr<PostNote>> note;
    std::string text;  // as a server-sent event; empty until it was told
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
  template <class Note>
  void Add(std::unique_ptr<Note> note);
  // What no number of another start is.
  std::string IdOf(const Item& item) const;
  const std::string& TextOf(Item& item) const;

  base::Scheduler& scheduler_;
  const bool keeps_bodies_;
  const base::Time started_at_;
  std::deque<Item> items_;
  std::uint64_t last_ = 0;
  std::vector<Watcher*> watchers_;
  bool stopped_ = false;
};

}  // namespace parley::admin
