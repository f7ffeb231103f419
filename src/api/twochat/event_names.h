// Which of 2Chat's events something is.
#pragma once

#include <string_view>

#include "core/events.h"

namespace parley::api::twochat {

inline constexpr std::string_view kNewConversation = "whatsapp.conversation.new";

// A word of kTimePeriods; the first for none.
std::string_view PeriodOf(std::string_view time_period);

// Whether nobody has written for that long, or the person never before.
bool StartsConversation(const core::MessageReceived& received, std::string_view time_period);

// What became of a message that was sent. Empty: nothing that has a name.
std::string_view ReceiptOf(const core::MessageStatusChanged& changed);

// Leaving is by oneself; who is kicked out is removed. The rest is no event: empty.
std::string_view EventOf(core::ParticipantAction action);

}  // namespace parley::api::twochat
