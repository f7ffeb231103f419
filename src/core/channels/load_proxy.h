// The proxy of a channel, as its link asks for it.
#pragma once

#include <optional>

#include "base/result.h"
#include "base/task.h"
#include "core/channels/proxy.h"
#include "core/ids.h"
#include "core/secrets.h"
#include "core/store.h"

namespace parley::core {

// nullopt when none was set, also of a channel that is not there. The arguments outlive the call.
base::Task<base::Result<std::optional<Proxy>>> LoadProxy(Store& store, Secrets& secrets,
                                                         ChannelRow row, ChannelId channel);

}  // namespace parley::core
