#include "link/multidevice/stanzas.h"

#include <charconv>

namespace parley::link::multidevice {
namespace {

// The attributes that name a stanza to its sender.
void CopyAddress(const Node& from, Node& to) {
  if (const auto id = from.Find("id")) to.attributes.push_back(Attribute{"id", std::string(*id)});
  if (const auto sender = from.Find("from"))
    to.attributes.push_back(Attribute{"to", std::string(*sender)});
  for (const std::string_view name : {"participant", "recipient"})
    if (const auto value = from.Find(name))
      to.attributes.push_back(Attribute{std::string(name), std::string(*value)});
}

constexpr std::uint64_t kLastSecond = 253'402'300'799;  // the year 9999 ends

}  // namespace

std::optional<std::uint64_t> NumberIn(const Node& node, std::string_view attribute) {
  const auto text = node.Find(attribute);
  if (!text || text->empty()) return std::nullopt;
  std::uint64_t number = 0;
  const char* end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return number;
}

base::Time TimeIn(const Node& node, std::string_view attribute, base::Time otherwise) {
  const auto seconds = NumberIn(node, attribute);
  if (!seconds || *seconds == 0 || *seconds > kLastSecond) return otherwise;
  return base::FromUnixMs(static_cast<std::int64_t>(*seconds) * 1000);
}

std::optional<std::uint32_t> BigEndianIn(const Node& node, std::size_t size) {
  const std::string_view bytes = node.data();
  if (bytes.size() != size) return std::nullopt;
  std::uint32_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
  return value;
}

std::string BigEndian(std::uint32_t value, std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = size; i-- > 0; value >>= 8) bytes[i] = static_cast<char>(value & 0xff);
  return bytes;
}

Node AckOf(const Node& stanza, Refusal refusal) {
  Node ack("ack");
  ack.attributes.push_back(Attribute{"class", stanza.tag});
  CopyAddress(stanza, ack);
  if (stanza.tag != "message")
    if (const auto type = stanza.Find("type"))
      ack.attributes.push_back(Attribute{"type", std::string(*type)});
  if (refusal != Refusal::kNone)
    ack.attributes.push_back(
        Attribute{"error", std::to_string(static_cast<std::uint16_t>(refusal))});
  return ack;
}

Node ReceiptOf(const Node& message, std::string_view type) {
  Node receipt("receipt");
  CopyAddress(message, receipt);
  if (!type.empty()) receipt.attributes.push_back(Attribute{"type", std::string(type)});
  return receipt;
}

}  // namespace parley::link::multidevice
