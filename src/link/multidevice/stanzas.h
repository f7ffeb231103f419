// Small things that stanzas have in common.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "wire/binary/node.h"

namespace parley::link::multidevice {

using wire::binary::Attribute;
using wire::binary::Bytes;
using wire::binary::Node;

// What is refused in an acknowledgement of ours (docs/protocol/messages.md, "Refusals").
enum class Refusal : std::uint16_t {
  kNone = 0,
  kUnreadableStanza = 487,
  kUnknownStanza = 488,
  kUnreadableProtobuf = 491,
  kNoSecret = 495,
  kOldCounter = 496,
  kOther = 500,
  kNotStored = 552,
};

// An ids' length that is taken; the network's are of 16 to 32 characters.
inline constexpr std::size_t kMaxIdLength = 128;

// The attribute as a number; nullopt when it is missing or none.
std::optional<std::uint64_t> NumberIn(const Node& node, std::string_view attribute);
// The attribute as a time in seconds; `otherwise` when it is missing or no time of this age.
base::Time TimeIn(const Node& node, std::string_view attribute, base::Time otherwise);
// Big-endian, of the node's data when it has exactly `size` bytes.
std::optional<std::uint32_t> BigEndianIn(const Node& node, std::size_t size);
std::string BigEndian(std::uint32_t value, std::size_t size);

// The acknowledgement of a stanza.
Node AckOf(const Node& stanza, Refusal refusal = Refusal::kNone);
// <receipt> for a message, `type` empty: delivered.
Node ReceiptOf(const Node& message, std::string_view type);

}  // namespace parley::link::multidevice
