// 2Chat's spelling of ids and addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "core/addresses.h"
#include "core/contacts/person.h"
#include "core/ids.h"

namespace parley::api::twochat {

std::string Spell(core::AccountId id);       // ACC<uuid>
std::string Spell(core::ChannelId id);       // WPN<uuid>
std::string Spell(core::MessageId id);       // MSG<uuid>
std::string Spell(core::SubscriptionId id);  // WHK<uuid>
std::string Spell(core::GroupId id);         // WAG<uuid>
std::string Spell(core::PersonId id);        // CON<uuid>

std::optional<core::PersonId> ParseContactId(std::string_view text);
std::optional<core::ChannelId> ParseChannelId(std::string_view text);
std::optional<core::SubscriptionId> ParseWebhookId(std::string_view text);
// With WAG or WGP before it: the vendor writes both.
std::optional<core::GroupId> ParseGroupId(std::string_view text);
std::optional<core::MessageId> ParseMessageId(std::string_view text);

// "+595981048477"; a fault on `field` for anything that is not a number.
base::Result<core::Address> ParseNumber(std::string_view text, std::string_view field);

// "+" and the digits; empty when no number is known: a LID is never printed as a number.
std::string PhoneOf(const core::Peer& peer);

// "WW-WPN<uuid>-<digits>@c.us"; of a group "...@g.us".
std::string SessionKey(core::ChannelId channel, const core::Address& address);

// "2026-01-31T09:30:00Z".
std::string Iso(base::Time time);

}  // namespace parley::api::twochat
