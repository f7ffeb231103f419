// The admin API where a scenario cannot look: what waits, streams, and what an operator's tools
// read.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "admin/service.h"
#include "app/api_tables.h"
#include "core/event_log.h"
#include "core/event_store.h"
#include "core/store_probe.h"
#include "tests/support/streams.h"

namespace parley::testing {
namespace {

using namespace std::chrono_literals;
namespace json = base::json;

class AdminApi : public ::testing::Test {
 protected:
  AdminApi() : world(1), alice(world.MakeChannel("alice", "15550200", "phone", std::nullopt)) {
    sim::network::Person bob;
    bob.number = "15550100";
    bob.push_name = "bob";
    EXPECT_TRUE(world.network().AddPerson(bob));
  }

  http::Request Get(const std::string& target, bool with_token = true) {
    http::Request request;
    request.target = target;
    if (with_token)
      request.headers.Set("Authorization", std::string("Bearer ") + VirtualWorld::kAdminToken);
    return request;
  }
  http::Response Call(const std::string& target) { return world.Call(Get(target)); }
  json::value Json(const std::string& target) {
    const http::Response response = Call(target);
    EXPECT_EQ(response.status, 200) << response.text();
    return *base::ParseJson(response.text());
  }
  // One incoming message is one event.
  void BobWrites(const std::string& text) {
    sim::network::Draft draft;
    draft.to = "15550200";
    draft.content = sim::network::TextContent{text};
    EXPECT_TRUE(world.network().SendAsPerson("15550100", std::move(draft)));
  }
  std::int64_t LastPosition() {
    return Json("/parley/v1/node").at("events").at("last").to_number<std::int64_t>();
  }
  // The rows up to here are gone, as after retention.
  void Prune(std::int64_t until) {
    auto write = [until](core::Transaction& tx) {
      return tx.events().Prune(base::FromUnixMs(INT64_MAX), core::EventPosition(until), 1000);
    };
    EXPECT_EQ(world.Await(world.store().Write(write)).value(), until);
  }

  VirtualWorld world;
  const VirtualWorld::ChannelKeys alice;
};

// ------------------------------------------------------------------------------------ long polls

// A call that is under way while the test goes on.
class Pending {
 public:
  Pending(VirtualWorld& world, http::Request request) {
    world.scheduler().Spawn("pending call", Run(world, std::move(request), &answer));
    world.Pass(base::Duration(0));
  }
  std::optional<http::Response> answer;

 private:
  static base::Task<> Run(VirtualWorld& world, http::Request request,
                          std::optional<http::Response>* out) {
    *out = co_await world.gateway().front_door().Handle(std::move(request));
  }
};

TEST_F(AdminApi, ALongPollEndsWhenAnEventComes) {
  const std::string target = "/parley/v1/events?wait=60&after=" + std::to_string(LastPosition());
  Pending first(world, Get(target)), second(world, Get(target));
  world.Pass(59s);
  EXPECT_FALSE(first.answer);
  BobWrites("hi");
  world.Pass(100ms);
  for (const Pending* pending : {&first, &second}) {
    ASSERT_TRUE(pending->answer);
    EXPECT_NE(pending->answer->text().find("message.received"), std::string::npos);
  }
}

TEST_F(AdminApi, ALongPollOfAnotherChannelWaitsOn) {
  Pending pending(world, Get("/parley/v1/events?wait=60&channel=" + base::Uuid().ToText() +
                             "&after=" + std::to_string(LastPosition())));
  BobWrites("hi");
  world.Pass(59s);
  EXPECT_FALSE(pending.answer);
  world.Pass(1s);
  ASSERT_TRUE(pending.answer);
  const json::value page = *base::ParseJson(pending.answer->text());
  EXPECT_TRUE(page.at("events").as_array().empty());
  EXPECT_EQ(page.at("next").to_number<std::int64_t>(), LastPosition());
}

TEST_F(AdminApi, NobodyWaitsWhenTheServerStops) {
  const std::string target = "/parley/v1/events?wait=60&after=" + std::to_string(LastPosition());
  Pending before(world, Get(target));
  world.gateway().EndWaits();
  world.Pass(base::Duration(0));
  ASSERT_TRUE(before.answer);
  EXPECT_EQ(before.answer->status, 200);
  Pending after(world, Get(target));
  ASSERT_TRUE(after.answer);
  EXPECT_EQ(Call("/readyz").status, 503);
}

TEST_F(AdminApi, ThoseWhoWaitAreLimited) {
  const std::string target = "/parley/v1/events?wait=60&after=" + std::to_string(LastPosition());
  std::vector<std::unique_ptr<Pending>> waiting;
  for (std::size_t i = 0; i < core::EventLog::kMaxFollowers; ++i)
    waiting.push_back(std::make_unique<Pending>(world, Get(target)));
  EXPECT_EQ(Json("/parley/v1/node").at("followers").at("waiting").to_number<std::size_t>(),
            core::EventLog::kMaxFollowers);
  EXPECT_EQ(Call(target).status, 503);
  EXPECT_EQ(Call("/parley/v1/events/stream").status, 503);
  world.Pass(60s);
  EXPECT_EQ(Call("/parley/v1/events?wait=1&after=" + std::to_string(LastPosition())).status, 200);
}

TEST_F(AdminApi, ACursorBehindWhatIsKeptHasExpired) {
  const std::int64_t last = LastPosition();
  ASSERT_GT(last, 3);
  Prune(3);
  const http::Response expired = Call("/parley/v1/events?after=2");
  EXPECT_EQ(expired.status, 410);
  EXPECT_EQ(expired.text(),
            R"({"error":{"code":"cursor_expired","message":"Events behind 2 are no longer kept; )"
            R"(the oldest is at 4","faults":[]}})");
  EXPECT_EQ(Call("/parley/v1/events?after=0&wait=5").status, 410);
  EXPECT_EQ(Call("/parley/v1/events/stream?after=2").status, 410);
  for (const char* target : {"/parley/v1/events?limit=1", "/parley/v1/events?limit=1&after=3"})
    EXPECT_EQ(Json(target).at("events").at(0).at("position").to_number<int>(), 4) << target;
}

