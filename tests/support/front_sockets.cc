#include "tests/support/front_sockets.h"

#include <deque>
#include <string>
#include <utility>

namespace parley::testing {
namespace {

base::Error WireEnded() {
  return base::Error(base::ErrorCode::kUnavailable, "The WebSocket ended");
}

}  // namespace

struct FrontSockets::Wire {
  // What goes in one direction.
  struct Lane {
    explicit Lane(base::Scheduler& scheduler) : news(scheduler) {}
    std::deque<std::string> messages;
    std::size_t bound = 0;
    base::Signal news;
  };

  explicit Wire(base::Scheduler& scheduler) : to_service(scheduler), to_client(scheduler) {}

  void Close() {
    closed = true;
    to_service.news.Notify();
    to_client.news.Notify();
  }

  Lane to_service, to_client;
  bool closed = false;
};

namespace {

using Wire = FrontSockets::Wire;

class WireEnd final : public http::WebSocket {
 public:
  WireEnd(std::shared_ptr<Wire> wire, Wire::Lane Wire::*in, Wire::Lane Wire::*out)
      : wire_(std::move(wire)), in_(in), out_(out) {}
  ~WireEnd() override { wire_->Close(); }

  base::Task<base::Result<std::string>> Read() override {
    const auto wire = wire_;
    Wire::Lane& in = (*wire).*in_;
    while (in.messages.empty()) {
      if (wire->closed) co_return WireEnded();
      co_await in.news.Wait();
    }
    std::string message = std::move(in.messages.front());
    in.messages.pop_front();
    if (message.size() <= in.bound) co_return message;
    wire->Close();
    co_return base::ErrorCode::kBodyTooLarge;
  }
  base::Task<base::Result<void>> Write(std::string message) override {
    if (wire_->closed) co_return WireEnded();
    Wire::Lane& out = (*wire_).*out_;
    out.messages.push_back(std::move(message));
    out.news.Notify();
    co_return base::Result<void>();
  }
  void BoundMessages(std::size_t bytes) override { ((*wire_).*in_).bound = bytes; }
  void Close() override { wire_->Close(); }

 private:
  const std::shared_ptr<Wire> wire_;
  Wire::Lane Wire::*const in_;
  Wire::Lane Wire::*const out_;
};

}  // namespace

FrontSockets::~FrontSockets() {
  for (const auto& weak : wires_)
    if (const auto wire = weak.lock()) wire->Close();
}

base::Task<base::Result<std::unique_ptr<http::WebSocket>>> FrontSockets::Open(
    http::WebSocketRequest request) {
  const auto wire = std::make_shared<Wire>(scheduler_);
  std::erase_if(wires_, [](const auto& weak) { return weak.expired(); });
  wires_.push_back(wire);
  wire->to_client.bound = request.max_message;
  wire->to_service.bound = service_.max_message();
  auto served = std::make_unique<WireEnd>(wire, &Wire::to_service, &Wire::to_client);
  scheduler_.Spawn("a client of the wire", service_.Serve(std::move(served)));
  co_return std::make_unique<WireEnd>(wire, &Wire::to_client, &Wire::to_service);
}

}  // namespace parley::testing
