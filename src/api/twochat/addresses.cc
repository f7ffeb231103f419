#include "api/twochat/addresses.h"

namespace parley::api::twochat {
namespace {

constexpr std::string_view kWebhook = "WHK";

}  // namespace

std::string Spell(core::AccountId id) { return "ACC" + id.value.ToText(); }
std::string Spell(core::ChannelId id) { return "WPN" + id.value.ToText(); }
std::string Spell(core::MessageId id) { return "MSG" + id.value.ToText(); }
std::string Spell(core::SubscriptionId id) { return std::string(kWebhook) + id.value.ToText(); }

std::optional<core::SubscriptionId> ParseWebhookId(std::string_view text) {
  if (!text.starts_with(kWebhook)) return std::nullopt;
  const auto uuid = base::Uuid::Parse(text.substr(kWebhook.size()));
  if (!uuid) return std::nullopt;
  return core::SubscriptionId(*uuid);
}

base::Result<core::Address> ParseNumber(std::string_view text, std::string_view field) {
  auto number = core::ParsePhone(text);
  if (!number)
    return base::FieldError(std::string(field), "Must be a phone number in international format");
  return std::move(*number);
}

std::string PhoneOf(const core::Peer& peer) { return peer.phone.empty() ? "" : "+" + peer.phone; }

std::string SessionKey(core::ChannelId channel, const core::Peer& peer) {
  const core::Address address = peer.address();
  const char* server = address.kind == core::AddressKind::kPhone ? "@c.us" : "@lid";
  return "WW-" + Spell(channel) + "-" + address.value + server;
}

}  // namespace parley::api::twochat
