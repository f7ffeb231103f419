// The pre-keys of our own that a message names which begins a session: pre_keys.h makes them.
#pragma once

#include <map>

#include "base/task.h"
#include "link/multidevice/ledger.h"
#include "link/multidevice/sessions.h"
#include "wire/signal/pre_keys.h"

namespace parley::link::multidevice {

class OwnKeys final : public wire::signal::PreKeys {
 public:
  std::optional<wire::crypto::KeyPair> FindOneTime(std::uint32_t id) const override;
  std::optional<wire::crypto::KeyPair> FindSigned(std::uint32_t id) const override;

  std::map<std::uint32_t, wire::crypto::KeyPair> one_time, signed_keys;
};

// Those that `message`, encoded, names; none when it cannot be read. `ledger` outlives the call.
base::Task<base::Result<OwnKeys>> FindOwnKeys(Ledger& ledger, DevicePtr own, std::string message);

}  // namespace parley::link::multidevice
