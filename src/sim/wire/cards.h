// Contact cards as devices send them: vCards, of which the names, numbers and what else the
// network's cards have are read and written.
#pragma once

#include <string>
#include <string_view>

#include "sim/network/content.h"
#include "sim/wire/layers.h"

namespace parley::sim::wire {

std::string WriteCard(const net::ContactCard& card);
// `name` is what the message says beside the vCard.
net::ContactCard ReadCard(std::string_view name, std::string_view vcard);

}  // namespace parley::sim::wire