// --------------------------------------------------------------------------------------- streams

// "<position> <name>" of each event in the text.
std::vector<std::string> EventsIn(const std::string& text) {
  std::vector<std::string> events;
  for (std::size_t at = 0; (at = text.find("id: ", at)) != std::string::npos; ++at) {
    const std::size_t line = text.find('\n', at), end = text.find('\n', line + 1);
    if (text.compare(line + 1, 7, "event: ") != 0) continue;
    events.push_back(text.substr(at + 4, line - at - 4) + " " +
                     text.substr(line + 8, end - line - 8));
  }
  return events;
}

TEST_F(AdminApi, AStreamTellsWhatComes) {
  const std::int64_t last = LastPosition();
  Stream stream(world, Get("/parley/v1/events/stream"));
  EXPECT_EQ(stream.response.headers.Get("Content-Type"), "text/event-stream");
  EXPECT_EQ(stream.reader.Take(), ": events follow\n\n");
  BobWrites("hi");
  world.Pass(1s);
  const std::string text = stream.reader.Take();
  EXPECT_EQ(text.substr(0, text.find("\ndata: ")),
            "id: " + std::to_string(last + 1) + "\nevent: message.received");
  ASSERT_TRUE(text.ends_with("\n\n"));
  const std::size_t data = text.find("data: ") + 6;
  const auto event = base::ParseJson(text.substr(data, text.size() - data - 2));
  ASSERT_TRUE(event);
  EXPECT_EQ(event->at("channel_id"), json::value(alice.channel.id.value.ToText()));
  EXPECT_EQ(event->at("body").at("message").at("content").at("body"), json::value("hi"));

  world.Pass(14s);
  EXPECT_EQ(stream.reader.Take(), "");
  world.Pass(1s);
  EXPECT_EQ(stream.reader.Take(), ": heartbeat\n\n");
}

TEST_F(AdminApi, AStreamGoesOnWhereTheClientWas) {
  Stream from_start(world, Get("/parley/v1/events/stream?after=0"));
  const std::vector<std::string> all = EventsIn(from_start.reader.text);
  ASSERT_EQ(static_cast<std::int64_t>(all.size()), LastPosition());
  EXPECT_EQ(all.front(), "1 channel.state");

  http::Request back = Get("/parley/v1/events/stream?after=0");
  back.headers.Set("Last-Event-ID", "2");
  Stream resumed(world, std::move(back));
  EXPECT_EQ(EventsIn(resumed.reader.text), std::vector<std::string>(all.begin() + 2, all.end()));
}

TEST_F(AdminApi, AStreamOfAnotherAccountMovesOnSilently) {
  const std::int64_t last = LastPosition();
  Stream stream(world, Get("/parley/v1/events/stream?account=" + base::Uuid().ToText()));
  stream.reader.Take();
  BobWrites("hi");
  world.Pass(16s);
  EXPECT_EQ(stream.reader.Take(), ": heartbeat\nid: " + std::to_string(last + 1) + "\n\n");
}

