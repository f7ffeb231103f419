// A node: what one frame of the network holds. A tag, attributes, and text, bytes or more nodes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "wire/binary/jid.h"
#include "wire/crypto/fault.h"

namespace parley::wire::binary {

struct Attribute {
  std::string name;
  std::string value;  // a JID as Jid::Text spells it; else any bytes, as a rule printable

  bool operator==(const Attribute&) const = default;
};

// Text may travel as a token, packed or as a JID; bytes travel as they are. What was text may come
// back as bytes, so that readers use Node::data() for both.
struct Text {
  std::string value;
  bool operator==(const Text&) const = default;
};
struct Bytes {
  std::string value;
  bool operator==(const Bytes&) const = default;
};

struct Node {
  using Children = std::vector<Node>;
  // Nothing, and an empty list of nodes, are two things on the wire.
  using Content = std::variant<std::monostate, Text, Bytes, Children>;

  Node() = default;
  explicit Node(std::string tag, std::vector<Attribute> attributes = {}, Content content = {})
      : tag(std::move(tag)), attributes(std::move(attributes)), content(std::move(content)) {}

  // The attribute's value; nullopt when there is none of that name.
  std::optional<std::string_view> Find(std::string_view name) const;
  // kMalformed when it is missing or no JID.
  Result<Jid> FindJid(std::string_view name) const;
  // The first child with that tag, or nullptr.
  const Node* FindChild(std::string_view tag) const;

  // The children; none when the content is something else.
  const Children& children() const;
  // Text or bytes; empty when the content is something else.
  std::string_view data() const;

  bool operator==(const Node&) const = default;

  std::string tag;
  std::vector<Attribute> attributes;  // in the order of the wire, each name once
  Content content;
};

}  // namespace parley::wire::binary
