// Any bytes as a node, and as a JID. A node that is read is within the bounds and can be written;
// what is written is the same node when it is read again, plain or compressed. A JID that is read
// is spelled back as it was, but for a server that stands alone.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "wire/binary/codec.h"

using namespace parley::wire;
using namespace parley::wire::binary;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

// Text that has no shorter form comes back as bytes.
bool AreSame(const Node& a, const Node& b) {
  if (a.tag != b.tag || a.attributes != b.attributes || a.data() != b.data()) return false;
  if (std::holds_alternative<std::monostate>(a.content) !=
          std::holds_alternative<std::monostate>(b.content) ||
      std::holds_alternative<Node::Children>(a.content) !=
          std::holds_alternative<Node::Children>(b.content) ||
      a.children().size() != b.children().size())
    return false;
  for (std::size_t i = 0; i < a.children().size(); ++i)
    if (!AreSame(a.children()[i], b.children()[i])) return false;
  return true;
}

void CheckJid(std::string_view text) {
  const auto jid = ParseJid(text);
  if (!jid) return;
  const std::string spelled = jid->Text();
  Check(spelled == text || spelled == '@' + std::string(text));
  Check(ParseJid(spelled).value() == *jid);
  Check(!jid->WithoutDevice().Text().empty());
}

void CheckJids(const Node& node) {
  for (const Attribute& attribute : node.attributes) CheckJid(attribute.value);
  for (const Node& child : node.children()) CheckJids(child);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  CheckJid(bytes);
  const auto node = DecodeNode(bytes);
  if (!node) return 0;
  CheckJids(*node);
  const auto written = EncodeNode(*node);
  // A node can be longer when it is written in our way: JIDs that are none are spelled out.
  if (!written) {
    Check(written.error().code == FaultCode::kTooLarge);
    return 0;
  }
  Check(AreSame(DecodeNode(*written).value(), *node));
  Check(EncodeNode(DecodeNode(*written).value()).value() == *written);
  Check(AreSame(DecodeNode(EncodeNode(*node, Compression::kZlib).value()).value(), *node));
  return 0;
}
