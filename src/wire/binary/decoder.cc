#include <fmt/format.h>

#include <algorithm>

#include "wire/binary/codec.h"
#include "wire/binary/inflate.h"
#include "wire/binary/tags.h"
#include "wire/binary/tokens.h"

namespace parley::wire::binary {
namespace {

const Fault kCutShort{FaultCode::kMalformed, "a node cut short"};

class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  Result<Node> ReadNode(int depth) {
    if (depth > kMaxNodeDepth) return Fault{FaultCode::kTooLarge, "nodes too deep"};
    PARLEY_TRY(list, ReadNumber(1));
    PARLEY_TRY(size, ReadListSize(static_cast<Tag>(list)));
    if (size == 0) return Fault{FaultCode::kMalformed, "a node without a tag"};
    const std::size_t attributes = (size - 1) / 2;
    if (attributes > kMaxNodeAttributes) return Fault{FaultCode::kTooLarge, "too many attributes"};
    items_ += 1 + attributes;
    if (items_ > kMaxNodeItems) return Fault{FaultCode::kTooLarge, "too many nodes"};

    Node node;
    PARLEY_TRY(tag, ReadString());
    if (tag.empty()) return Fault{FaultCode::kMalformed, "a node without a tag"};
    node.tag = std::move(tag);
    PARLEY_CHECK(ReadAttributes(node, attributes));
    if (size % 2 == 0) {
      PARLEY_TRY(content, ReadContent(depth));
      node.content = std::move(content);
    }
    return node;
  }

 private:
  Result<void> ReadAttributes(Node& node, std::size_t count) {
    node.attributes.reserve(std::min(count, rest_.size() / 2));
    for (std::size_t i = 0; i < count; ++i) {
      PARLEY_TRY(name, ReadString());
      PARLEY_TRY(value, ReadString());
      if (name.empty()) return Fault{FaultCode::kMalformed, "a nameless attribute"};
      const auto before =
          std::find_if(node.attributes.begin(), node.attributes.end(),
                       [&](const Attribute& attribute) { return attribute.name == name; });
      if (before != node.attributes.end()) {
        before->value = std::move(value);
      } else {
        node.attributes.push_back(Attribute{std::move(name), std::move(value)});
      }
    }
    return {};
  }

  Result<Node::Content> ReadContent(int depth) {
    PARLEY_TRY(byte, ReadNumber(1));
    const Tag tag = static_cast<Tag>(byte);
    switch (tag) {
      case Tag::kListEmpty:
      case Tag::kList8:
      case Tag::kList16: {
        PARLEY_TRY(count, ReadListSize(tag));
        Node::Children children;
        for (std::size_t i = 0; i < count; ++i) {
          PARLEY_TRY(child, ReadNode(depth + 1));
          children.push_back(std::move(child));
        }
        return Node::Content(std::move(children));
      }
      case Tag::kBinary8:
      case Tag::kBinary20:
      case Tag::kBinary32: {
        PARLEY_TRY(bytes, ReadBytes(tag));
        return Node::Content(Bytes{std::string(bytes)});
      }
      default: {
        PARLEY_TRY(text, ReadStringOf(tag));
        return Node::Content(Text{std::move(text)});
      }
    }
  }

  Result<std::string> ReadString() {
    PARLEY_TRY(tag, ReadNumber(1));
    return ReadStringOf(static_cast<Tag>(tag));
  }

  // The string whose tag was read. A JID is a string that holds strings, which are no JIDs.
  Result<std::string> ReadStringOf(Tag tag) {
    switch (tag) {
      case Tag::kJidPair:
        return ReadJidPair();
      case Tag::kAdJid:
        return ReadAdJid();
      case Tag::kFbJid:
        return ReadFbJid();
      case Tag::kInteropJid:
        return ReadInteropJid();
      default:
        return ReadPlainString(tag);
    }
  }

  Result<std::string> ReadPart() {
    PARLEY_TRY(tag, ReadNumber(1));
    return ReadPlainString(static_cast<Tag>(tag));
  }

  Result<std::string> ReadPlainString(Tag tag) {
    const auto byte = static_cast<std::uint8_t>(tag);
    if (byte > 0 && byte < kSingleTokens) return std::string(kSingleTokenTable[byte]);
    if (tag >= Tag::kDictionary0 && tag <= Tag::kDictionary3) {
      PARLEY_TRY(index, ReadNumber(1));
      const int dictionary = byte - static_cast<std::uint8_t>(Tag::kDictionary0);
      return std::string(kDictionaryTable[dictionary][index]);
    }
    switch (tag) {
      case Tag::kListEmpty:
        return std::string();
      case Tag::kBinary8:
      case Tag::kBinary20:
      case Tag::kBinary32: {
        PARLEY_TRY(bytes, ReadBytes(tag));
        return std::string(bytes);
      }
      case Tag::kNibble8:
        return ReadPacked(kNibbleAlphabet);
      case Tag::kHex8:
        return ReadPacked(kHexAlphabet);
      default:
        return Fault{FaultCode::kMalformed, "a byte that begins no string"};
    }
  }

