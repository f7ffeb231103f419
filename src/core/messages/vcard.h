// A contact card as text, in vCard 3.0 (RFC 2426), which is how WhatsApp's own clients carry it.
#pragma once

#include <string>

#include "core/messages/structured.h"

namespace parley::core {

std::string VCardOf(const ContactCard& card);

}  // namespace parley::core
