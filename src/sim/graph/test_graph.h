// For tests: a Graph front on virtual time, a program that uses it, and the app that hears of it.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/graph/front.h"
#include "sim/graph/test_app.h"
#include "sim/network/test_world.h"

namespace parley::sim::graph {

inline constexpr char kShop[] = "15550100";

inline base::Task<> KeepAnswer(http::Service* service, http::Request request,
                               std::shared_ptr<std::optional<http::Response>> kept) {
  http::Response response = co_await service->Handle(std::move(request));
  *kept = std::move(response);
}

class GraphTest : public testing::Test {
 protected:
  using Pending = std::shared_ptr<std::optional<http::Response>>;

  GraphTest() {
    Open();
    NewNumber wanted;
    wanted.number = kShop;
    wanted.name = "The Shop";
    wanted.app_secret = "secret";
    wanted.callback = Callback{kHook, kVerifyToken};
    auto made = front->AddNumber(std::move(wanted));
    EXPECT_TRUE(made);
    shop = *made;
    token = shop.token;
  }

  void Open() {
    app = std::make_unique<TestApp>(world.scheduler);
    auto opened = Front::Open(world.scheduler, *world.random, *world.network, log, *app);
    ASSERT_TRUE(opened) << opened.error().public_text();
    front = std::move(*opened);
  }
  // As a kill and a new start: posts that the app did not answer are made again.
  void Restart() {
    front.reset();
    world.Kill();
    world.scheduler.RunReady();
    Open();
  }

  Pending Start(http::Method method, std::string target, std::string body = "",
                std::string type = "application/json") {
    http::Request request;
    request.method = method;
    request.target = "/graph/v23.0/" + std::move(target);
    request.body = std::move(body);
    request.headers.Set("Host", "127.0.0.1:9000");
    request.headers.Set("Content-Type", std::move(type));
    if (!token.empty()) request.headers.Set("Authorization", "Bearer " + token);
    if (!file_offset.empty()) request.headers.Set("file_offset", file_offset);
    auto kept = std::make_shared<std::optional<http::Response>>();
    world.scheduler.Spawn("request", KeepAnswer(front.get(), std::move(request), kept));
    return kept;
  }
  // "200 {...}", with trace ids and wamids as they are.
  std::string Do(http::Method method, std::string target, std::string body = "",
                 std::string type = "application/json") {
    const Pending pending = Start(method, std::move(target), std::move(body), std::move(type));
    world.scheduler.RunUntil([&] { return pending->has_value(); }, std::chrono::minutes(2));
    if (!*pending) return "pending";
    last = base::json::object();
    auto parsed = base::ParseJson((*pending)->text());
    if (parsed && parsed->is_object()) last = parsed->get_object();
    return std::to_string((*pending)->status) + " " + std::string((*pending)->text());
  }
  std::string Get(std::string target) { return Do(http::Method::kGet, std::move(target)); }
  std::string Post(std::string target, std::string body) {
    return Do(http::Method::kPost, std::move(target), std::move(body));
  }
  // To /{phone_number_id}/messages. `more` is what stands beside messaging_product and to.
  std::string SendTo(const std::string& to, const std::string& more) {
    return Post(shop.number.id + "/messages",
                R"({"messaging_product":"whatsapp","to":")" + to + R"(",)" + more + "}");
  }
  std::string SendText(const std::string& to, const std::string& body) {
    return SendTo(to, R"("type":"text","text":{"body":")" + body + R"("})");
  }
  // "code/subcode" of the last answer; "": it was none.
  std::string LastError() const {
    const base::json::value* error = base::Find(last, "error");
    if (error == nullptr) return "";
    const base::json::object& members = error->get_object();
    std::string text = base::ToText(*base::Find(members, "code"));
    if (const auto* subcode = base::Find(members, "error_subcode"))
      text += "/" + base::ToText(*subcode);
    return text;
  }
  std::string LastDetails() const {
    const base::json::object& members = base::Find(last, "error")->get_object();
    const base::json::value* data = base::Find(members, "error_data");
    return data == nullptr ? "" : std::string(base::FindText(data->get_object(), "details"));
  }
  std::string LastWamid() const {
    const base::json::value* messages = base::Find(last, "messages");
    if (messages == nullptr) return "";
    return std::string(base::FindText(messages->get_array()[0].get_object(), "id"));
  }

  void Run(base::Duration limit = std::chrono::seconds(10)) { world.Run(limit); }
  // Opens the window.
  void Greet(const std::string& from = net::kAnn) {
    world.Type(from, kShop, "hello");
    Run();
    app->posts.clear();
  }

  // The changes of all posts so far, one by one.
  std::vector<base::json::object> Changes() const {
    std::vector<base::json::object> changes;
    for (const http::ClientRequest& post : app->posts) {
      const auto body = base::ParseJson(post.body);
      for (const auto& entry : body->at("entry").as_array())
        for (const auto& change : entry.at("changes").as_array())
          changes.push_back(change.as_object());
    }
    return changes;
  }
  // "sent wamid", "failed wamid 131026" of all statuses so far.
  std::vector<std::string> Statuses() const {
    std::vector<std::string> texts;
    for (const base::json::object& change : Changes()) {
      const base::json::value* statuses = base::Find(change.at("value").as_object(), "statuses");
      if (statuses == nullptr) continue;
      const base::json::object& status = statuses->get_array()[0].get_object();
      std::string text = std::string(base::FindText(status, "status")) + " " +
                         std::string(base::FindText(status, "id"));
      if (const base::json::value* errors = base::Find(status, "errors"))
        text += " " + base::ToText(errors->get_array()[0].at("code"));
      texts.push_back(std::move(text));
    }
    return texts;
  }
  // The messages told so far.
  std::vector<base::json::object> Messages() const {
    std::vector<base::json::object> messages;
    for (const base::json::object& change : Changes())
      if (const auto* list = base::Find(change.at("value").as_object(), "messages"))
        messages.push_back(list->get_array()[0].get_object());
    return messages;
  }

  net::TestWorld world;
  net::MemoryLog log;
  std::unique_ptr<TestApp> app;
  std::unique_ptr<Front> front;
  ShownNode shop;
  std::string token;
  std::string file_offset;  // a header; none when empty
  base::json::object last;
};

}  // namespace parley::sim::graph
