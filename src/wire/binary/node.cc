#include "wire/binary/node.h"

namespace parley::wire::binary {

std::optional<std::string_view> Node::Find(std::string_view name) const {
  for (const Attribute& attribute : attributes)
    if (attribute.name == name) return attribute.value;
  return std::nullopt;
}

Result<Jid> Node::FindJid(std::string_view name) const {
  const auto value = Find(name);
  if (!value) return Fault{FaultCode::kMalformed, "an attribute with a JID is missing"};
  return ParseJid(*value);
}

const Node* Node::FindChild(std::string_view wanted) const {
  for (const Node& child : children())
    if (child.tag == wanted) return &child;
  return nullptr;
}

const Node::Children& Node::children() const {
  static const Children none;
  const auto* list = std::get_if<Children>(&content);
  return list != nullptr ? *list : none;
}

std::string_view Node::data() const {
  if (const auto* text = std::get_if<Text>(&content)) return text->value;
  if (const auto* bytes = std::get_if<Bytes>(&content)) return bytes->value;
  return {};
}

}  // namespace parley::wire::binary
