#include "link/multidevice/queries.h"

#include <utility>

#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {
namespace {

using wire::binary::Attribute;
using wire::binary::Node;

}  // namespace

Node MakeQuery(QueryKind kind, std::string_view xmlns, Node child) {
  Node iq("iq");
  iq.attributes.push_back(Attribute{"to", wire::binary::NetworkServer().Text()});
  iq.attributes.push_back(Attribute{"type", kind == QueryKind::kGet ? "get" : "set"});
  iq.attributes.push_back(Attribute{"xmlns", std::string(xmlns)});
  Node::Children children;
  children.push_back(std::move(child));
  iq.content = std::move(children);
  return iq;
}

Node MakeResult(std::string_view id) {
  Node iq("iq");
  iq.attributes.push_back(Attribute{"to", wire::binary::NetworkServer().Text()});
  iq.attributes.push_back(Attribute{"type", "result"});
  iq.attributes.push_back(Attribute{"id", std::string(id)});
  return iq;
}

Node MakeError(std::string_view id, int code, std::string_view text) {
  Node iq("iq");
  iq.attributes.push_back(Attribute{"to", wire::binary::NetworkServer().Text()});
  iq.attributes.push_back(Attribute{"type", "error"});
  iq.attributes.push_back(Attribute{"id", std::string(id)});
  Node error("error");
  error.attributes.push_back(Attribute{"code", std::to_string(code)});
  error.attributes.push_back(Attribute{"text", std::string(text)});
  Node::Children children;
  children.push_back(std::move(error));
  iq.content = std::move(children);
  return iq;
}

Node MakeAck(const Node& stanza) {
  Node ack("ack");
  ack.attributes.push_back(Attribute{"class", stanza.tag});
  const std::pair<std::string_view, const char*> copied[] = {
      {"from", "to"}, {"id", "id"}, {"participant", "participant"}, {"type", "type"}};
  for (const auto& [from, to] : copied)
    if (const auto value = stanza.Find(from))
      ack.attributes.push_back(Attribute{to, std::string(*value)});
  return ack;
}

std::optional<QueryError> ErrorIn(const Node& answer) {
  if (answer.Find("type") != "error") return std::nullopt;
  QueryError error;
  if (const Node* child = answer.FindChild("error")) {
    error.code = static_cast<int>(NumberIn(*child, "code").value_or(0));
    error.text = child->Find("text").value_or("");
  }
  return error;
}

std::string BigEndian(std::uint32_t value, int bytes) {
  std::string out;
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
  return out;
}

}  // namespace parley::link::multidevice
