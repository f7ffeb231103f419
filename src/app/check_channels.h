// What `parley check` asks a running server: whether its Cloud API channels are set up well.
#pragma once

#include "base/json.h"
#include "cli/admin_api.h"

namespace parley::app {

// Further channels are named, not looked at: each takes up to a minute.
inline constexpr int kMaxCheckedChannels = 20;

// Adds to `problems` and `notes` of check.h's report. Blocks.
void CheckCloudChannels(cli::AdminApi& api, base::json::object& report);

}  // namespace parley::app
