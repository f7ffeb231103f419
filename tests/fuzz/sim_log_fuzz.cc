// Any bytes in the simulated network's file are either refused or make a network that runs on and
// whose file can be read again. The first byte chooses: the rest is the file itself, or its lines
// are the payloads of records, which the checksums would else keep out.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/log.h"
#include "base/scheduler.h"
#include "sim/network/frame.h"
#include "sim/network/network.h"

using namespace parley;
using namespace parley::sim;

namespace {

std::string FileOf(std::string_view input) {
  if (input.empty() || input[0] != 'r') return std::string(input.substr(input.empty() ? 0 : 1));
  std::string file(network::kFileMark);
  for (std::string_view rest = input.substr(1); !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.size() >= network::kMinPayload) file += network::MakeFrame(line);
  }
  return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  base::ConfigureLog(base::LogLevel::kOff, base::LogFormat::kText);
  base::VirtualScheduler scheduler(base::FromUnixMs(1'700'000'000'000));
  const auto random = base::MakeSeededRandom(1);
  const auto media = network::MakeMemoryMedia();
  network::MemoryLog log(FileOf({reinterpret_cast<const char*>(data), size}));
  auto opened = network::Network::Open(scheduler, *random, log, *media, {});
  if (!opened) return 0;
  for (const network::Person& person : (*opened)->ListPeople("", network::kMaxPage).value()) {
    if (!(*opened)->ListInbox(person.number, 0, 100)) std::abort();
    if (!(*opened)->ListOutbox(person.number, 0, 100)) std::abort();
    if (!(*opened)->ListChats(person.number)) std::abort();
    if (!(*opened)->ListCalls(person.number)) std::abort();
    if (!(*opened)->SetOnline(person.number, true)) std::abort();
  }
  scheduler.RunFor(std::chrono::hours(24));
  opened->reset();
  const std::string left = log.bytes();
  if (!network::Network::Open(scheduler, *random, log, *media, {})) std::abort();
  if (log.bytes() != left) std::abort();
  return 0;
}
