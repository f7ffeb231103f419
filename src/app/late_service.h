// What listens before the gateway is wired, so that the port is known to it.
#pragma once

#include <utility>

#include "http/server.h"

namespace parley::app {

// Answers 503 until it has a service. Thread: the server's.
class LateService final : public http::Service {
 public:
  void Set(http::Service* service) { service_ = service; }
  std::size_t BodyLimit(const http::Request& head) const override {
    return service_ == nullptr ? 0 : service_->BodyLimit(head);
  }
  base::Task<http::Response> Handle(http::Request request) override {
    return service_ == nullptr ? Starting() : service_->Handle(std::move(request));
  }

 private:
  static base::Task<http::Response> Starting() {
    http::Response response = http::Response::Text(503, "Starting\n");
    response.headers.Set("Retry-After", "1");
    co_return response;
  }

  http::Service* service_ = nullptr;
};

}  // namespace parley::app
