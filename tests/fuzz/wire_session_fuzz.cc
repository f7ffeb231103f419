// Messages of a stranger, and records that are none. The first byte chooses what the rest is taken
// for. Whatever is refused leaves the record and the pre-keys as they were; whatever is read is
// written the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "wire/crypto/xeddsa.h"
#include "wire/signal/sender_key.h"
#include "wire/signal/test_device.h"

using namespace parley::wire;
using namespace parley::wire::signal;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

// Two devices that have met, with messages on their way. Each input finds them as they are here, so
// that what it does depends on nothing before it.
struct World {
  World() {
    Check(a.Start(b.MakeBundle()).has_value());
    Check(b.Receive(a.Send("hello")).has_value());
    Check(a.Receive(b.Send("hello yourself")).has_value());
    for (int i = 0; i < 5; ++i) a.Send("lost");
    Check(b.Receive(a.Send("here")).has_value());
    Check(a.Start(b.MakeBundle()).has_value());
  }
  TestDevice a{1}, b{2};
};

World Copy() {
  static const World world;
  return world;
}

void TryMessage(World& world, MessageType type, const std::string& bytes) {
  const std::string before = EncodeRecord(world.b.record());
  const std::size_t keys = world.b.one_time_keys();
  if (world.b.Receive({type, bytes})) {
    Check(!world.b.Receive({type, bytes}));  // once
    return;
  }
  Check(EncodeRecord(world.b.record()) == before && world.b.one_time_keys() == keys);
}

void TryMessage(MessageType type, const std::string& bytes) {
  World world = Copy();
  TryMessage(world, type, bytes);
}

// What A sends next, with the bytes xor-ed over it from a place on.
void TryChanged(std::string_view bytes) {
  World world = Copy();
  Sealed sealed = world.a.Send("message");
  const std::size_t at = bytes.empty() ? 0 : static_cast<std::uint8_t>(bytes[0]);
  for (std::size_t i = 1; i < bytes.size() && at + i - 1 < sealed.bytes.size(); ++i)
    sealed.bytes[at + i - 1] = static_cast<char>(sealed.bytes[at + i - 1] ^ bytes[i]);
  TryMessage(world, sealed.type, sealed.bytes);
}

void TryRecord(const std::string& bytes) {
  auto record = DecodeRecord(bytes);
  if (!record) return;
  const std::string written = EncodeRecord(*record);
  Check(EncodeRecord(DecodeRecord(written).value()) == written);
  World world = Copy();
  const Sealed sealed = world.a.Send("message");
  world.b.record() = *record;
  (void)world.b.Receive(sealed);
  (void)Seal(*record, world.b.own(), world.b.trusted(), "message");
}

// A message to a group, from somebody without the key that signs and from the sender itself.
void TryGroupMessage(const std::string& body) {
  const auto random = parley::base::MakeSeededRandom(1);
  SenderKeys sender, reader;
  sender.Begin(*random);
  sender.states[0].id = 7;
  Check(LearnDistribution(reader, MakeDistribution(sender).value()).has_value());
  const std::string before = EncodeSenderKeys(reader);
  Check(!OpenFromGroup(reader, body));
  Check(EncodeSenderKeys(reader) == before);
  const std::string message = body + crypto::Sign(*sender.states[0].private_key, body, *random);
  if (OpenFromGroup(reader, message)) {
    Check(!OpenFromGroup(reader, message));
    Check(reader.missing_seeds() <= kMaxGroupSeeds);
  } else {
    Check(EncodeSenderKeys(reader) == before);
  }
}

void TryDistribution(const std::string& bytes) {
  SenderKeys reader;
  if (!LearnDistribution(reader, bytes)) return;
  const std::string learned = EncodeSenderKeys(reader);
  Check(LearnDistribution(reader, bytes) && EncodeSenderKeys(reader) == learned);
}

void TrySenderKeys(const std::string& bytes) {
  const auto record = DecodeSenderKeys(bytes);
  if (!record) return;
  const std::string written = EncodeSenderKeys(*record);
  Check(EncodeSenderKeys(DecodeSenderKeys(written).value()) == written);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0]) {
    case 'm':
      if (const auto message = ReadMessage(bytes))
        Check(ReadMessage(Encode(*message, {}, {}))->ciphertext == message->ciphertext);
      TryMessage(MessageType::kMessage, bytes);
      break;
    case 'p':
      if (const auto message = ReadPreKeyMessage(bytes))
        Check(ReadPreKeyMessage(Encode(*message))->message == message->message);
      TryMessage(MessageType::kPreKeyMessage, bytes);
      break;
    case 'c':
      TryChanged(bytes);
      break;
    case 'r':
      TryRecord(bytes);
      break;
    case 'g':
      TryGroupMessage(bytes);
      break;
    case 'd':
      TryDistribution(bytes);
      break;
    case 's':
      TrySenderKeys(bytes);
      break;
    default:
      break;
  }
  return 0;
}
