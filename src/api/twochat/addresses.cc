#include "api/twochat/addresses.h"

namespace parley::api::twochat {
namespace {

constexpr std::string_view kWebhookPrefix = "WHK";
constexpr std::string_view kContactPrefix = "CON";
constexpr std::string_view kChannelPrefix = "WPN";
constexpr std::string_view kMessagePrefix = "MSG";

template <class Id>
std::optional<Id> WithoutPrefix(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  const auto uuid = base::Uuid::Parse(text.substr(prefix.size()));
  if (!uuid) return std::nullopt;
  return Id(*uuid);
}

constexpr std::string_view kGroupPrefixes[] = {"WAG", "WGP"};

std::string_view ServerOf(core::AddressKind kind) {
  switch (kind) {
    case core::AddressKind::kPhone:
      return "@c.us";
    case core::AddressKind::kGroup:
      return "@g.us";
    case core::AddressKind::kNewsletter:
      return "@newsletter";
    case core::AddressKind::kLid:
    case core::AddressKind::kUsername:
      break;
  }
  return "@lid";
}

}  // namespace

std::string Spell(core::AccountId id) { return "ACC" + id.value.ToText(); }
std::string Spell(core::ChannelId id) { return "WPN" + id.value.ToText(); }
std::string Spell(core::MessageId id) { return "MSG" + id.value.ToText(); }
std::string Spell(core::SubscriptionId id) {
  return std::string(kWebhookPrefix) + id.value.ToText();
}

std::string Spell(core::GroupId id) { return std::string(kGroupPrefixes[0]) + id.value.ToText(); }
std::string Spell(core::PersonId id) { return std::string(kContactPrefix) + id.value.ToText(); }

std::optional<core::PersonId> ParseContactId(std::string_view text) {
  return WithoutPrefix<core::PersonId>(kContactPrefix, text);
}

std::optional<core::ChannelId> ParseChannelId(std::string_view text) {
  return WithoutPrefix<core::ChannelId>(kChannelPrefix, text);
}

std::optional<core::SubscriptionId> ParseWebhookId(std::string_view text) {
  return WithoutPrefix<core::SubscriptionId>(kWebhookPrefix, text);
}

std::optional<core::MessageId> ParseMessageId(std::string_view text) {
  return WithoutPrefix<core::MessageId>(kMessagePrefix, text);
}

std::optional<core::GroupId> ParseGroupId(std::string_view text) {
  for (const std::string_view prefix : kGroupPrefixes) {
    if (!text.starts_with(prefix)) continue;
    if (const auto uuid = base::Uuid::Parse(text.substr(prefix.size())))
      return core::GroupId(*uuid);
  }
  return std::nullopt;
}

base::Result<core::Address> ParseNumber(std::string_view text, std::string_view field) {
  auto number = core::ParsePhone(text);
  if (!number)
    return base::FieldError(std::string(field), "Must be a phone number in international format");
  return std::move(*number);
}

std::string PhoneOf(const core::Peer& peer) { return peer.phone.empty() ? "" : "+" + peer.phone; }

std::string SessionKey(core::ChannelId channel, const core::Address& address) {
  return "WW-" + Spell(channel) + "-" + address.value + std::string(ServerOf(address.kind));
}

std::string Iso(base::Time time) { return base::FormatTime(time, base::TimeStyle::kIsoZ); }

}  // namespace parley::api::twochat
