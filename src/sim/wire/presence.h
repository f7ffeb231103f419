// Presence and chat states: who is there and who types, between clients and the network.
#pragma once

#include <string_view>

#include "sim/wire/client.h"

namespace parley::sim::wire {

inline constexpr std::size_t kMaxPresences = 1000;  // that one session may hear of

void OnPresence(Client& client, const binary::Node& stanza);
void OnChatState(Client& client, const binary::Node& stanza);

// The person's presence changed: whoever asked to, and whom it concerns, is told.
void TellPresence(Parts& parts, std::string_view number);

}  // namespace parley::sim::wire
