#include <algorithm>
#include <optional>

#include "wire/binary/codec.h"
#include "wire/binary/inflate.h"
#include "wire/binary/tags.h"
#include "wire/binary/tokens.h"

namespace parley::wire::binary {
namespace {

class Encoder {
 public:
  // The node behind what is there already.
  Result<void> WriteNode(const Node& node, int depth) {
    if (node.tag.empty()) return Fault{FaultCode::kMalformed, "a node has a tag"};
    if (depth > kMaxNodeDepth) return Fault{FaultCode::kTooLarge, "nodes too deep"};
    PARLEY_CHECK(Count(1 + node.attributes.size()));
    const bool has_content = !std::holds_alternative<std::monostate>(node.content);
    WriteListStart(1 + 2 * node.attributes.size() + (has_content ? 1 : 0));
    WriteString(node.tag);
    PARLEY_CHECK(WriteAttributes(node.attributes));
    if (const auto* text = std::get_if<Text>(&node.content)) WriteString(text->value);
    if (const auto* bytes = std::get_if<Bytes>(&node.content)) WriteBytes(bytes->value);
    if (const auto* children = std::get_if<Node::Children>(&node.content)) {
      if (children->size() > 0xffff) return Fault{FaultCode::kTooLarge, "too many children"};
      WriteListStart(children->size());
      for (const Node& child : *children) PARLEY_CHECK(WriteNode(child, depth + 1));
    }
    if (out_.size() > kMaxNodeBytes) return Fault{FaultCode::kTooLarge, "a node too long"};
    return {};
  }

  std::string Take() { return std::move(out_); }

 private:
  Result<void> Count(std::size_t items) {
    items_ += items;
    if (items_ > kMaxNodeItems) return Fault{FaultCode::kTooLarge, "too many nodes"};
    return {};
  }

  Result<void> WriteAttributes(const std::vector<Attribute>& attributes) {
    if (attributes.size() > kMaxNodeAttributes)
      return Fault{FaultCode::kTooLarge, "too many attributes"};
    for (std::size_t i = 0; i < attributes.size(); ++i) {
      if (attributes[i].name.empty()) return Fault{FaultCode::kMalformed, "a nameless attribute"};
      for (std::size_t j = 0; j < i; ++j)
        if (attributes[j].name == attributes[i].name)
          return Fault{FaultCode::kMalformed, "an attribute twice"};
      WriteString(attributes[i].name);
      WriteString(attributes[i].value);
    }
    return {};
  }

  // In the shortest of the forms that give the same string again.
  void WriteString(const std::string& text) {
    if (const auto token = FindToken(text)) {
      if (token->dictionary)
        PutByte(static_cast<std::uint8_t>(Tag::kDictionary0) + *token->dictionary);
      PutByte(token->index);
      return;
    }
    if (WritePacked(Tag::kNibble8, kNibbleAlphabet, text)) return;
    if (WritePacked(Tag::kHex8, kHexAlphabet, text)) return;
    if (text.find('@') != std::string::npos) {
      const auto jid = ParseJid(text);
      if (jid) return WriteJid(*jid);
    }
    WriteBytes(text);
  }

  // False, and nothing written, when the text does not consist of the alphabet.
  bool WritePacked(Tag tag, std::string_view alphabet, std::string_view text) {
    if (text.empty() || text.size() > kMaxPacked ||
        text.find_first_not_of(alphabet) != std::string_view::npos)
      return false;
    const bool is_odd = text.size() % 2 == 1;
    PutTag(tag);
    PutByte(static_cast<std::uint8_t>((text.size() + 1) / 2) | (is_odd ? kOddFlag : 0));
    for (std::size_t i = 0; i < text.size(); i += 2) {
      const std::size_t high = alphabet.find(text[i]);
      const std::size_t low = i + 1 < text.size() ? alphabet.find(text[i + 1]) : kFiller;
      PutByte(static_cast<std::uint8_t>(high << 4 | low));
    }
    return true;
  }

  void WriteJid(const Jid& jid) {
    const JidServerKind& kind = KindOf(jid.server);
    if (jid.user.empty()) {
      PutTag(Tag::kJidPair);
      PutTag(Tag::kListEmpty);
      WriteString(std::string(kind.name));
    } else if (jid.server == JidServer::kInterop) {
      PutTag(Tag::kInteropJid);
      WriteString(jid.user);
      PutNumber(jid.device, 2);
      PutNumber(jid.integrator, 2);
      WriteString(std::string(kind.name));
    } else if (jid.server == JidServer::kMessenger) {
      PutTag(Tag::kFbJid);
      WriteString(jid.user);
      PutNumber(jid.device, 2);
      WriteString(std::string(kind.name));
    } else if (jid.device != 0 || jid.agent != 0) {
      PutTag(Tag::kAdJid);
      PutByte(jid.agent != 0 ? jid.agent : kind.domain);
      PutByte(static_cast<std::uint8_t>(jid.device));
      WriteString(jid.user);
    } else {
      PutTag(Tag::kJidPair);
      WriteString(jid.user);
      WriteString(std::string(kind.name));
    }
  }

  void WriteBytes(std::string_view bytes) {
    if (bytes.size() <= 0xff) {
      PutTag(Tag::kBinary8);
      PutNumber(bytes.size(), 1);
    } else if (bytes.size() < (1 << 20)) {
      PutTag(Tag::kBinary20);
      PutNumber(bytes.size(), 3);
    } else {
      PutTag(Tag::kBinary32);
      PutNumber(bytes.size(), 4);  // what is longer is refused as a whole, see WriteNode
    }
    out_ += bytes;
  }

  void WriteListStart(std::size_t count) {
    if (count == 0) return PutTag(Tag::kListEmpty);
    PutTag(count <= 0xff ? Tag::kList8 : Tag::kList16);
    PutNumber(count, count <= 0xff ? 1 : 2);
  }

  void PutTag(Tag tag) { PutByte(static_cast<std::uint8_t>(tag)); }
  void PutByte(std::uint8_t byte) { out_ += static_cast<char>(byte); }
  void PutNumber(std::size_t number, int bytes) {  // big-endian
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
      PutByte(static_cast<std::uint8_t>(number >> shift));
  }

  std::string out_;
  std::size_t items_ = 0;
};

}  // namespace

Result<std::string> EncodeNode(const Node& node, Compression compression) {
  Encoder encoder;
  PARLEY_CHECK(encoder.WriteNode(node, 1));
  std::string plain = encoder.Take();
  if (compression == Compression::kNone) return '\0' + plain;
  const std::string compressed = Deflate(plain);
  if (compressed.size() > kMaxNodeBytes) return '\0' + plain;  // it has only become longer
  return static_cast<char>(kCompressedFlag) + compressed;
}

}  // namespace parley::wire::binary
