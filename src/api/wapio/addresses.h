// Wapio's spelling of ids and addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "core/addresses.h"
#include "core/contacts/person.h"
#include "core/ids.h"

namespace parley::api::wapio {

std::string Spell(core::AccountId id);       // bps_acc_<32 hex digits>
std::string Spell(core::ChannelId id);       // bps_sess_ws_...
std::string Spell(core::MessageId id);       // bps_msg_...
std::string Spell(core::MediaId id);         // bps_im_...
std::string Spell(core::SubscriptionId id);  // bps_wh_...
std::string Spell(core::OperationId id);     // bps_op_...

std::optional<core::ChannelId> ParseSessionId(std::string_view text);
std::optional<core::MessageId> ParseMessageId(std::string_view text);
std::optional<core::MediaId> ParseMediaId(std::string_view text);
std::optional<core::OperationId> ParseOperationId(std::string_view text);

// "15550100@s.whatsapp.net", "123@lid", "123-456@g.us", "123@newsletter".
std::string Jid(const core::Address& address);
std::string Jid(const core::Peer& peer);

// A JID, or a phone number in any form that core::ParsePhone takes. A fault on `field` otherwise.
base::Result<core::Address> ParseRecipient(std::string_view text, std::string_view field);

// "2026-01-31T09:30:00.000Z".
std::string Iso(base::Time time);

}  // namespace parley::api::wapio
