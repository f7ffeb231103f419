// Reading: which rows of an inbox are meant when a person reads, on the phone or on a device.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"
#include "sim/network/carrier.h"
#include "sim/network/ledger.h"

namespace parley::sim::network {

// Reads every row of the inbox with that message id, and answers how many there are; rows that were
// read before count, but their sender hears nothing again. With `played` also plays them;
// kInvalidState when that is neither a voice message nor to be viewed once.
base::Result<std::size_t> ReadById(Ledger& ledger, Carrier& carrier, PersonRow reader,
                                   std::string_view message_id, bool played);

// Reads every row up to `seq`, inclusive; answers how many were not read before.
base::Result<std::size_t> ReadUpTo(Ledger& ledger, Carrier& carrier, PersonRow reader,
                                   std::uint64_t seq);

}  // namespace parley::sim::network
