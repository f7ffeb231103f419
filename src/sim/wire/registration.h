// Registration: a client that wants to be linked: it is given references for QR codes, or asks for
// a code to be typed; then the phone signs for it (docs/protocol/simulated-wire.md, "Pairing").
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sim/network/network.h"
#include "sim/wire/client.h"
#include "sim/wire/companions.h"
#include "sim/wire/layers.h"
#include "wire/binary/node.h"
#include "wire/crypto/secret.h"

namespace parley::proto {
class DevicePairingRegistrationData;
}

namespace parley::sim::wire {

// What stands in a QR code.
struct QrText {
  std::string ref;
  std::string noise, identity, adv_secret;  // 32 bytes each
};
// With the URL in front, or the older form without it; nullopt for other text.
std::optional<QrText> ReadQr(std::string_view text);

// Thread: that of the network. Belongs to its client.
class Registration {
 public:
  // A fault when keys are missing or the pre-key's signature is wrong.
  static parley::wire::Result<std::unique_ptr<Registration>> Begin(
      Client& client, const proto::DevicePairingRegistrationData& data);
  // Unlinks a device that was not signed for.
  ~Registration();

  // Sends references for QR codes; the client is closed when they are used up.
  void Offer();
  base::Result<net::DeviceInfo> Scan(const std::string& number, const QrText& qr);
  base::Result<net::DeviceInfo> EnterCode(const std::string& number, std::string_view code);

  // The client's <iq>s that belong to it.
  void OnCodeHello(const binary::Node& iq, const binary::Node& hello);
  void OnCodeFinish(const binary::Node& iq, const binary::Node& finish);
  // Its answers: to the references, which says nothing, and to being paired.
  void OnResult(const binary::Node& iq);

 private:
  // A code that is on offer.
  struct Code {
    std::string number, ref;
    std::string wrapped_ephemeral;             // the client's, under the code
    std::optional<crypto::KeyPair> ephemeral;  // the phone's, once it was typed
    std::optional<crypto::PublicKey> companion_ephemeral;
  };

  explicit Registration(Client& client) : client_(client) {}
  void ExpireAfter(base::Duration life);
  base::Result<net::DeviceInfo> Link(const std::string& number);
  // The phone signs for the device, and the client is told.
  void Pair(const crypto::Secret<32>& adv_secret);
  parley::wire::Result<crypto::Secret<32>> OpenBundle(const binary::Node& finish);
  void Withdraw();
  void Fail(const char* why);

  Client& client_;
  Companion device_;  // what the client said of itself; id is empty until it is linked
  std::vector<std::string> refs_;
  std::optional<Code> code_;
  std::string pair_id_;  // of the <iq> that tells it
  std::string details_;  // what the phone has signed
};

}  // namespace parley::sim::wire