TEST_F(AdminApi, AStreamOfSomeNamesTellsThoseAlone) {
  Stream stream(world,
                Get("/parley/v1/events/stream?after=0&name=channel.pairing,message.received"));
  BobWrites("hi");
  world.Pass(1s);
  std::set<std::string> names;
  for (const std::string& event : EventsIn(stream.reader.text))
    names.insert(event.substr(event.find(' ') + 1));
  EXPECT_EQ(names, (std::set<std::string>{"channel.pairing", "message.received"}));
}

TEST_F(AdminApi, AStreamEndsWithItsClientAndWithTheServer) {
  Stream left(world, Get("/parley/v1/events/stream"));
  Stream stopped(world, Get("/parley/v1/events/stream"));
  left.reader.Leave();
  world.Pass(base::Duration(0));
  EXPECT_TRUE(left.done);
  EXPECT_FALSE(stopped.done);
  world.gateway().EndWaits();
  world.Pass(base::Duration(0));
  EXPECT_TRUE(stopped.done);
}

TEST_F(AdminApi, AStreamThatFellBehindIsToldSo) {
  Stream stream(world, Get("/parley/v1/events/stream"));
  stream.reader.Take();
  const std::int64_t last = LastPosition();
  // Written and pruned before the stream could read it.
  auto write = [until = last + 2](core::Transaction& tx) -> base::Result<int> {
    PARLEY_TRY(event, tx.events().Find(core::EventPosition(1)));
    for (int i = 0; i < 3; ++i) PARLEY_CHECK(tx.events().Append(*event));
    return tx.events().Prune(base::FromUnixMs(INT64_MAX), core::EventPosition(until), 1000);
  };
  auto write_new = [write](core::Transaction& tx) { return write(tx); };
  world.Await(world.store().Write(write_new)).value();
  world.Pass(1s);
  const std::string text = stream.reader.Take();
  EXPECT_TRUE(text.starts_with("event: error\ndata: {\"error\":{\"code\":\"cursor_expired\""))
      << text;
  EXPECT_TRUE(stream.done);
}

// ------------------------------------------------------------------------- figures and description

