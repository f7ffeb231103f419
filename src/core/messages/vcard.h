// A contact card as text, in vCard 3.0 (RFC 2426), which is how WhatsApp's own clients carry it.
#pragma once

#include <string>
#include <string_view>

#include "core/messages/structured.h"

namespace parley::core {

std::string VCardOf(const ContactCard& card);

// Reads a card of any version as far as a ContactCard has places for it, and never fails: what
// cannot be read is left out. At most kMaxCardEntries of a kind, formatted_name may be empty. The
// text is UTF-8.
inline constexpr std::size_t kMaxCardEntries = 32;
ContactCard ReadVCard(std::string_view text);

}  // namespace parley::core
