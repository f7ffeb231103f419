// Row numbers: how people, devices and messages refer to each other in memory, in four bytes.
#pragma once

#include <cstdint>

#include "base/strong.h"

namespace parley::sim::network {

struct PersonRowTag;
using PersonRow = base::Strong<PersonRowTag, std::uint32_t>;  // from 0, in the order of adding
struct DeviceRowTag;
using DeviceRow = base::Strong<DeviceRowTag, std::uint32_t>;  // from 0, in the order of linking
struct SerialTag;
using Serial = base::Strong<SerialTag, std::uint32_t>;  // of a message, from 1; 0: none

}  // namespace parley::sim::network
