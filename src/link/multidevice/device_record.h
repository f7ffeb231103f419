// The device as bytes, and back: the record of space "device". It holds keys; records.h seals it.
// Without the routing, which is no property of the device and has a record of its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/random.h"
#include "link/multidevice/device.h"

namespace parley::link::multidevice {

// Fresh keys, no pairing.
Device MakeDevice(base::Random& random);

std::string EncodeDevice(const Device& device);
// nullopt for bytes that no EncodeDevice gave, or of a newer version of the format.
std::optional<Device> DecodeDevice(std::string_view bytes);

}  // namespace parley::link::multidevice
