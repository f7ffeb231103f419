#include "wire/noise/handshake.h"

#include <utility>

#include "wire/noise/certificate.h"
#include "wire/noise/messages.h"

namespace parley::wire::noise {
namespace {

const Fault kNotNext{FaultCode::kInvalidState, "a step of the handshake that is not next"};

const Fault kTooLong{FaultCode::kTooLarge, "a message too long for a handshake"};

}  // namespace

ClientHandshake::ClientHandshake(const crypto::KeyPair& ephemeral,
                                 const crypto::KeyPair& static_key, const crypto::PublicKey& root)
    : ephemeral_(ephemeral), static_key_(static_key), root_(root), state_(kHeader) {
  state_->MixHash(ephemeral_.public_key.bytes());
}

std::string ClientHandshake::Hello() const { return Encode(ClientHello{ephemeral_.public_key}); }

Result<ClientHandshake::Finished> ClientHandshake::Finish(std::string_view server_hello,
                                                          std::string_view payload,
                                                          base::Time now) {
  if (!state_) return kNotNext;
  SymmetricState state = *std::exchange(state_, std::nullopt);
  if (server_hello.size() > kMaxHandshakeFrame || payload.size() > kMaxHandshakeFrame / 2)
    return kTooLong;
  PARLEY_TRY(hello, ReadServerHello(server_hello));
  state.MixHash(hello.ephemeral.bytes());
  PARLEY_CHECK(state.MixAgreement(ephemeral_.private_key, hello.ephemeral));
  PARLEY_TRY(key_bytes, state.OpenAndHash(hello.static_key));
  PARLEY_TRY(server, crypto::PublicKey::FromBytes(key_bytes));
  PARLEY_CHECK(state.MixAgreement(ephemeral_.private_key, server));
  PARLEY_TRY(chain, state.OpenAndHash(hello.payload));
  PARLEY_CHECK(CheckChain(chain, root_, server, now));

  ClientFinish finish;
  finish.static_key = state.SealAndHash(static_key_.public_key.bytes());
  PARLEY_CHECK(state.MixAgreement(static_key_.private_key, hello.ephemeral));
  finish.payload = state.SealAndHash(payload);
  return Finished{Encode(finish), state.SplitAsClient()};
}

ServerHandshake::ServerHandshake(const crypto::KeyPair& ephemeral,
                                 const crypto::KeyPair& static_key, std::string chain)
    : ephemeral_(ephemeral), static_key_(static_key), chain_(std::move(chain)), state_(kHeader) {}

Result<std::string> ServerHandshake::Answer(std::string_view client_hello) {
  if (!state_ || is_answered_) return kNotNext;
  SymmetricState state = *std::exchange(state_, std::nullopt);
  if (client_hello.size() > kMaxHandshakeFrame || chain_.size() > kMaxHandshakeFrame / 2)
    return kTooLong;
  PARLEY_TRY(hello, ReadClientHello(client_hello));
  state.MixHash(hello.ephemeral.bytes());
  state.MixHash(ephemeral_.public_key.bytes());
  PARLEY_CHECK(state.MixAgreement(ephemeral_.private_key, hello.ephemeral));
  ServerHello answer;
  answer.ephemeral = ephemeral_.public_key;
  answer.static_key = state.SealAndHash(static_key_.public_key.bytes());
  PARLEY_CHECK(state.MixAgreement(static_key_.private_key, hello.ephemeral));
  answer.payload = state.SealAndHash(chain_);
  state_ = state;
  is_answered_ = true;
  return Encode(answer);
}

Result<ServerHandshake::Accepted> ServerHandshake::Accept(std::string_view client_finish) {
  if (!state_ || !is_answered_) return kNotNext;
  SymmetricState state = *std::exchange(state_, std::nullopt);
  if (client_finish.size() > kMaxHandshakeFrame) return kTooLong;
  PARLEY_TRY(finish, ReadClientFinish(client_finish));
  PARLEY_TRY(key_bytes, state.OpenAndHash(finish.static_key));
  PARLEY_TRY(client, crypto::PublicKey::FromBytes(key_bytes));
  PARLEY_CHECK(state.MixAgreement(ephemeral_.private_key, client));
  PARLEY_TRY(payload, state.OpenAndHash(finish.payload));
  return Accepted{client, std::move(payload), state.SplitAsServer()};
}

}  // namespace parley::wire::noise
