// Whatever the other side of a connection says: the first byte chooses what it is taken for. Each
// step refuses it or goes on; none of them believes what was not sealed for it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "wire/noise/certificate.h"
#include "wire/noise/handshake.h"
#include "wire/noise/messages.h"

using namespace parley;
using namespace parley::wire;
using namespace parley::wire::noise;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

const base::Time kNow = base::FromUnixMs(1'750'000'000'000);

struct World {
  std::unique_ptr<base::Random> random = base::MakeSeededRandom(1);
  crypto::KeyPair root = crypto::KeyPair::Generate(*random);
  crypto::KeyPair server = crypto::KeyPair::Generate(*random);
  crypto::KeyPair client = crypto::KeyPair::Generate(*random);
  crypto::KeyPair ephemeral = crypto::KeyPair::Generate(*random);

  ServerHandshake MakeServer(std::string chain) {
    return ServerHandshake(ephemeral, server, std::move(chain));
  }
  ClientHandshake MakeClient() { return ClientHandshake(ephemeral, client, root.public_key); }
};

void TryStream(std::string_view bytes, FrameReader::Side side) {
  // In one piece and in many it is the same.
  FrameReader whole(side), pieces(side);
  whole.Add(bytes);
  std::string from_whole, from_pieces;
  bool whole_failed = false, pieces_failed = false;
  const auto drain = [](FrameReader& reader, std::string& into, bool& failed) {
    while (!failed) {
      const auto frame = reader.Next();
      failed = !frame;
      if (failed || !*frame) return;
      into += MakeFrame(**frame).value();
    }
  };
  drain(whole, from_whole, whole_failed);
  for (const char byte : bytes) {
    pieces.Add(std::string(1, byte));
    drain(pieces, from_pieces, pieces_failed);
  }
  Check(from_whole == from_pieces && whole_failed == pieces_failed);
  Check(bytes.find(from_whole) != std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  World world;
  switch (data[0]) {
    case 's':
      TryStream(bytes, FrameReader::Side::kServer);
      break;
    case 'c':
      TryStream(bytes, FrameReader::Side::kClient);
      break;
    case 'h': {
      ServerHandshake server = world.MakeServer("chain");
      Check(server.Answer(bytes).has_value() == ReadClientHello(bytes).has_value() ||
            !server.Accept(bytes));
      break;
    }
    case 'f': {
      ServerHandshake server = world.MakeServer("chain");
      Check(server.Answer(world.MakeClient().Hello()).has_value());
      Check(!server.Accept(bytes));
      break;
    }
    case 'a':
      Check(!world.MakeClient().Finish(bytes, "payload", kNow));
      break;
    case 'k': {
      // A server that is whom it says, with a chain that is not.
      ClientHandshake client = world.MakeClient();
      ServerHandshake server = world.MakeServer(bytes);
      const auto answer = server.Answer(client.Hello());
      Check(answer && !client.Finish(*answer, "payload", kNow));
      break;
    }
    default:
      break;
  }
  return 0;
}
