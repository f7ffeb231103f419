// For tests: a server on a loopback port with a thread of its own, and connections that send bytes
// just as they are given.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/server.h"

namespace parley::http {

// A scheduler and the thread that runs it.
class SchedulerThread {
 public:
  SchedulerThread() : thread_([this] { scheduler.Run(); }) {}
  ~SchedulerThread() {
    scheduler.Stop();
    thread_.join();
  }

  // Runs `call` on the thread and returns when it has run.
  void Run(std::function<void()> call) {
    std::promise<void> done;
    scheduler.Post([&] {
      call();
      done.set_value();
    });
    done.get_future().wait();
  }
  // Awaits the task on the thread and returns when it has ended.
  void Await(std::function<base::Task<>()> start) {
    std::promise<void> done;
    scheduler.Post([&] { scheduler.Spawn("awaited by a test", Complete(start, done)); });
    done.get_future().wait();
  }

  base::RealScheduler scheduler;

 private:
  static base::Task<> Complete(std::function<base::Task<>()>& start, std::promise<void>& done) {
    co_await start();
    done.set_value();
  }
  std::thread thread_;
};

// Waits for what another thread does. The test's own time limit ends it when it never happens.
inline void WaitUntil(const std::function<bool()>& holds) {
  while (!holds()) std::this_thread::yield();
}

class TestServer final : public Service {
 public:
  using Handler = std::function<base::Task<Response>(Request)>;

  explicit TestServer(Handler handler, ServerOptions options = {}) : handler_(std::move(handler)) {
    thread_.Run([&] { server_ = Listen(thread_.scheduler, *this, options).value(); });
    port_ = server_->port();
  }
  ~TestServer() override {
    thread_.Run([&] { server_.reset(); });
  }

  std::size_t BodyLimit(const Request&) const override { return body_limit; }
  base::Task<Response> Handle(Request request) override { return handler_(std::move(request)); }

  std::uint16_t port() const { return port_; }
  std::string url(std::string_view target) const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(target);
  }
  const ServerCounters& counters() const { return server_->counters(); }
  SchedulerThread& thread() { return thread_; }
  base::Scheduler& scheduler() { return thread_.scheduler; }
  void Stop(base::Duration limit) {
    thread_.Await([this, limit] { return server_->Stop(limit); });
  }
  // Ends the server without stopping it first.
  void Drop() {
    thread_.Run([&] { server_.reset(); });
  }

  std::size_t body_limit = 1 << 20;

 private:
  Handler handler_;
  SchedulerThread thread_;
  std::unique_ptr<Server> server_;
  std::uint16_t port_ = 0;
};

// A blocking connection. Reading fails the test when nothing comes for 30 s.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  // Takes over a connected socket.
  struct Connected {
    int socket;
  };
  explicit RawClient(Connected connected);
  RawClient(RawClient&& other) noexcept;
  ~RawClient();

  // False when the connection is broken.
  bool Send(std::string_view text);
  // No more will be sent.
  void EndSending();
  // One answer with Content-Length, or with its head alone. Empty when the connection ends first.
  std::string ReadAnswer(bool head_only = false);
  // Everything until the connection ends; `reset` says whether it broke.
  std::string ReadAll();
  // Reads what comes up to the end of `text`.
  std::string ReadUntil(std::string_view text);
  // At least `size` bytes, or less when the connection ends.
  std::string Read(std::size_t size);
  bool was_reset() const { return reset_; }

 private:
  bool Fill();

  int socket_ = -1;
  std::string read_;
  bool reset_ = false;
};

// A listening socket whose connections a test serves itself.
class RawListener {
 public:
  // On a loopback address; port 0 is any free one.
  explicit RawListener(const char* address = "127.0.0.1", std::uint16_t port = 0, int backlog = 16);
  RawListener(const RawListener&) = delete;
  ~RawListener();

  std::uint16_t port() const { return port_; }
  RawClient Accept();
  // Connections come no further than to the system, and soon not even there.
  void FillBacklog();

 private:
  const std::string address_;
  int socket_ = -1;
  std::uint16_t port_ = 0;
  std::vector<int> filling_;
};

inline std::string BodyOf(const std::string& answer) {
  const std::size_t end = answer.find("\r\n\r\n");
  return end == std::string::npos ? "" : answer.substr(end + 4);
}

}  // namespace parley::http
