// Pairing by QR code: its text, and what the network says when a phone has scanned it
// (docs/protocol/multidevice-connection.md). Pure functions.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/random.h"
#include "base/time.h"
#include "link/multidevice/device.h"
#include "link/multidevice/registration.h"
#include "wire/binary/node.h"

namespace parley::link::multidevice {

// How long each of the codes is shown.
inline constexpr base::Duration kFirstQrTime = std::chrono::seconds(60);
inline constexpr base::Duration kNextQrTime = std::chrono::seconds(20);
inline constexpr std::size_t kMaxRefs = 32;
inline constexpr std::size_t kMaxRef = 1024;

// The refs of a <pair-device>, in their order; those over the bounds are left out.
std::vector<std::string> RefsIn(const wire::binary::Node& pair_device);

// Holds the ADV secret: whoever sees it can pair.
std::string QrText(std::string_view ref, const Device& device, const Browser& browser);

struct PairingAccepted {
  Pairing pairing;
  // To be sent once the pairing is stored.
  wire::binary::Node answer;
};
struct PairingRefused {
  wire::binary::Node answer;
  const char* why;  // for the log
};
// Checks a <pair-success> that came in the query `id`, and signs.
std::variant<PairingAccepted, PairingRefused> AnswerPairSuccess(
    std::string_view id, const wire::binary::Node& pair_success, const Device& device,
    base::Random& random);

}  // namespace parley::link::multidevice
