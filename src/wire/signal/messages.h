// The two formats of messages (docs/protocol/wire-signal.md, "Messages").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "wire/crypto/curve.h"
#include "wire/crypto/fault.h"

namespace parley::wire::signal {

enum class MessageType : std::uint8_t {
  kMessage,        // on the network "msg"
  kPreKeyMessage,  // on the network "pkmsg"
};

struct Message {
  crypto::PublicKey ratchet_key;
  std::uint32_t counter = 0;
  std::uint32_t previous_counter = 0;
  std::string ciphertext;
};

// Who sends to whom: what the MAC is bound to.
struct Parties {
  crypto::PublicKey sender, receiver;
};

std::string Encode(const Message& message, const crypto::Secret<32>& mac_key,
                   const Parties& parties);
// Without a look at the MAC.
Result<Message> ReadMessage(std::string_view bytes);
// Whether the message ends with the MAC of everything before.
bool HasRightMac(std::string_view bytes, const crypto::Secret<32>& mac_key, const Parties& parties);

struct PreKeyMessage {
  std::optional<std::uint32_t> one_time_id;
  std::uint32_t signed_id = 0;
  std::uint32_t registration_id = 0;
  crypto::PublicKey base_key;
  crypto::PublicKey identity;
  std::string message;  // an encoded Message
};
std::string Encode(const PreKeyMessage& message);
Result<PreKeyMessage> ReadPreKeyMessage(std::string_view bytes);

}  // namespace parley::wire::signal
