// A channel on the simulated network, in process.
//
// The channel is a device linked to a person of the network; which one is the link's only state
// (space "device", key "id"). Items of the device's queue are acknowledged after the report that
// holds them is durable, so nothing is lost or doubled by a crash on either side.
#pragma once

#include <memory>

#include "base/blocking_pool.h"
#include "base/random.h"
#include "core/channels/link.h"
#include "core/media/media_source.h"
#include "core/store.h"
#include "sim/network/network.h"

namespace parley::link::simulated {

// Makes links on `network`. Channel::link_profile "business" gets the 24-hour window, anything else
// behaves like a phone's companion. All arguments outlive the factory and its links, which live on
// the network's thread.
std::unique_ptr<core::LinkFactory> MakeFactory(core::Store& store, base::Random& random,
                                               base::BlockingPool& pool, core::BlobStore& blobs,
                                               sim::network::Network& network);

// The link state of a channel that is linked already, for a demo's set-up.
core::LinkWrites LinkedTo(const sim::network::DeviceInfo& device);

}  // namespace parley::link::simulated
