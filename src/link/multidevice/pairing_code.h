// Pairing by a code that is typed on the phone (docs/protocol/multidevice-connection.md). Pure
// functions; stretching the code takes some 30 ms and is done once on each side of the pairing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "link/multidevice/device.h"
#include "link/multidevice/registration.h"
#include "wire/binary/node.h"
#include "wire/crypto/aes.h"

namespace parley::link::multidevice {

// Eight characters without those that look alike.
std::string MakePairingCode(base::Random& random);

// A code that is on offer.
struct CodeOffer {
  CodeOffer(std::string phone, std::string code, const wire::crypto::KeyPair& ephemeral)
      : phone(std::move(phone)), code(std::move(code)), ephemeral(ephemeral) {}

  std::string phone;  // digits
  std::string code;
  wire::crypto::KeyPair ephemeral;
  std::string ref;  // the network's, once it has answered
};

// A key under a code: salt 32 ‖ iv 16 ‖ encrypted key 32.
inline constexpr std::size_t kWrappedKey = 80;
// The random parts of a wrap.
struct WrapSalt {
  std::string salt;
  wire::crypto::AesIv iv;
};
WrapSalt MakeWrapSalt(base::Random& random);
// Slow, as its counterpart.
std::string WrapKey(const wire::crypto::PublicKey& key, std::string_view code,
                    const WrapSalt& salt);
// nullopt unless it has the right length. A wrong code gives another key.
std::optional<wire::crypto::PublicKey> UnwrapKey(std::string_view wrapped, std::string_view code);

// The query that offers the code.
wire::binary::Node MakeCompanionHello(const CodeOffer& offer, const Device& device,
                                      const ClientInfo& client, std::string wrapped);
// The ref in its answer; empty when there is none.
std::string RefOfHello(const wire::binary::Node& answer);

// What the network forwards when the code was typed.
struct PrimaryHello {
  std::string ref;
  std::string wrapped;  // the phone's key; UnwrapKey
  wire::crypto::PublicKey identity;
};
// Of the child <link_code_companion_reg> of a notification; nullopt when something is missing.
std::optional<PrimaryHello> ReadPrimaryHello(const wire::binary::Node& notification);

struct CompanionFinish {
  wire::crypto::Secret<32> adv_secret;
  wire::binary::Node query;
};
// `phone_key` is what was unwrapped. kInvalidKey as in crypto::Agree.
wire::Result<CompanionFinish> MakeCompanionFinish(const CodeOffer& offer, const PrimaryHello& hello,
                                                  const wire::crypto::PublicKey& phone_key,
                                                  const Device& device, base::Random& random);

}  // namespace parley::link::multidevice
