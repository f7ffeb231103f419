// For tests: the outside of a Graph front, with the app that hears of its webhooks.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/scheduler.h"
#include "http/client.h"

namespace parley::sim::graph {

inline constexpr char kHook[] = "http://app.test/hook";
inline constexpr char kVerifyToken[] = "verify me";

// The outside: one app that takes webhooks, and files behind links.
class TestApp final : public http::Client {
 public:
  explicit TestApp(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  base::Task<base::Result<http::ClientResponse>> Send(http::ClientRequest request) override {
    co_await scheduler_.Sleep(std::chrono::milliseconds(1));
    http::ClientResponse response;
    if (request.method == http::Method::kGet) {
      response.status = 200;
      response.body = ChallengeAnswer(request.url);
      co_return response;
    }
    int status = 200;
    if (!statuses.empty()) {
      status = statuses.front();
      statuses.pop_front();
    }
    posts.push_back(request);
    posted_at.push_back(scheduler_.Now());
    if (status == 0) co_return base::Error(base::ErrorCode::kUnavailable, "no connection");
    response.status = status;
    co_return response;
  }
  base::Task<base::Result<http::ClientResponse>> Fetch(http::ClientRequest request,
                                                       http::BodySink& sink) override {
    co_await scheduler_.Sleep(std::chrono::milliseconds(1));
    http::ClientResponse response;
    const auto file = files.find(request.url);
    response.status = file == files.end() ? 404 : 200;
    if (file == files.end()) co_return response;
    response.headers.Set("Content-Type", file->second.first);
    PARLEY_CO_CHECK(sink.Start(response));
    PARLEY_CO_CHECK(sink.Write(file->second.second));
    co_return response;
  }
  base::Task<base::Result<void>> Check(std::string) override { co_return base::Result<void>(); }

  // What the app answers, one after the other; then 200. 0: no connection.
  std::deque<int> statuses;
  std::map<std::string, std::pair<std::string, std::string>> files;  // type and bytes by link
  std::vector<http::ClientRequest> posts;
  std::vector<base::Time> posted_at;

 private:
  static std::string ChallengeAnswer(const std::string& url) {
    http::Request request;
    request.target = url.substr(url.find('/', 8));
    if (request.Query("hub.mode") != "subscribe" ||
        request.Query("hub.verify_token") != kVerifyToken)
      return "no";
    return request.Query("hub.challenge").value_or("");
  }
  base::Scheduler& scheduler_;
};

}  // namespace parley::sim::graph
