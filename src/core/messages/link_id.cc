#include "core/messages/link_id.h"

#include <algorithm>

namespace parley::core {

std::string LinkIdOf(MessageId id) {
  std::string hex = id.value.ToHex();
  std::transform(hex.begin(), hex.end(), hex.begin(),
                 [](char c) { return c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c; });
  return hex;
}

std::string LinkIdOf(const Message& message) {
  return message.link_id.empty() ? LinkIdOf(message.id) : message.link_id;
}

std::optional<MessageId> MessageIdFrom(std::string_view link_id) {
  if (link_id.size() != 32) return std::nullopt;
  const auto uuid = base::Uuid::Parse(link_id);
  if (!uuid) return std::nullopt;
  return MessageId(*uuid);
}

}  // namespace parley::core
