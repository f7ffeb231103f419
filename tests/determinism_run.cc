// One run of random traffic: determinism_run SEED STEPS FOLDER writes what happened into files, and
// prints how much of it there was and what did not hold.
#include <fmt/format.h>

#include <cstdlib>
#include <fstream>

#include "tests/support/random_traffic.h"

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const parley::testing::TrafficReport report =
      parley::testing::RunTraffic(std::strtoull(argv[1], nullptr, 10), std::atoi(argv[2]));
  const std::string folder = std::string(argv[3]) + "/";
  std::ofstream(folder + "events", std::ios::binary) << report.events;
  std::ofstream(folder + "store", std::ios::binary) << report.store;
  std::ofstream(folder + "webhooks", std::ios::binary) << report.webhooks;
  std::ofstream(folder + "network", std::ios::binary) << report.network;
  const std::string counts = fmt::format(
      "events {}\naccepted {}\nrefused {}\nreceived {}\nposts {}\nfailed_posts {}\n"
      "repeated_posts {}\ncrashes {}\nfaults {}\n",
      report.event_count, report.accepted, report.refused, report.received, report.posts,
      report.failed_posts, report.repeated_posts, report.crashes, report.faults);
  std::ofstream(folder + "counts", std::ios::binary) << counts;
  fmt::print("{}", counts);
  for (const std::string& violation : report.violations) fmt::print("violated: {}\n", violation);
  return report.violations.empty() ? 0 : 1;
}
