// Any body of Graph's messages is answered with 200 or an error of Graph, any text of its fields is
// read or refused, and any wamid names a message.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/log.h"
#include "base/scheduler.h"
#include "sim/graph/fields_query.h"
#include "sim/graph/front.h"
#include "sim/graph/ids.h"

using namespace parley;
using namespace parley::sim;

namespace {

// Nobody hears of anything, and no link leads anywhere.
class NoClient final : public http::Client {
 public:
  using Answer = base::Result<http::ClientResponse>;
  base::Task<Answer> Send(http::ClientRequest) override {
    co_return base::Error(base::ErrorCode::kUnavailable);
  }
  base::Task<Answer> Fetch(http::ClientRequest, http::BodySink&) override {
    co_return base::Error(base::ErrorCode::kUnavailable);
  }
  base::Task<base::Result<void>> Check(std::string) override { co_return base::Result<void>(); }
};

base::Task<> Keep(http::Service* service, http::Request request, int* status) {
  const http::Response response = co_await service->Handle(std::move(request));
  *status = response.status;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  base::ConfigureLog(base::LogLevel::kOff, base::LogFormat::kText);
  const std::string input(reinterpret_cast<const char*>(data), size);
  (void)graph::ReadFields(input);
  (void)graph::NetworkIdOf(input);
  base::VirtualScheduler scheduler(base::FromUnixMs(1'700'000'000'000));
  const auto random = base::MakeSeededRandom(1);
  const auto media = network::MakeMemoryMedia();
  network::MemoryLog log, graph_log;
  NoClient client;
  auto opened = network::Network::Open(scheduler, *random, log, *media, {});
  auto front = graph::Front::Open(scheduler, *random, **opened, graph_log, client);
  graph::NewNumber wanted;
  wanted.number = "15550100";
  const auto shop = (*front)->AddNumber(std::move(wanted));
  if (!shop) std::abort();
  http::Request request;
  request.method = http::Method::kPost;
  request.target = "/graph/v23.0/" + shop->number.id + "/messages";
  request.headers.Set("Authorization", "Bearer " + shop->token);
  request.headers.Set("Content-Type", "application/json");
  request.body = input;
  int status = 0;
  scheduler.Spawn("send", Keep(front->get(), std::move(request), &status));
  scheduler.RunFor(std::chrono::seconds(30));
  if (status != 200 && (status < 400 || status > 599)) std::abort();
  return 0;
}
