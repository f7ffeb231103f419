// The control API of the simulated network: people and tests act as the phones over HTTP.
//
// It has no authentication, because everybody who reaches it may do everything: give it a listener
// of its own on the loopback address. Its routes are one table (routes.cc); GET /openapi.json
// prints them.
#pragma once

#include <memory>

#include "base/scheduler.h"
#include "http/message.h"
#include "sim/graph/front.h"
#include "sim/network/network.h"
#include "sim/wire/front.h"

namespace parley::sim::control {

class Control : public http::Service {
 public:
  // Answers who waits for something to arrive, so that a stop need not wait for them; from then on
  // nobody waits.
  virtual void EndWaits() = 0;
};

// Thread: the network's, for every call. All arguments must outlive the service, and the service
// the requests that it is handling (a long poll takes up to 30 seconds). Without a front what
// concerns the wire is not found, and without a Graph what concerns the Cloud API.
std::unique_ptr<Control> MakeControl(base::Scheduler& scheduler, network::Network& network,
                                     wire::Front* front = nullptr, graph::Front* graph = nullptr);

}  // namespace parley::sim::control
