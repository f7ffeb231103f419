// A control API in memory, and requests to it as text.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "sim/control/control.h"
#include "sim/network/test_world.h"

namespace parley::sim::control {

inline base::Task<> Keep(http::Service& service, http::Request request,
                         std::shared_ptr<std::optional<http::Response>> kept) {
  http::Response response = co_await service.Handle(std::move(request));
  *kept = std::move(response);
}

class ControlTest : public testing::Test {
 protected:
  using Pending = std::shared_ptr<std::optional<http::Response>>;

  Pending Start(http::Method method, std::string target, std::string body = "") {
    http::Request request;
    request.method = method;
    request.target = std::move(target);
    request.body = std::move(body);
    request.headers.Set("Host", "127.0.0.1:9000");
    return Start(std::move(request));
  }
  Pending Start(http::Request request) {
    auto kept = std::make_shared<std::optional<http::Response>>();
    world.scheduler.Spawn("request", Keep(*control, std::move(request), kept));
    world.scheduler.RunReady();
    return kept;
  }

  // "200 {...}" of a request that is answered at once.
  std::string Do(http::Method method, std::string target, std::string body = "") {
    return Text(Start(method, std::move(target), std::move(body)));
  }
  std::string Get(std::string target) { return Do(http::Method::kGet, std::move(target)); }
  std::string Post(std::string target, std::string body) {
    return Do(http::Method::kPost, std::move(target), std::move(body));
  }
  static std::string Text(const Pending& pending) {
    if (!*pending) return "pending";
    const std::string text((*pending)->text());
    return std::to_string((*pending)->status) + (text.empty() ? "" : " " + text);
  }

  network::TestWorld world;
  std::unique_ptr<Control> control = MakeControl(world.scheduler, *world.network);
};

}  // namespace parley::sim::control
