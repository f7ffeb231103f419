#include "api/onemsg/addresses.h"

#include <array>

#include "base/encoding.h"

namespace parley::api::onemsg {
namespace {

constexpr std::string_view kMessage = "wamid.";

struct Server {
  std::string_view name;
  core::AddressKind kind;
  std::optional<core::Address> (*parse)(std::string_view user);
};
constexpr auto kServers = std::to_array<Server>({
    {"c.us", core::AddressKind::kPhone, &core::ParsePhone},
    {"lid", core::AddressKind::kLid, &core::ParseLid},
    {"g.us", core::AddressKind::kGroup, &core::ParseGroup},
});

}  // namespace

std::string Spell(core::MessageId id) {
  return std::string(kMessage) + base::ToBase64Url(id.value.AsBytes());
}

std::optional<core::MessageId> ParseMessageId(std::string_view text) {
  if (!text.starts_with(kMessage) || text.size() > 64) return std::nullopt;
  const auto bytes = base::FromBase64(text.substr(kMessage.size()));
  const auto uuid = bytes ? base::Uuid::FromBytes(*bytes) : std::nullopt;
  if (!uuid) return std::nullopt;
  return core::MessageId(*uuid);
}

std::string Spell(core::MediaId id) { return id.value.ToText(); }

std::optional<core::MediaId> ParseMediaId(std::string_view text) {
  const auto uuid = base::Uuid::Parse(text);
  if (!uuid) return std::nullopt;
  return core::MediaId(*uuid);
}

std::string ChatId(const core::Address& address) {
  for (const Server& server : kServers)
    if (server.kind == address.kind) return address.value + "@" + std::string(server.name);
  return address.value;
}

std::string ChatId(const core::Peer& peer) { return ChatId(peer.address()); }

base::Result<core::Address> ParseChatId(std::string_view text) {
  const std::size_t at = text.find('@');
  std::optional<core::Address> address;
  if (at != std::string_view::npos)
    for (const Server& server : kServers)
      if (server.name == text.substr(at + 1)) address = server.parse(text.substr(0, at));
  if (!address) return base::FieldError("chatId", "Must look like 12020721369@c.us");
  return std::move(*address);
}

base::Result<core::Address> ParseRecipient(const std::optional<std::string>& chat_id,
                                           const std::optional<std::string>& phone) {
  if (chat_id) return ParseChatId(*chat_id);
  if (!phone) return base::FieldError("phone", "Required if chatId is not set");
  auto address = core::ParsePhone(*phone);
  if (!address)
    return base::FieldError("phone", "Must be a phone number starting with the country code");
  return std::move(*address);
}

}  // namespace parley::api::onemsg