  Result<std::string> ReadPacked(std::string_view alphabet) {
    PARLEY_TRY(start, ReadNumber(1));
    const bool is_odd = (start & kOddFlag) != 0;
    PARLEY_TRY(bytes, Cut(start & ~std::size_t{kOddFlag}));
    if (is_odd && bytes.empty()) return Fault{FaultCode::kMalformed, "half a byte of nothing"};
    std::string text;
    text.reserve(2 * bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      const auto byte = static_cast<std::uint8_t>(bytes[i]);
      const std::size_t high = byte >> 4, low = byte & 0x0f;
      const bool has_filler = is_odd && i + 1 == bytes.size();
      if (high >= alphabet.size() || (!has_filler && low >= alphabet.size()))
        return Fault{FaultCode::kMalformed, "half a byte that stands for nothing"};
      text += alphabet[high];
      if (!has_filler) text += alphabet[low];
    }
    return text;
  }

  // Spelled as Jid::Text does it, though nothing says that user and server are any we know.

  Result<std::string> ReadJidPair() {
    PARLEY_TRY(user, ReadPart());
    PARLEY_TRY(server, ReadPart());
    if (server.empty()) return Fault{FaultCode::kMalformed, "a JID without a server"};
    return user + '@' + server;
  }

  Result<std::string> ReadAdJid() {
    PARLEY_TRY(domain, ReadNumber(1));
    PARLEY_TRY(device, ReadNumber(1));
    PARLEY_TRY(user, ReadPart());
    for (const JidServerKind& kind : kJidServers) {
      if (kind.domain == kNoDomain || kind.domain != domain) continue;
      return WithDevice(user, device) + '@' + std::string(kind.name);
    }
    return fmt::format("{}.{}:{}@{}", user, domain, device, KindOf(JidServer::kUser).name);
  }

  Result<std::string> ReadFbJid() {
    PARLEY_TRY(user, ReadPart());
    PARLEY_TRY(device, ReadNumber(2));
    PARLEY_TRY(server, ReadPart());
    return WithDevice(user, device) + '@' + server;
  }

  Result<std::string> ReadInteropJid() {
    PARLEY_TRY(user, ReadPart());
    PARLEY_TRY(device, ReadNumber(2));
    PARLEY_TRY(integrator, ReadNumber(2));
    PARLEY_TRY(server, ReadPart());
    return fmt::format("{}-{}@{}", integrator, WithDevice(user, device), server);
  }

  static std::string WithDevice(const std::string& user, std::size_t device) {
    return device == 0 ? user : fmt::format("{}:{}", user, device);
  }

  Result<std::size_t> ReadListSize(Tag tag) {
    switch (tag) {
      case Tag::kListEmpty:
        return std::size_t{0};
      case Tag::kList8:
        return ReadNumber(1);
      case Tag::kList16:
        return ReadNumber(2);
      default:
        return Fault{FaultCode::kMalformed, "a byte that begins no list"};
    }
  }

  Result<std::string_view> ReadBytes(Tag tag) {
    std::size_t size = 0;
    if (tag == Tag::kBinary20) {
      PARLEY_TRY(length, ReadNumber(3));
      size = length & 0xfffff;
    } else {
      PARLEY_TRY(length, ReadNumber(tag == Tag::kBinary8 ? 1 : 4));
      size = length;
    }
    return Cut(size);
  }

  Result<std::size_t> ReadNumber(std::size_t bytes) {  // big-endian
    PARLEY_TRY(cut, Cut(bytes));
    std::size_t number = 0;
    for (const char byte : cut) number = number << 8 | static_cast<std::uint8_t>(byte);
    return number;
  }

  Result<std::string_view> Cut(std::size_t size) {
    if (size > rest_.size()) return kCutShort;
    const std::string_view cut = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return cut;
  }

  std::string_view rest_;
  std::size_t items_ = 0;
};

}  // namespace

Result<Node> DecodeNode(std::string_view bytes) {
  if (bytes.empty()) return kCutShort;
  const bool is_compressed = (static_cast<std::uint8_t>(bytes[0]) & kCompressedFlag) != 0;
  bytes.remove_prefix(1);
  std::string inflated;
  if (is_compressed) {
    PARLEY_TRY(plain, Inflate(bytes, kMaxNodeBytes));
    inflated = std::move(plain);
    bytes = inflated;
  }
  if (bytes.size() > kMaxNodeBytes) return Fault{FaultCode::kTooLarge, "a node too long"};
  return Decoder(bytes).ReadNode(1);
}

}  // namespace parley::wire::binary
