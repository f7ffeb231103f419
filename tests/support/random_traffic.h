// Hours of random traffic in a whole gateway on virtual time, everything that can go wrong
// included, and a check of what must hold afterwards.
//
// Programs send text and media in all three dialects, people send and read, the network delays,
// drops, duplicates, refuses, disconnects and lets receipts overtake each other, receivers fail,
// are silent, ask for patience or are gone, and the gateway crashes. Everything is drawn from the
// seed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace parley::testing {

struct TrafficReport {
  // What must be the same in every run with that seed.
  std::string events;    // the event log
  std::string store;     // every row of every table
  std::string webhooks;  // every post: when, where, headers, body
  std::string network;   // the simulated network's file

  // How much there was of what.
  std::int64_t event_count = 0, accepted = 0, refused = 0, received = 0, posts = 0,
               failed_posts = 0, repeated_posts = 0, crashes = 0, faults = 0;
  // Sentences about what does not hold.
  std::vector<std::string> violations;
};

TrafficReport RunTraffic(std::uint64_t seed, int steps);

}  // namespace parley::testing
