// The keys by which a session with a device is begun: asked of the server, and handed over in a
// receipt that asks for a message again. Queries and answers; pure. docs/protocol/messages.md.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "link/multidevice/addresses.h"
#include "wire/binary/node.h"
#include "wire/signal/pre_keys.h"

namespace parley::link::multidevice {

// <iq> that asks for the keys of devices. `changed`: what is known of them is out of date.
wire::binary::Node AskForKeys(const std::vector<Jid>& devices, bool changed);

struct DeviceKeys {
  Jid device;
  wire::Result<wire::signal::Bundle> bundle;
};
// In the order of the answer. Signatures are not looked at. kInternal for an error, kMalformedBody
// when it is no answer at all.
base::Result<std::vector<DeviceKeys>> ReadKeys(const wire::binary::Node& answer);

// `keys` has identity, skey and maybe key; `registration` stands beside or around it.
wire::Result<wire::signal::Bundle> ReadBundle(const wire::binary::Node& keys,
                                              const wire::binary::Node* registration);

// <key> or, of a signed one, <skey>.
wire::binary::Node KeyNode(std::uint32_t id, const wire::crypto::PublicKey& key);
wire::binary::Node KeyNode(const wire::signal::SignedPreKey& key);

}  // namespace parley::link::multidevice
