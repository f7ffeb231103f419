// Stanzas of clients: who deals with each kind, and which attributes clients are known to send.
#pragma once

#include <string>

#include "sim/wire/client.h"

namespace parley::sim::wire {

void HandleStanza(Client& client, const binary::Node& stanza);

// Whether the stanza and its attributes are known (FrontOptions::strict). Children are not looked
// at.
bool IsKnownShape(const binary::Node& stanza);
// The first attribute that is not known; empty when all are.
std::string UnknownAttribute(const binary::Node& stanza);

}  // namespace parley::sim::wire
