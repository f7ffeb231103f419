// The demo: accounts, connected channels and people, in a fresh data folder; demo.json tells a
// program (and a newcomer) how to reach them.
#pragma once

#include <string>

#include "app/gateway.h"
#include "base/result.h"
#include "sim/network/network.h"
#include "sim/wire/front.h"

namespace parley::app {

struct DemoAddresses {
  std::string base_url, sim_url, admin_token;
};

// What the demo's people and phones are on.
struct DemoNetwork {
  sim::network::Network* network = nullptr;
  sim::wire::Front* wire = nullptr;  // null: native channels connect to another network
};

// Makes the demo, or finds the one that `path` (demo.json) describes, and returns that file's text
// with the addresses of this run; who calls writes it, when the server answers. One of the demo's
// numbers is paired over the wire as any native channel is, where the wire is the demo's own. Call
// it after Gateway::Start, when the wire is being served.
base::Task<base::Result<std::string>> SetUpDemo(Gateway& gateway, DemoNetwork on,
                                                DemoAddresses addresses, std::string path);

// What a newcomer reads after the start: a link that signs a browser in to the dashboard, where
// there is one, and three curl lines that work as they stand.
base::Result<std::string> DemoGreeting(const std::string& path, bool has_dashboard);

}  // namespace parley::app
