// A client of a streamed answer (server-sent events) on virtual time.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <variant>

#include "tests/support/virtual_world.h"

namespace parley::testing {

// A client that reads what it is sent.
class Reader final : public http::StreamWriter {
 public:
  base::Task<bool> Write(std::string data) override {
    if (!ended_) text += data;
    co_return !ended_;
  }
  void OnEnd(std::function<void()> wake) override { wake_ = std::move(wake); }

  void Leave() {
    ended_ = true;
    wake_();
  }
  std::string Take() { return std::exchange(text, ""); }

  std::string text;

 private:
  bool ended_ = false;
  std::function<void()> wake_;
};

// A stream from its request on; it must outlive the world's running.
class Stream {
 public:
  Stream(VirtualWorld& world, http::Request request) : response(world.Call(std::move(request))) {
    auto* body = std::get_if<http::StreamBody>(&response.body);
    if (body == nullptr) return;
    world.scheduler().Spawn("stream", Run(body, &reader, &done));
    world.Pass(base::Duration(0));
  }

  Reader reader;
  bool done = false;
  http::Response response;

 private:
  static base::Task<> Run(http::StreamBody* body, Reader* reader, bool* done) {
    co_await body->run(*reader);
    *done = true;
  }
};

}  // namespace parley::testing
