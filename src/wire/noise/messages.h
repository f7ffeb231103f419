// The three messages of a handshake as protobufs (docs/protocol/wire-noise.md).
#pragma once

#include <string>
#include <string_view>

#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"

namespace parley::wire::noise {

struct ClientHello {
  crypto::PublicKey ephemeral;
};
struct ServerHello {
  crypto::PublicKey ephemeral;
  std::string static_key;  // sealed
  std::string payload;     // sealed
};
struct ClientFinish {
  std::string static_key;  // sealed
  std::string payload;     // sealed
};

std::string Encode(const ClientHello& hello);
std::string Encode(const ServerHello& hello);
std::string Encode(const ClientFinish& finish);

// kMalformed when a field is missing or it is another one of the three.
Result<ClientHello> ReadClientHello(std::string_view bytes);
Result<ServerHello> ReadServerHello(std::string_view bytes);
Result<ClientFinish> ReadClientFinish(std::string_view bytes);

}  // namespace parley::wire::noise
