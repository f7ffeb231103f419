// Any body of the control API's send is answered; when it is accepted, what was sent arrives, and
// the file can be read again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/log.h"
#include "base/scheduler.h"
#include "sim/control/control.h"

using namespace parley;
using namespace parley::sim;

namespace {

base::Task<> Keep(http::Service* service, http::Request request, int* status) {
  const http::Response response = co_await service->Handle(std::move(request));
  *status = response.status;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  base::ConfigureLog(base::LogLevel::kOff, base::LogFormat::kText);
  base::VirtualScheduler scheduler(base::FromUnixMs(1'700'000'000'000));
  const auto random = base::MakeSeededRandom(1);
  const auto media = network::MakeMemoryMedia();
  network::MemoryLog log;
  auto opened = network::Network::Open(scheduler, *random, log, *media, {});
  network::Person person;
  person.number = "15550001";
  if (!(*opened)->AddPerson(person)) std::abort();
  const auto control = sim::control::MakeControl(scheduler, **opened);
  http::Request request;
  request.method = http::Method::kPost;
  request.target = "/people/15550001/send";
  request.body.assign(reinterpret_cast<const char*>(data), size);
  int status = 0;
  scheduler.Spawn("send", Keep(control.get(), std::move(request), &status));
  scheduler.RunFor(std::chrono::seconds(10));
  if (status != 201 && (status < 400 || status > 499)) std::abort();
  const std::size_t arrived = (*opened)->ListInbox("15550001", 0, 10)->size();
  if (arrived != (status == 201 ? 1u : 0u)) std::abort();
  opened->reset();
  auto again = network::Network::Open(scheduler, *random, log, *media, {});
  if (!again || (*again)->ListInbox("15550001", 0, 10)->size() != arrived) std::abort();
  return 0;
}
