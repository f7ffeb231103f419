// The options about native channels, as the gateway takes them. They were checked before
// (options.h).
#pragma once

#include "app/options.h"
#include "base/result.h"
#include "core/channels/channel.h"
#include "link/multidevice/registration.h"
#include "wire/crypto/curve.h"

namespace parley::app {

// Of channels that are created without naming a link.
core::LinkKind NewChannelsOf(const Options& options, bool has_simulated_network);

link::multidevice::ClientInfo ClientOf(const Options& options);

// Whether native channels connect to the demo's own simulated network: they do unless an option
// names another.
bool IsNativeInDemo(const Options& options);

// Whom the network's certificates must come from. kUnavailable names the option and what to do when
// it is neither a key nor a file with one.
base::Result<wire::crypto::PublicKey> RootKeyOf(const Options& options);

}  // namespace parley::app
