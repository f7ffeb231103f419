// The options about native channels and those on the Cloud API, as the gateway takes them. They
// were checked before (options.h).
#pragma once

#include "app/options.h"
#include "app/simulation.h"
#include "base/result.h"
#include "core/channels/channel.h"
#include "link/cloud/graph.h"
#include "link/multidevice/factory.h"
#include "link/multidevice/registration.h"

namespace parley::app {

// Of channels that are created without naming a link.
core::LinkKind NewChannelsOf(const Options& options, bool has_simulated_network);

link::multidevice::ClientInfo ClientOf(const Options& options);

// Whether native channels connect to the demo's own simulated network: they do unless an option
// names another.
bool IsNativeInDemo(const Options& options);

// The network that native channels connect to, and how they start: its address and whom its
// certificates must come from are the options', or those of `own` where IsNativeInDemo.
// kUnavailable names the option and what to do when the root is neither a key nor a file with one.
base::Result<link::multidevice::NetworkOptions> NativeNetworkOf(const Options& options,
                                                                const Simulation* own);

// Where channels on the Cloud API find Graph: the option's address, or the demo's own network where
// the option names none.
link::cloud::GraphOptions GraphOf(const Options& options, const Simulation* own);

}  // namespace parley::app
