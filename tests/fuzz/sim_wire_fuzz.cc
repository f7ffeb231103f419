// What the simulated network's wire reads of others: the text of a QR code, vCards, polls, and keys
// in a retry receipt; and its own file, which may be damaged. The first byte chooses what the rest
// is taken for.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/log.h"
#include "base/scheduler.h"
#include "proto/message.pb.h"
#include "sim/network/frame.h"
#include "sim/network/network.h"
#include "sim/wire/cards.h"
#include "sim/wire/front.h"
#include "sim/wire/key_service.h"
#include "sim/wire/polls.h"
#include "sim/wire/registration.h"
#include "wire/binary/codec.h"

namespace base = parley::base;
namespace binary = parley::wire::binary;
namespace network = parley::sim::network;
namespace wire = parley::sim::wire;

namespace {

constexpr std::string_view kKeepMark = "parley simulated wire 1\n";
constexpr std::string_view kBetween = "\r\n\r\n";  // records of a file
constexpr const char* kSomebody = "15550100";

void Check(bool holds) {
  if (!holds) std::abort();
}

void TryQr(std::string_view text) {
  const auto qr = wire::ReadQr(text);
  if (!qr) return;
  Check(!qr->ref.empty());
  for (const std::string* key : {&qr->noise, &qr->identity, &qr->adv_secret})
    Check(key->size() == 32);
}

// The name stands in the first line.
void TryCard(std::string_view text) {
  const std::size_t line = std::min(text.find('\n'), text.size());
  const network::ContactCard card =
      wire::ReadCard(text.substr(0, line), text.substr(std::min(line + 1, text.size())));
  (void)wire::ReadCard(card.formatted_name, wire::WriteCard(card));
}

void TryRetry(std::string_view bytes) {
  const auto receipt = binary::DecodeNode(bytes);
  if (!receipt) return;
  if (const auto bundle = wire::ReadBundle(*receipt)) Check(!wire::BundleNodes(*bundle).empty());
}

void TryPoll(const std::string& bytes) {
  parley::proto::Message message;
  if (message.ParseFromString(bytes)) (void)wire::ReadPoll(wire::Unwrapped(message));
}

// A file is refused, or makes a wire that runs and can be opened again.
void TryFile(std::string_view records) {
  std::string file(kKeepMark);
  while (!records.empty()) {
    const std::string_view record = records.substr(0, records.find(kBetween));
    records.remove_prefix(std::min(record.size() + kBetween.size(), records.size()));
    if (record.size() >= network::kMinPayload) file += network::MakeFrame(record);
  }
  base::VirtualScheduler scheduler(base::FromUnixMs(1'700'000'000'000));
  const auto random = base::MakeSeededRandom(1);
  const auto media = network::MakeMemoryMedia();
  network::MemoryLog log, kept(file);
  const auto people = network::Network::Open(scheduler, *random, log, *media, {});
  network::Person somebody;
  somebody.number = kSomebody;
  Check((*people)->AddPerson(somebody).has_value());
  {
    const auto front = wire::Front::Open(scheduler, *random, **people, kept, {});
    if (!front) return;
    Check((*front)->ChangeIdentity(kSomebody).has_value());
    scheduler.RunFor(std::chrono::hours(1));
  }
  Check(wire::Front::Open(scheduler, *random, **people, kept, {}).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  base::ConfigureLog(base::LogLevel::kOff, base::LogFormat::kText);
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0]) {
    case 'q':
      TryQr(bytes);
      break;
    case 'c':
      TryCard(bytes);
      break;
    case 'r':
      TryRetry(bytes);
      break;
    case 'p':
      TryPoll(bytes);
      break;
    case 'f':
      TryFile(bytes);
      break;
    default:
      break;
  }
  return 0;
}
