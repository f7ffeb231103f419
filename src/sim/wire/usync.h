// Usync: who people are: their devices, their LIDs, whether they are on the network.
#pragma once

#include "sim/wire/client.h"

namespace parley::sim::wire {

inline constexpr std::size_t kMaxUsyncUsers = 4096;  // of one query

void AnswerUsync(Client& client, const binary::Node& iq, const binary::Node& usync);

}  // namespace parley::sim::wire
