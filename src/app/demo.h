// The demo: accounts, connected channels and people, in a fresh data folder; demo.json tells a
// program (and a newcomer) how to reach them.
#pragma once

#include <string>

#include "app/gateway.h"
#include "base/result.h"
#include "sim/network/network.h"

namespace parley::app {

struct DemoAddresses {
  std::string base_url, sim_url, admin_token;
};

// Makes the demo, or finds the one that `path` (demo.json) describes, and writes that file with the
// addresses of this run. Call it after Gateway::Start.
base::Task<base::Result<void>> SetUpDemo(Gateway& gateway, sim::network::Network& network,
                                         DemoAddresses addresses, std::string path);

// What a newcomer reads after the start: three curl lines that work as they stand.
base::Result<std::string> DemoGreeting(const std::string& path);

}  // namespace parley::app
