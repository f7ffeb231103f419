// 1MSG's spelling of ids and addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "core/addresses.h"
#include "core/contacts/person.h"
#include "core/ids.h"

namespace parley::api::onemsg {

// "wamid." and the id in Base64, in the alphabet that stands in a query or a form as it is: clients
// write ids there without encoding them. Both alphabets are read.
std::string Spell(core::MessageId id);
std::optional<core::MessageId> ParseMessageId(std::string_view text);

std::string Spell(core::MediaId id);  // 36 characters
std::optional<core::MediaId> ParseMediaId(std::string_view text);

// "556123122026@c.us", "123@lid".
std::string ChatId(const core::Peer& peer);
std::string ChatId(const core::Address& address);

// chatId is used when both are given. A fault when neither is, or when it is not an address.
base::Result<core::Address> ParseRecipient(const std::optional<std::string>& chat_id,
                                           const std::optional<std::string>& phone);
// A chatId alone; a fault on "chatId" otherwise.
base::Result<core::Address> ParseChatId(std::string_view text);

}  // namespace parley::api::onemsg
