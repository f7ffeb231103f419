// How our own pre-keys lie in the link state: pairs of keys by number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "link/multidevice/records.h"
#include "wire/crypto/curve.h"

namespace parley::link::multidevice {

RecordName OneTimeKeyName(std::uint32_t id);
RecordName SignedKeyName(std::uint32_t id);
std::string EncodeKeyPair(const wire::crypto::KeyPair& keys);
std::optional<wire::crypto::KeyPair> DecodeKeyPair(std::string_view bytes);

}  // namespace parley::link::multidevice
