// The handshake of a connection, for both sides. docs/protocol/wire-noise.md.
//
//   ClientHandshake client(ephemeral, noise_key, root);   ServerHandshake server(ephemeral, ...);
//   client.Hello()                      ->                server.Answer(hello)
//   client.Finish(answer, payload, now) ->                server.Accept(finish)
//
// What is given and taken is the content of frames. Each step is done once; after a fault nothing
// more comes of it: close the connection. So neither side can be copied or moved.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"
#include "wire/noise/frame.h"
#include "wire/noise/symmetric_state.h"
#include "wire/noise/transport.h"

namespace parley::wire::noise {

class ClientHandshake {
 public:
  // `ephemeral` is fresh for each handshake; `static_key` is what the account was paired with;
  // `root` is whom the network's certificates come from.
  ClientHandshake(const crypto::KeyPair& ephemeral, const crypto::KeyPair& static_key,
                  const crypto::PublicKey& root);
  ClientHandshake(const ClientHandshake&) = delete;
  ClientHandshake& operator=(const ClientHandshake&) = delete;

  std::string Hello() const;

  struct Finished {
    std::string message;
    Transport transport;
  };
  // Takes the server's hello, checks whose it is, and tells it who this client is. kWrongMac and
  // kInvalidKey for a hello that is no answer to ours, kInvalidState the second time, and what
  // CheckChain says.
  Result<Finished> Finish(std::string_view server_hello, std::string_view payload, base::Time now);

 private:
  crypto::KeyPair ephemeral_, static_key_;
  crypto::PublicKey root_;
  std::optional<SymmetricState> state_;  // nullopt once it was used
};

class ServerHandshake {
 public:
  // `chain` is what proves `static_key`: EncodeChain.
  ServerHandshake(const crypto::KeyPair& ephemeral, const crypto::KeyPair& static_key,
                  std::string chain);
  ServerHandshake(const ServerHandshake&) = delete;
  ServerHandshake& operator=(const ServerHandshake&) = delete;

  // Takes the client's hello and gives the server's. kTooLarge also when the chain is longer than
  // half a frame of the handshake.
  Result<std::string> Answer(std::string_view client_hello);

  struct Accepted {
    crypto::PublicKey client;  // its static key; nothing says yet whose that is
    std::string payload;
    Transport transport;
  };
  // kInvalidState before Answer and the second time.
  Result<Accepted> Accept(std::string_view client_finish);

 private:
  crypto::KeyPair ephemeral_, static_key_;
  std::string chain_;
  std::optional<SymmetricState> state_;
  bool is_answered_ = false;
};

}  // namespace parley::wire::noise
