// For tests: a client with a thread of its own, used from the test's thread.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "http/client.h"
#include "http/test_server.h"

namespace parley::http {

using Answer = base::Result<ClientResponse>;

// Knows the hosts of a test; one without addresses is never answered.
class TestResolver final : public Resolver {
 public:
  base::Task<base::Result<std::vector<std::string>>> Resolve(std::string host) override {
    const auto found = hosts.find(host);
    if (found == hosts.end())
      co_return base::Error(base::ErrorCode::kUnavailable, "unknown host " + host);
    if (found->second.empty()) {
      auto hold = [this](base::Resume resume) { held_.push_back(std::move(resume)); };
      co_await base::Suspend(std::move(hold));
    }
    co_return found->second;
  }
  std::map<std::string, std::vector<std::string>> hosts;

 private:
  std::vector<base::Resume> held_;
};

inline Network Net(std::string_view text) { return Network::Parse(text).value(); }

class TestClient {
 public:
  explicit TestClient(ClientOptions options = {},
                      std::vector<Network> allowed = {Net("127.0.0.0/8")}) {
    thread_.Run([&] {
      resolver = std::make_unique<TestResolver>();
      resolver->hosts["localhost"] = {"127.0.0.1"};
      client_ = MakeClient(thread_.scheduler, *resolver, AddressGuard(std::move(allowed)), options)
                    .value();
    });
  }
  ~TestClient() { Drop(); }

  std::future<Answer> Start(ClientRequest request, BodySink* sink = nullptr) {
    auto promise = std::make_shared<std::promise<Answer>>();
    thread_.scheduler.Post([this, request, sink, promise] {
      thread_.scheduler.Spawn("send", Complete(client_.get(), request, sink, promise));
    });
    return promise->get_future();
  }
  Answer Send(ClientRequest request) { return Start(std::move(request)).get(); }
  Answer Fetch(ClientRequest request, BodySink& sink) {
    return Start(std::move(request), &sink).get();
  }
  base::Result<void> Check(std::string url) {
    base::Result<void> result;
    thread_.Await([&]() -> base::Task<> { result = co_await client_->Check(url); });
    return result;
  }
  // Ends the client, whatever it is doing.
  void Drop() {
    thread_.Run([&] {
      client_.reset();
      resolver.reset();
    });
  }

  std::unique_ptr<TestResolver> resolver;

 private:
  static base::Task<> Complete(Client* client, ClientRequest request, BodySink* sink,
                               std::shared_ptr<std::promise<Answer>> promise) {
    if (sink != nullptr)
      promise->set_value(co_await client->Fetch(std::move(request), *sink));
    else
      promise->set_value(co_await client->Send(std::move(request)));
  }

  std::unique_ptr<Client> client_;
  SchedulerThread thread_;
};

inline ClientRequest Get(std::string url) { return ClientRequest(Method::kGet, std::move(url)); }

inline ClientRequest Post(std::string url, std::string body) {
  ClientRequest request(Method::kPost, std::move(url));
  request.body = std::move(body);
  return request;
}

inline std::string LoopbackUrl(std::uint16_t port, std::string_view host = "127.0.0.1") {
  return "http://" + std::string(host) + ":" + std::to_string(port) + "/";
}

}  // namespace parley::http
