// Nodes as JSON, as the vectors and the peer in tests/clients/wire spell them:
// {"tag", "attributes": [[name, value]], "text" | "bytes" (hexadecimal) | "children"}.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "base/encoding.h"
#include "wire/binary/node.h"

namespace parley::vectors {

inline wire::binary::Node NodeFromJson(const boost::json::value& json) {
  namespace binary = wire::binary;
  binary::Node node(std::string(json.at("tag").as_string()));
  for (const auto& pair : json.at("attributes").as_array())
    node.attributes.push_back(
        {std::string(pair.at(0).as_string()), std::string(pair.at(1).as_string())});
  const boost::json::object& object = json.as_object();
  if (const auto* text = object.if_contains("text"))
    node.content = binary::Text{std::string(text->as_string())};
  if (const auto* bytes = object.if_contains("bytes"))
    node.content = binary::Bytes{base::FromHexText(std::string_view(bytes->as_string())).value()};
  if (const auto* list = object.if_contains("children")) {
    binary::Node::Children children;
    for (const auto& child : list->as_array()) children.push_back(NodeFromJson(child));
    node.content = std::move(children);
  }
  return node;
}

inline boost::json::value NodeToJson(const wire::binary::Node& node) {
  namespace binary = wire::binary;
  boost::json::array attributes;
  for (const binary::Attribute& attribute : node.attributes)
    attributes.push_back(boost::json::array({attribute.name, attribute.value}));
  boost::json::object json;
  json["tag"] = node.tag;
  json["attributes"] = std::move(attributes);
  if (const auto* text = std::get_if<binary::Text>(&node.content)) json["text"] = text->value;
  if (const auto* bytes = std::get_if<binary::Bytes>(&node.content))
    json["bytes"] = base::ToHexText(bytes->value);
  if (const auto* list = std::get_if<binary::Node::Children>(&node.content)) {
    boost::json::array children;
    for (const binary::Node& child : *list) children.push_back(NodeToJson(child));
    json["children"] = std::move(children);
  }
  return json;
}

}  // namespace parley::vectors
