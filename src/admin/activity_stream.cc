// Activity as server-sent events.
#include "admin/activity.h"
#include "admin/handlers.h"

namespace parley::admin {
namespace {

constexpr base::Duration kActivityHeartbeat = std::chrono::seconds(15);

// One stream, from the request to its end.
class ActivityStream {
 public:
  explicit ActivityStream(std::unique_ptr<Activity::Watcher> watcher)
      : watcher_(std::move(watcher)) {}

  base::Task<> Run(http::StreamWriter& writer) {
    auto end = [this] {
      ended_ = true;
      watcher_->Wake();
    };
    writer.OnEnd(std::move(end));
    std::string text = ": activity follows\n\n";
    while (!ended_ && !watcher_->stopped()) {
      text += watcher_->Take();
      if (!text.empty() && !co_await writer.Write(std::exchange(text, ""))) co_return;
      if (!co_await watcher_->WaitFor(kActivityHeartbeat)) text = ": heartbeat\n\n";
    }
  }

 private:
  const std::unique_ptr<Activity::Watcher> watcher_;
  bool ended_ = false;  // the client is gone or the server stops
};

}  // namespace

HandlerResult StreamActivity(Call& call) {
  PARLEY_CO_TRY(watcher, call.context.activity.Watch());
  auto stream = std::make_shared<ActivityStream>(std::move(watcher));
  http::StreamBody body;
  body.run = [stream](http::StreamWriter& writer) { return stream->Run(writer); };
  http::Response response(200, "text/event-stream", "");
  response.headers.Set("Cache-Control", "no-store");
  response.body = std::move(body);
  co_return response;
}

}  // namespace parley::admin
