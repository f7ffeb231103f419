// Nodes as bytes and back: the content of a frame after decryption.
//
// docs/protocol/wire-binary.md describes the format. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wire/binary/node.h"
#include "wire/crypto/fault.h"

namespace parley::wire::binary {

// Bounds for what a peer may make this side hold. The wire itself ends at 65,535 items in a list.
// The bytes are those of a node decompressed: so many that with what is around it, it fits in a
// frame.
inline constexpr std::size_t kMaxNodeBytes = (std::size_t{16} << 20) - 64;
inline constexpr int kMaxNodeDepth = 32;
// Nodes and attributes in all. The groups of a large account come in one node, a thousand members
// each; and 100 bytes for each item are what the other end can make us hold at worst.
inline constexpr std::size_t kMaxNodeItems = std::size_t{1} << 21;
inline constexpr std::size_t kMaxNodeAttributes = 128;  // of one node

enum class Compression : std::uint8_t { kNone, kZlib };

// kTooLarge when the node is over one of the bounds, kMalformed when it has no tag, an attribute
// without a name, or one twice.
Result<std::string> EncodeNode(const Node& node, Compression compression = Compression::kNone);

// One node; bytes behind it are passed over, and of an attribute that is there twice the last value
// counts: whoever sent them is known, and a node that is refused comes again and again. What it
// gives, EncodeNode takes, unless it is longer in our way of writing.
Result<Node> DecodeNode(std::string_view bytes);

}  // namespace parley::wire::binary
