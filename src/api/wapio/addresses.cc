#include "api/wapio/addresses.h"

#include <array>

namespace parley::api::wapio {
namespace {

template <class Id>
std::string WithPrefix(std::string_view prefix, Id id) {
  return std::string(prefix) + id.value.ToHex();
}

template <class Id>
std::optional<Id> WithoutPrefix(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  const auto uuid = base::Uuid::Parse(text.substr(prefix.size()));
  if (!uuid) return std::nullopt;
  return Id(*uuid);
}

constexpr std::string_view kSessionPrefix = "bps_sess_ws_";
constexpr std::string_view kMessagePrefix = "bps_msg_";
constexpr std::string_view kMediaPrefix = "bps_im_";
constexpr std::string_view kOperationPrefix = "bps_op_";

struct Server {
  std::string_view name;
  core::AddressKind kind;
  std::optional<core::Address> (*parse)(std::string_view user);
};
constexpr auto kServers = std::to_array<Server>({
    {"s.whatsapp.net", core::AddressKind::kPhone, &core::ParsePhone},
    {"c.us", core::AddressKind::kPhone, &core::ParsePhone},
    {"lid", core::AddressKind::kLid, &core::ParseLid},
    {"g.us", core::AddressKind::kGroup, &core::ParseGroup},
    {"newsletter", core::AddressKind::kNewsletter, &core::ParseNewsletter},
});

}  // namespace

std::string Spell(core::AccountId id) { return WithPrefix("bps_acc_", id); }
std::string Spell(core::ChannelId id) { return WithPrefix(kSessionPrefix, id); }
std::string Spell(core::MessageId id) { return WithPrefix(kMessagePrefix, id); }
std::string Spell(core::MediaId id) { return WithPrefix(kMediaPrefix, id); }
std::string Spell(core::SubscriptionId id) { return WithPrefix("bps_wh_", id); }
std::string Spell(core::OperationId id) { return WithPrefix(kOperationPrefix, id); }

std::optional<core::ChannelId> ParseSessionId(std::string_view text) {
  return WithoutPrefix<core::ChannelId>(kSessionPrefix, text);
}

std::optional<core::MessageId> ParseMessageId(std::string_view text) {
  return WithoutPrefix<core::MessageId>(kMessagePrefix, text);
}

std::optional<core::MediaId> ParseMediaId(std::string_view text) {
  return WithoutPrefix<core::MediaId>(kMediaPrefix, text);
}

std::optional<core::OperationId> ParseOperationId(std::string_view text) {
  return WithoutPrefix<core::OperationId>(kOperationPrefix, text);
}

std::string Jid(const core::Address& address) {
  for (const Server& server : kServers)
    if (server.kind == address.kind) return address.value + "@" + std::string(server.name);
  return address.value;
}

std::string Jid(const core::Peer& peer) { return Jid(peer.address()); }

base::Result<core::Address> ParseRecipient(std::string_view text, std::string_view field) {
  const std::size_t at = text.find('@');
  std::optional<core::Address> address;
  if (at == std::string_view::npos) {
    address = core::ParsePhone(text);
  } else {
    for (const Server& server : kServers)
      if (server.name == text.substr(at + 1)) address = server.parse(text.substr(0, at));
  }
  if (!address)
    return base::FieldError(std::string(field),
                            "Must be a phone number with country code or a JID");
  return std::move(*address);
}

std::string Iso(base::Time time) { return base::FormatTime(time, base::TimeStyle::kIsoMillisZ); }

}  // namespace parley::api::wapio