TEST_F(AdminApi, MetricsCountWhatHappens) {
  http::Request send;
  send.method = http::Method::kPost;
  send.target = "/api/send-message";
  send.headers.Set("Authorization", "Bearer " + alice.wapio_key);
  send.headers.Set("Content-Type", "application/json");
  for (const char* to : {"+15550100", "+15550999"}) {  // the second is not on the network
    send.body = std::string(R"({"to": ")") + to + R"(", "kind": "text", "text": "hi"})";
    EXPECT_EQ(world.Call(send).status, 202);
  }
  EXPECT_EQ(world.Call(Get("/v1/whatsapp-sessions", false)).status, 401);
  BobWrites("hello");
  world.Pass(1s);
  const http::Response metrics = world.Call(Get("/metrics", false));
  ASSERT_EQ(metrics.status, 200);
  EXPECT_EQ(metrics.headers.Get("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  for (const char* line : {
           "parley_http_requests_total{api=\"wapio\",status=\"202\"} 2",
           "parley_http_requests_total{api=\"wapio\",status=\"401\"} 1",
           "parley_messages_total{status=\"queued\"} 2",
           "parley_messages_total{status=\"delivered\"} 1",
           "parley_messages_total{status=\"failed\"} 1",
           "parley_messages_total{status=\"received\"} 1",
           "parley_channels{state=\"connected\"} 1",
           "parley_channels{state=\"pairing\"} 0",
           "parley_event_followers_limit 256",
       })
    EXPECT_NE(metrics.text().find(std::string("\n") + line + "\n"), std::string::npos) << line;
}

TEST_F(AdminApi, MetricsCountChannelsOnlyAfterAChange) {
  const auto reads = [&] {
    const int before = world.moody_store().reads();
    EXPECT_EQ(world.Call(Get("/metrics", false)).status, 200);
    return world.moody_store().reads() - before;
  };
  reads();
  const int known = reads();
  EXPECT_EQ(reads(), known);
  world.MakeChannel("another", "15550209", "phone", std::nullopt);
  EXPECT_EQ(reads(), known + 1);
  EXPECT_EQ(reads(), known);
}

TEST_F(AdminApi, OpenApiHasEveryRouteOfEveryTable) {
  const http::Response response = world.Call(Get("/parley/openapi.json", false));
  ASSERT_EQ(response.status, 200);
  const json::value document = *base::ParseJson(response.text());
  EXPECT_EQ(document.at("openapi"), json::value("3.1.0"));
  std::size_t operations = 0, routes = 0;
  std::set<std::string> open;
  for (const auto& path : document.at("paths").as_object()) {
    for (const auto& method : path.value().as_object()) {
      ++operations;
      if (!method.value().as_object().contains("security"))
        open.insert(std::string(method.key()) + " " + std::string(path.key()));
    }
  }
  std::set<std::string_view> names;
  for (const app::ApiTable& table : app::ApiTables()) {
    names.insert(table.name);
    routes += table.routes.size();
    EXPECT_TRUE(document.at("components")
                    .at("securitySchemes")
                    .as_object()
                    .contains(base::JsonView(table.security.name)));
  }
  EXPECT_EQ(names, (std::set<std::string_view>{"2chat", "wapio", "1msg", "admin"}));
  EXPECT_EQ(operations, routes);  // no two tables share one
  EXPECT_EQ(open, (std::set<std::string>{"get /healthz", "get /readyz", "get /metrics",
                                         "get /parley/openapi.json", "put /api/media/{upload}",
                                         "post /parley/v1/session", "delete /parley/v1/session"}));
}

TEST_F(AdminApi, HealthNeedsNoKeyAndNamesNobody) {
  EXPECT_EQ(world.Call(Get("/healthz", false)).text(), R"({"status":"ok"})");
  EXPECT_EQ(world.Call(Get("/readyz", false)).text(), R"({"ready":true,"reasons":[]})");
  EXPECT_EQ(world.Call(Get("/metrics", false)).text().find(alice.account.id.value.ToText()),
            std::string_view::npos);
}

TEST_F(AdminApi, EveryRouteNeedsTheTokenUnlessItIsOpen) {
  for (const admin::Row& row : admin::Routes()) {
    http::Request request = Get(std::string(row.spec.pattern), false);
    request.method = row.spec.method;
    const int status = world.Call(std::move(request)).status;
    EXPECT_EQ(status == 401, row.access == admin::Access::kToken) << row.spec.pattern << status;
  }
}

// ------------------------------------------------------------------------------------ the probe

// A store that takes writes as told.
class StuckStore final : public core::StoreBackend {
 public:
  enum class Mood { kFull, kSilent, kFailing } mood = Mood::kFull;
  int writes = 0;
  std::vector<core::StoreJob*> silent;  // not answered yet

  bool SubmitWrite(core::StoreJob* job) override {
    ++writes;
    if (mood == Mood::kFull) return false;
    if (mood == Mood::kSilent)
      silent.push_back(job);
    else
      Fail(job);
    return true;
  }
  void Fail(core::StoreJob* job) {
    job->Fail(base::Error(base::ErrorCode::kUnavailable, "", "disk I/O error"));
    job->scheduler->Post(std::move(job->resume));
  }
  bool SubmitRead(core::StoreJob*) override { return false; }
  std::uint64_t directory_generation() const override { return 1; }
  void OnEvents(std::function<void()>) override {}
};

class Probe : public ::testing::Test {
 protected:
  Probe() : scheduler(base::FromUnixMs(0)), store(backend, scheduler), probe(store) {}
  ~Probe() override {
    for (core::StoreJob* job : backend.silent) backend.Fail(job);
    scheduler.RunReady();
  }

  std::optional<base::Result<void>> Check(base::Duration limit) {
    std::optional<base::Result<void>> outcome;
    scheduler.Spawn("check", Run(&outcome));
    scheduler.RunUntil([&] { return outcome.has_value(); }, limit);
    return outcome;
  }
  base::Task<> Run(std::optional<base::Result<void>>* outcome) {
    *outcome = co_await probe.Check();
  }

  base::VirtualScheduler scheduler;
  StuckStore backend;
  core::Store store;
  core::StoreProbe probe;
};

TEST_F(Probe, TellsWhyTheStoreCannotWrite) {
  auto full = Check(0s);
  ASSERT_TRUE(full);
  EXPECT_EQ(full->error().code, base::ErrorCode::kOverloaded);
  scheduler.RunFor(1s);
  backend.mood = StuckStore::Mood::kFailing;
  auto failing = Check(0s);
  ASSERT_TRUE(failing);
  EXPECT_EQ(failing->error().code, base::ErrorCode::kUnavailable);
}

TEST_F(Probe, DoesNotWaitForAStoreThatIsStuck) {
  backend.mood = StuckStore::Mood::kSilent;
  auto outcome = Check(core::StoreProbe::kLimit);
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->error().code, base::ErrorCode::kTimeout);
  ASSERT_TRUE(Check(core::StoreProbe::kLimit));
  EXPECT_EQ(backend.writes, 1) << "the first write is still under way";
}

TEST_F(Probe, WritesOnceASecondHoweverManyAsk) {
  for (int i = 0; i < 20; ++i) Check(0s);
  EXPECT_EQ(backend.writes, 1);
  scheduler.RunFor(1s);
  Check(0s);
  EXPECT_EQ(backend.writes, 2);
}

}  // namespace
}  // namespace parley::testing
