// Meta's Graph as a test plays it: what it was asked, and the next answers to each path. No socket;
// answers come through the scheduler.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "base/scheduler.h"
#include "http/client.h"

namespace parley::testing {

struct GraphAsked {
  std::string method, path, body;  // the path without address and version, with its query
  http::Headers headers;
};

// What comes of one request.
struct GraphScript {
  enum class Kind {
    kAnswers,
    kNeverAnswers,    // it was taken, and nobody hears of it
    kRefusesConnect,  // nothing arrived
  };
  Kind kind = Kind::kAnswers;
  int status = 200;
  std::string body = "{}";
};

class FakeGraph final : public http::Client {
 public:
  static constexpr std::string_view kUrl = "https://graph.test";

  explicit FakeGraph(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  // The next answers to requests of that method whose path begins so, in order. When there are none
  // left: what Always says, or messages are taken and anything else is unknown.
  void Next(const std::string& method, const std::string& path, GraphScript script) {
    scripts_[method + " " + path].push_back(std::move(script));
  }
  void Always(const std::string& method, const std::string& path, GraphScript script) {
    always_[method + " " + path] = std::move(script);
  }
  // Of a request that was made, the paths of all, in order.
  const std::vector<GraphAsked>& asked() const { return asked_; }
  std::vector<GraphAsked> AskedOf(const std::string& method, const std::string& path) const {
    std::vector<GraphAsked> found;
    for (const GraphAsked& one : asked_)
      if (one.method == method && one.path.starts_with(path)) found.push_back(one);
    return found;
  }

  base::Task<base::Result<http::ClientResponse>> Send(http::ClientRequest request) override {
    co_await scheduler_.Sleep(kLatency);
    const GraphScript script = ScriptFor(request);
    if (script.kind == GraphScript::Kind::kRefusesConnect)
      co_return base::Error(base::ErrorCode::kUnavailable, "Could not connect to graph.test");
    if (request.handed_over) *request.handed_over = true;
    if (script.kind == GraphScript::Kind::kNeverAnswers) {
      co_await scheduler_.Sleep(request.timeout);
      co_return base::Error(base::ErrorCode::kTimeout, "No answer from graph.test in time");
    }
    http::ClientResponse response;
    response.status = script.status;
    response.body = script.body;
    co_return response;
  }
  base::Task<base::Result<http::ClientResponse>> Fetch(http::ClientRequest request,
                                                       http::BodySink& sink) override {
    PARLEY_CO_TRY(response, co_await Send(std::move(request)));
    PARLEY_CO_CHECK(sink.Start(response));
    PARLEY_CO_CHECK(sink.Write(response.body));
    response.body.clear();
    co_return std::move(response);
  }
  base::Task<base::Result<void>> Check(std::string) override { co_return base::Result<void>(); }

 private:
  static constexpr base::Duration kLatency = std::chrono::milliseconds(20);

  GraphScript ScriptFor(const http::ClientRequest& request) {
    std::string path = request.url;
    if (path.starts_with(kUrl)) path.erase(0, kUrl.size() + 1);
    if (path.starts_with('v')) path.erase(0, path.find('/') + 1);
    const std::string method(NameOf(request.method));
    asked_.push_back({method, path, request.body, request.headers});
    for (auto& [begin, left] : scripts_)
      if ((method + " " + path).starts_with(begin) && !left.empty()) {
        GraphScript script = std::move(left.front());
        left.pop_front();
        return script;
      }
    for (const auto& [begin, script] : always_)
      if ((method + " " + path).starts_with(begin)) return script;
    if (method == "POST" && path.ends_with("/messages")) {
      GraphScript taken;
      taken.body = R"({"messaging_product":"whatsapp","messages":[{"id":"wamid.)" +
                   std::to_string(++messages_) + R"("}]})";
      return taken;
    }
    GraphScript unknown;
    unknown.status = 404;
    unknown.body = R"({"error":{"message":"Unknown path","type":"GraphMethodException","code":100,)"
                   R"("error_subcode":33,"fbtrace_id":"Atest"}})";
    return unknown;
  }

  base::Scheduler& scheduler_;
  std::map<std::string, std::deque<GraphScript>> scripts_;
  std::map<std::string, GraphScript> always_;
  std::vector<GraphAsked> asked_;
  int messages_ = 0;
};

}  // namespace parley::testing
