#include "sim/control/control.h"

#include <vector>

#include "http/router.h"
#include "sim/control/call.h"
#include "sim/control/errors.h"
#include "sim/control/routes.h"

namespace parley::sim::control {
namespace {

constexpr std::int64_t kMaxWaitSeconds = 30;

// Why the request cannot come to a handler, if so.
std::optional<base::Error> Unusable(const http::Request& request, const Match& match) {
  if (match.row == nullptr && match.path_known) return base::ErrorCode::kMethodNotAllowed;
  if (match.row == nullptr)
    return base::Error(base::ErrorCode::kNotFound, "No such route; GET /openapi.json lists them");
  switch (request.body_state) {
    case http::BodyState::kTooLarge:
      return base::ErrorCode::kBodyTooLarge;
    case http::BodyState::kNoRoom:
      return base::ErrorCode::kOverloaded;
    case http::BodyState::kRead:
      break;
  }
  return std::nullopt;
}

http::Response Unusable(const base::Error& error, const Match& match) {
  http::Response response = ErrorResponse(error);
  if (match.row != nullptr || !match.path_known) return response;
  std::string allowed;
  for (const http::Method method : match.allowed)
    allowed += (allowed.empty() ? "" : ", ") + std::string(NameOf(method));
  response.headers.Set("Allow", std::move(allowed));
  return response;
}

class Server final : public Control {
 public:
  Server(base::Scheduler& scheduler, network::Network& network, wire::Front* front,
         graph::Front* graph)
      : scheduler_(scheduler), network_(network), front_(front), graph_(graph), router_(Routes()) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    const Match match = router_.Find(head.method, head.path());
    return match.row == nullptr ? http::kDefaultBodyLimit : match.row->spec.max_body;
  }

  base::Task<http::Response> Handle(http::Request request) override {
    const Match match = router_.Find(request.method, request.path());
    if (const std::optional<base::Error> error = Unusable(request, match))
      co_return Unusable(*error, match);
    const Call call{network_, front_, graph_, request, match};
    if (match.row->nothing_yet != nullptr) {
      const auto wait = call.QueryInteger("wait", 0, 0, kMaxWaitSeconds);
      if (!wait) co_return ErrorResponse(wait.error());
      co_await WaitForNews(&call, base::Duration(std::chrono::seconds(*wait)));
    }
    Answer answer = base::ErrorCode::kInternal;
    if (match.row->handle != nullptr)
      answer = match.row->handle(call);
    else
      answer = co_await match.row->handle_waiting(&call);
    if (!answer) co_return ErrorResponse(answer.error());
    co_return std::move(*answer);
  }

  void EndWaits() override {
    stopped_ = true;
    for (base::Signal* signal : waiting_) signal->Notify();
  }

 private:
  // Until the route has something to show, or `limit` has passed. `call` belongs to the caller, who
  // waits.
  base::Task<> WaitForNews(const Call* call, base::Duration limit) {
    const auto number = call->Number();
    if (!number) co_return;
    base::Signal changed(scheduler_);
    const auto watch =
        network_.WatchPerson(*number, [&changed](const network::Change&) { changed.Notify(); });
    const base::Microseconds deadline = scheduler_.Monotonic() + limit;
    waiting_.push_back(&changed);
    while (watch && !stopped_ && call->match.row->nothing_yet(*call)) {
      const base::Duration left =
          std::chrono::ceil<base::Duration>(deadline - scheduler_.Monotonic());
      if (left <= base::Duration(0)) break;
      co_await changed.WaitFor(left);
    }
    std::erase(waiting_, &changed);
  }

  base::Scheduler& scheduler_;
  network::Network& network_;
  wire::Front* const front_;
  graph::Front* const graph_;
  const http::Router<Row> router_;
  std::vector<base::Signal*> waiting_;  // in the order they came
  bool stopped_ = false;
};

}  // namespace

std::unique_ptr<Control> MakeControl(base::Scheduler& scheduler, network::Network& network,
                                     wire::Front* front, graph::Front* graph) {
  return std::make_unique<Server>(scheduler, network, front, graph);
}

}  // namespace parley::sim::control
