// What everything of the Graph front works with.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/random.h"
#include "base/scheduler.h"
#include "http/client.h"
#include "sim/graph/changes.h"
#include "sim/graph/faults.h"
#include "sim/graph/layers.h"
#include "sim/graph/registry.h"
#include "sim/graph/sent.h"
#include "sim/network/network.h"

namespace parley::sim::graph {

class Line;

// Since the start.
struct FrontCounters {
  std::int64_t requests = 0, refused = 0;    // calls of the API; answered with an error
  std::int64_t posts = 0, posts_failed = 0;  // of webhooks
  std::int64_t told = 0;                     // changes that were taken with a 2xx
  std::int64_t unheard = 0;                  // changes that no app is subscribed to
  std::int64_t given_up = 0;                 // changes that nobody took for kToldFor
};

struct Parts {
  Parts(base::Scheduler& scheduler, base::Random& random, net::Network& network, net::Keep& keep,
        http::Client& client);
  ~Parts();

  base::Scheduler& scheduler;
  base::Random& random;
  net::Network& network;
  net::Keep& keep;
  http::Client& client;
  Registry registry;
  SentBook sent;
  ChangeMaker changes;
  Faults faults;
  FrontCounters counters;
  std::map<std::string, std::shared_ptr<Line>, std::less<>> lines;  // by the id of the number
  std::size_t fetches = 0;                                          // of media by link, under way

  // nullptr when there is no such number.
  Line* LineOf(std::string_view number) const;
};

}  // namespace parley::sim::graph
