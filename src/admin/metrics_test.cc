#include "admin/metrics.h"

#include <gtest/gtest.h>

#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace parley::admin {
namespace {

NodeFigures SomeFigures() {
  NodeFigures figures;
  figures.store.commits = 12;
  figures.store.queued = 3;
  figures.store.queue_limit = 20000;
  figures.deliverer.queue_limit = 500;
  figures.server.connections = 7;
  figures.requests.push_back(RequestFigures{"wapio", 202, 41});
  figures.requests.push_back(RequestFigures{"1msg", 401, 1});
  figures.native.unopened = 4;
  figures.native.connections.push_back(StateFigures{"pairing", 1});
  figures.native.reconnects.push_back(StateFigures{"connection_lost", 6});
  figures.channels.push_back(StateFigures{"connected", 2});
  figures.messages.push_back(StateFigures{"fai\"l\\ed\n", 5});
  figures.media.hung = 4;
  figures.media.stored_bytes = 1234;
  figures.transcription_faults.push_back(StateFigures{"no_speech", 6});
  return figures;
}

TEST(Metrics, TellsValuesAndLabels) {
  const std::string text = MetricsText(SomeFigures(), 1.5);
  for (const char* line :
       {"parley_store_commits_total 12\n", "parley_store_queue_depth 3\n",
        "parley_store_queue_limit 20000\n", "parley_deliveries_queue_limit 500\n",
        "parley_http_connections 7\n",
        "parley_http_requests_total{api=\"wapio\",status=\"202\"} 41\n",
        "parley_http_requests_total{api=\"1msg\",status=\"401\"} 1\n",
        "parley_channels{state=\"connected\"} 2\n", "parley_native_unopened_total 4\n",
        "parley_native_connections{state=\"pairing\"} 1\n",
        "parley_native_reconnects_total{reason=\"connection_lost\"} 6\n",
        "parley_media_jobs_failed_total{reason=\"hung\"} 4\n",
        "parley_media_jobs_failed_total{reason=\"too_large\"} 0\n",
        "parley_media_stored_bytes 1234\n",
        "parley_transcriptions_failed_total{reason=\"no_speech\"} 6\n",
        "parley_uptime_seconds 1.500\n"})
    EXPECT_NE(text.find(std::string("\n") + line), std::string::npos) << line;
}

TEST(Metrics, EscapesLabels) {
  const std::string text = MetricsText(SomeFigures(), 0);
  EXPECT_NE(text.find("parley_messages_total{status=\"fai\\\"l\\\\ed\\n\"} 5\n"),
            std::string::npos);
}

// The text format: HELP and TYPE stand once before the lines of their metric, which stand together;
// counters end in _total.
TEST(Metrics, KeepsToTheFormat) {
  const std::regex help("# HELP (parley_[a-z_]+) .+"),
      type("# TYPE (parley_[a-z_]+) (counter|gauge)"),
      sample(R"((parley_[a-z_]+)(\{[a-z]+="([^"\\]|\\.)*"(,[a-z]+="([^"\\]|\\.)*")*\})? [0-9.]+)");
  std::set<std::string> seen;
  std::string current;
  std::istringstream lines(MetricsText(SomeFigures(), 2));
  int samples = 0;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, help)) {
      current = match[1];
      EXPECT_TRUE(seen.insert(current).second) << current << " stands twice";
      ASSERT_TRUE(std::getline(lines, line));
      ASSERT_TRUE(std::regex_match(line, match, type)) << line;
      EXPECT_EQ(match[1], current);
      EXPECT_EQ(match[2] == "counter", current.ends_with("_total")) << current;
      continue;
    }
    ASSERT_TRUE(std::regex_match(line, match, sample)) << line;
    EXPECT_EQ(match[1], current) << line;
    ++samples;
  }
  EXPECT_GE(samples, 30);
}

}  // namespace
}  // namespace parley::admin
