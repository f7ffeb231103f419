#include "sim/wire/nodes.h"

namespace parley::sim::wire {
namespace {

Attributes AnswerTo(const binary::Node& iq, std::string type) {
  return {{"from", iq.Find("to") ? Get(iq, "to") : binary::NetworkServer().Text()},
          {"type", std::move(type)},
          {"id", Get(iq, "id")}};
}

}  // namespace

std::string BigEndian(std::uint32_t value, int bytes) {
  std::string out;
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out += static_cast<char>(value >> shift & 0xff);
  return out;
}

std::optional<std::uint32_t> FromBigEndian(std::string_view bytes, std::size_t size) {
  if (bytes.size() != size || size > 4) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<std::uint8_t>(c);
  return value;
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find(separator);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

binary::Node ResultOf(const binary::Node& iq, std::vector<binary::Node> children) {
  if (children.empty()) return MakeNode("iq", AnswerTo(iq, "result"));
  return MakeNode("iq", AnswerTo(iq, "result"), std::move(children));
}

binary::Node ErrorOf(const binary::Node& iq, int code, std::string_view text) {
  Attributes error = {{"code", std::to_string(code)}, {"text", std::string(text)}};
  return MakeNode("iq", AnswerTo(iq, "error"), {MakeNode("error", std::move(error))});
}

}  // namespace parley::sim::wire
