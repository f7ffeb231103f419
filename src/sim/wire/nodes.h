// Building of nodes, and reading of what stands in them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/wire/layers.h"
#include "wire/binary/node.h"

namespace parley::sim::wire {

using Attributes = std::vector<binary::Attribute>;

inline binary::Node MakeNode(std::string tag, Attributes attributes = {}) {
  return binary::Node(std::move(tag), std::move(attributes));
}
inline binary::Node MakeNode(std::string tag, Attributes attributes,
                             std::vector<binary::Node> children) {
  return binary::Node(std::move(tag), std::move(attributes), std::move(children));
}
// With bytes in it.
inline binary::Node MakeData(std::string tag, std::string bytes, Attributes attributes = {}) {
  return binary::Node(std::move(tag), std::move(attributes), binary::Bytes{std::move(bytes)});
}

// A whole number big-endian in that many bytes, and back; nullopt when it is not that many.
std::string BigEndian(std::uint32_t value, int bytes);
std::optional<std::uint32_t> FromBigEndian(std::string_view bytes, std::size_t size);

// An attribute's text; empty when it is not there.
inline std::string Get(const binary::Node& node, std::string_view name) {
  return std::string(node.Find(name).value_or(""));
}
// The data of the first child with that tag; empty when there is none.
inline std::string_view ChildData(const binary::Node& node, std::string_view tag) {
  const binary::Node* child = node.FindChild(tag);
  return child == nullptr ? std::string_view() : child->data();
}

// The parts between separators; one when there is none.
std::vector<std::string_view> Split(std::string_view text, char separator);

// The answers to an <iq>.
binary::Node ResultOf(const binary::Node& iq, std::vector<binary::Node> children = {});
binary::Node ErrorOf(const binary::Node& iq, int code, std::string_view text);

}  // namespace parley::sim::wire
