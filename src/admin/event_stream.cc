// The event log as server-sent events (WHATWG HTML, 9.2).
#include <fmt/format.h>

#include <charconv>
#include <memory>

#include "admin/errors.h"
#include "admin/events.h"
#include "admin/handlers.h"
#include "admin/query.h"

namespace parley::admin {
namespace {

constexpr base::Duration kHeartbeat = std::chrono::seconds(15);

// One stream, from the request to its end.
class EventStream {
 public:
  EventStream(Context& context, core::EventQuery query,
              std::unique_ptr<core::EventLog::Follower> follower)
      : log_(context.events),
        texts_(context.event_texts),
        query_(std::move(query)),
        told_(query_.after),
        follower_(std::move(follower)) {}

  base::Task<> Run(http::StreamWriter& writer) {
    auto end = [this] {
      ended_ = true;
      follower_->Wake();
    };
    writer.OnEnd(std::move(end));
    // The head goes out with the first bytes, so that the caller knows at once that it is
    // connected.
    std::string text = ": events follow\n\n";
    while (!ended_ && !follower_->stopped()) {
      if (!text.empty() && !co_await writer.Write(std::exchange(text, ""))) co_return;
      auto page = co_await log_.Read(query_);
      if (!page) {
        const std::string last = "event: error\ndata: " + ErrorText(page.error()) + "\n\n";
        co_await writer.Write(last);
        co_return;
      }
      query_.after = page->next;
      for (const core::LoggedEvent& logged : page->events) text += texts_.Of(logged);
      if (!page->events.empty()) told_ = page->events.back().event.position;
      if (text.empty() && page->at_end && !co_await follower_->WaitFor(kHeartbeat))
        text = Heartbeat();
    }
  }

 private:
  // With the position that was reached, when others' events lie before it: who comes back after a
  // break then need not have them looked at again. A block without data is no event.
  std::string Heartbeat() {
    if (told_ == query_.after) return ": heartbeat\n\n";
    told_ = query_.after;
    return fmt::format(": heartbeat\nid: {}\n\n", told_.value);
  }

  core::EventLog& log_;
  EventTexts& texts_;
  core::EventQuery query_;
  core::EventPosition told_;  // the last position that the client knows
  const std::unique_ptr<core::EventLog::Follower> follower_;
  bool ended_ = false;  // the client is gone or the server stops
};

// A browser that comes back says what it had last; that counts more than the URL it was given.
base::Result<std::optional<core::EventPosition>> CursorOf(const http::Request& request) {
  const std::string_view last = request.headers.Get("Last-Event-ID");
  if (last.empty()) return QueryPosition(request, "after");
  std::int64_t position = 0;
  const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), position);
  if (error != std::errc() || end != last.data() + last.size() || position < 0)
    return base::FieldError("Last-Event-ID", "Must be an event position");
  return std::optional(core::EventPosition(position));
}

}  // namespace

HandlerResult StreamEvents(Call& call) {
  core::EventLog& log = call.context.events;
  PARLEY_CO_TRY(query, FilterOf(call.request));
  PARLEY_CO_TRY(cursor, CursorOf(call.request));
  if (!cursor) {
    PARLEY_CO_TRY(bounds, co_await log.Bounds());
    cursor = bounds.last;
  }
  PARLEY_CO_TRY(start, co_await log.Start(cursor));
  query.after = start;
  PARLEY_CO_TRY(follower, log.Follow());
  auto stream = std::make_shared<EventStream>(call.context, query, std::move(follower));
  http::StreamBody body;
  body.run = [stream](http::StreamWriter& writer) { return stream->Run(writer); };
  http::Response response(200, "text/event-stream", "");
  response.headers.Set("Cache-Control", "no-store");
  response.body = std::move(body);
  co_return response;
}

}  // namespace parley::admin
