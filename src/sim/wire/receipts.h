// Receipts of clients: that they have a message, that it was read, that they could not open it.
#pragma once

#include "sim/wire/client.h"

namespace parley::sim::wire {

inline constexpr std::size_t kMaxReceiptIds = 1024;  // of one receipt

void OnReceipt(Client& client, const binary::Node& receipt);

}  // namespace parley::sim::wire
