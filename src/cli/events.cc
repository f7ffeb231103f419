#include <fmt/format.h>

#include "cli/handlers.h"
#include "cli/lookup.h"

namespace parley::cli {
namespace {

namespace json = base::json;
using base::Error;
using base::ErrorCode;

constexpr base::Duration kFollowWait = std::chrono::seconds(30);
constexpr base::Duration kRetryPause = std::chrono::seconds(2);
constexpr std::int64_t kEventsPage = 200;

// One line each: in JSON the whole event, else position, time, name, channel and body.
void Print(Output& output, const json::object& event) {
  if (output.json()) return output.Json(event);
  const json::value* position = base::Find(event, "position");
  const json::value* body = base::Find(event, "body");
  // JSON text holds no control characters, so it can go to the terminal as it is.
  output.Line(
      fmt::format("{:>8}  {}  {:<28} {}  {}", position == nullptr ? "-" : base::ToText(*position),
                  base::FindText(event, "at"), base::FindText(event, "name"),
                  base::FindText(event, "channel_id"), body == nullptr ? "" : base::ToText(*body)));
}

// A filter may name an account; a channel of it is then found by its name too.
base::Result<std::string> FilterOf(Session& session) {
  const auto account = session.arguments.Find("--account");
  const auto channel = session.arguments.Find("--channel");
  std::string filter;
  if (account) {
    PARLEY_TRY(path, AccountPath(session.api, *account));
    filter += "&account=" + Escape(LastId(path));
  }
  if (channel && account) {
    PARLEY_TRY(path, ChannelPath(session.api, *account, *channel));
    filter += "&channel=" + Escape(LastId(path));
  } else if (channel) {
    filter += "&channel=" + Escape(*channel);
  }
  return filter;
}

class Reader {
 public:
  Reader(Session& session, std::string filter)
      : session_(session),
        filter_(std::move(filter)),
        after_(session.arguments.Number("--after")),
        left_(session.arguments.Number("--limit").value_or(-1)) {}

  base::Result<int> Run() {
    if (session_.arguments.Has("--new")) PARLEY_CHECK(GoToEnd());
    const bool follow = session_.arguments.Has("--follow");
    while (left_ != 0) {
      auto more = ReadPage(follow);
      // A server that restarts does not end a follower.
      if (!more && follow && reached_ && base::IsTransient(more.error().code)) {
        session_.output.Failure(more.error());
        session_.api.Pause(kRetryPause);
        continue;
      }
      if (!more) return more.error();
      reached_ = true;
      if (!*more && !follow) break;
    }
    return 0;
  }

 private:
  base::Result<void> GoToEnd() {
    PARLEY_TRY(node, AsObject(session_.api.Get("/node")));
    const json::value* log = base::Find(node, "events");
    const json::value* last =
        log != nullptr && log->is_object() ? base::Find(log->get_object(), "last") : nullptr;
    if (last == nullptr || !last->is_int64())
      return Error(ErrorCode::kUnavailable, "The server's answer is not what was expected");
    after_ = last->get_int64();
    return {};
  }

  // True when there may be more already.
  base::Result<bool> ReadPage(bool follow) {
    const std::int64_t limit = left_ < 0 ? kEventsPage : std::min(left_, kEventsPage);
    const base::Duration wait = follow ? kFollowWait : base::Duration(0);
    std::string path = fmt::format("/events?limit={}{}", limit, filter_);
    if (after_) path += fmt::format("&after={}", *after_);
    if (follow)
      path +=
          fmt::format("&wait={}", std::chrono::duration_cast<std::chrono::seconds>(wait).count());
    PARLEY_TRY(page, AsObject(session_.api.Get(path, wait + AdminApi::kTimeout)));
    const json::value* events = base::Find(page, "events");
    const json::value* next = base::Find(page, "next");
    if (events == nullptr || !events->is_array() || next == nullptr || !next->is_int64())
      return Error(ErrorCode::kUnavailable, "The server's answer is not what was expected");
    for (const json::value& event : events->get_array()) {
      if (event.is_object()) Print(session_.output, event.get_object());
      if (left_ > 0) --left_;
    }
    const bool moved = next->get_int64() > after_.value_or(0);
    after_ = next->get_int64();
    return moved;
  }

  Session& session_;
  const std::string filter_;
  std::optional<std::int64_t> after_;  // none: the oldest that is kept
  std::int64_t left_;                  // events still wanted; negative: all
  bool reached_ = false;
};

}  // namespace

base::Result<int> ShowEvents(Session& session) {
  PARLEY_TRY(filter, FilterOf(session));
  return Reader(session, filter).Run();
}

}  // namespace parley::cli
