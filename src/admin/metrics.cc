#include "admin/metrics.h"

#include <fmt/format.h>

#include "base/version.h"

namespace parley::admin {
namespace {

using F = NodeFigures;

struct Metric {
  std::string_view name;
  std::string_view type;  // counter or gauge
  std::string_view help;
  std::int64_t (*value)(const F& figures) = nullptr;
  // For a metric with labels instead: appends its lines.
  void (*lines)(std::string& out, std::string_view name, const F& figures) = nullptr;
};

// Label values: backslash, quote and line end are escaped.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\' || c == '"') escaped += '\\';
    escaped += c == '\n' ? "\\n" : std::string(1, c);
  }
  return escaped;
}

void AppendStates(std::string& out, std::string_view name, std::string_view label,
                  const std::vector<StateFigures>& states) {
  for (const StateFigures& one : states)
    fmt::format_to(std::back_inserter(out), "{}{{{}=\"{}\"}} {}\n", name, label, Escaped(one.state),
                   one.count);
}

void AppendRequests(std::string& out, std::string_view name, const F& figures) {
  for (const RequestFigures& one : figures.requests)
    fmt::format_to(std::back_inserter(out), "{}{{api=\"{}\",status=\"{}\"}} {}\n", name,
                   Escaped(one.api), one.status, one.count);
}

void AppendMediaFailures(std::string& out, std::string_view name, const F& f) {
  AppendStates(out, name, "reason",
               {StateFigures{"unreadable", f.media.unreadable},
                StateFigures{"too_large", f.media.too_large}, StateFigures{"empty", f.media.empty},
                StateFigures{"died", f.media.died}, StateFigures{"hung", f.media.hung}});
}

void AppendBuild(std::string& out, std::string_view name, const F&) {
  fmt::format_to(std::back_inserter(out), "{}{{version=\"{}\",compiler=\"{}\"}} 1\n", name,
                 Escaped(base::kVersion), Escaped(__VERSION__));
}

constexpr Metric kMetrics[] = {
    {"parley_build_info", "gauge", "The version that runs; always 1", nullptr, &AppendBuild},

    {"parley_http_requests_total", "counter", "Answers, by the API that gave them and HTTP status",
     nullptr, &AppendRequests},
    {"parley_http_connections", "gauge", "Open HTTP connections",
     [](const F& f) { return f.server.connections; }},
    {"parley_http_connections_limit", "gauge", "How many may be open; more are refused",
     [](const F& f) { return f.server.connections_limit; }},
    {"parley_http_connections_accepted_total", "counter", "Connections taken",
     [](const F& f) { return f.server.accepted; }},
    {"parley_http_connections_refused_total", "counter", "Connections over the limit",
     [](const F& f) { return f.server.refused; }},
    {"parley_http_received_requests_total", "counter", "Requests read by the server",
     [](const F& f) { return f.server.requests; }},
    {"parley_http_malformed_total", "counter", "Requests that were not HTTP",
     [](const F& f) { return f.server.malformed; }},
    {"parley_http_timeouts_total", "counter",
     "Connections closed in the middle of a request or an answer",
     [](const F& f) { return f.server.timeouts; }},
    {"parley_http_accept_errors_total", "counter",
     "Connections that could not be taken: out of file descriptors or memory",
     [](const F& f) { return f.server.accept_errors; }},

    {"parley_store_commits_total", "counter", "Transactions committed; each is one sync",
     [](const F& f) { return f.store.commits; }},
    {"parley_store_jobs_total", "counter", "Writes that these transactions held",
     [](const F& f) { return f.store.jobs; }},
    {"parley_store_reruns_total", "counter", "Transactions run again because one write failed",
     [](const F& f) { return f.store.reruns; }},
    {"parley_store_failed_commits_total", "counter", "Commits that failed; their writes got 503",
     [](const F& f) { return f.store.failed_commits; }},
    {"parley_store_refused_total", "counter", "Reads and writes refused because a queue was full",
     [](const F& f) { return f.store.refused; }},
    {"parley_store_wal_resets_total", "counter", "Checkpoints that the writer had to make itself",
     [](const F& f) { return f.store.wal_resets; }},
    {"parley_store_upkeep_due", "gauge",
     "1 while the index of keys is not in its best shape; calm moments are used for that",
     [](const F& f) { return f.store.upkeep_due; }},
    {"parley_store_queue_depth", "gauge", "Writes that wait for the store",
     [](const F& f) { return f.store.queued; }},
    {"parley_store_read_queue_depth", "gauge", "Reads that wait for the store",
     [](const F& f) { return f.store.queued_reads; }},
    {"parley_store_queue_limit", "gauge", "How many of each may wait; more are answered 503",
     [](const F& f) { return f.store.queue_limit; }},

    {"parley_deliveries_delivered_total", "counter", "Webhooks answered 2xx",
     [](const F& f) { return f.deliverer.delivered; }},
    {"parley_deliveries_failed_total", "counter", "Attempts that were not",
     [](const F& f) { return f.deliverer.failed; }},
    {"parley_deliveries_dead_total", "counter", "Webhooks given up; they can be replayed",
     [](const F& f) { return f.deliverer.dead; }},
    {"parley_deliveries_in_flight", "gauge", "Posts under way",
     [](const F& f) { return f.deliverer.in_flight; }},
    {"parley_deliveries_queue_depth", "gauge", "Webhooks in memory that wait to be posted",
     [](const F& f) { return f.deliverer.queued; }},
    {"parley_deliveries_queue_limit", "gauge",
     "How many may wait in memory; then the event log is read no further",
     [](const F& f) { return f.deliverer.queue_limit; }},
    {"parley_subscriptions_paused", "gauge", "Subscriptions whose receiver keeps failing",
     [](const F& f) { return f.deliverer.paused; }},
    {"parley_subscriptions_behind", "gauge", "Subscriptions that work through a backlog",
     [](const F& f) { return f.deliverer.behind; }},

    {"parley_media_jobs_running", "gauge", "Files that media care looks into",
     [](const F& f) { return f.media.running; }},
    {"parley_media_jobs_waiting", "gauge", "Files that wait for it",
     [](const F& f) { return f.media.waiting; }},
    {"parley_media_jobs_limit", "gauge", "Of both together; more are answered 503",
     [](const F& f) { return f.media.waiting_limit; }},
    {"parley_media_jobs_done_total", "counter", "Files that were looked into",
     [](const F& f) { return f.media.done; }},
    {"parley_media_jobs_failed_total", "counter",
     "Files that were refused, or of which the process that looked into them died or hung", nullptr,
     &AppendMediaFailures},
    {"parley_media_inspections_waiting", "gauge",
     "Messages whose media came and is to be looked into",
     [](const F& f) { return f.media.inspections_waiting; }},
    {"parley_media_stored_bytes", "gauge", "Media that is kept",
     [](const F& f) { return f.media.stored_bytes; }},
    {"parley_media_stored_limit_bytes", "gauge", "From where on no more is taken",
     [](const F& f) { return f.media.stored_bytes_limit; }},

    {"parley_transcriptions_done_total", "counter", "Voice messages written down",
     [](const F& f) { return f.transcriptions.done; }},
    {"parley_transcriptions_failed_total", "counter", "Voice messages that could not be, by reason",
     nullptr,
     [](std::string& out, std::string_view name, const F& f) {
       AppendStates(out, name, "reason", f.transcription_faults);
     }},
    {"parley_transcriptions_retried_total", "counter", "Attempts that are made again later",
     [](const F& f) { return f.transcriptions.retried; }},
    {"parley_transcriptions_running", "gauge", "Transcriptions under way",
     [](const F& f) { return f.transcriptions.running; }},
    {"parley_transcriptions_waiting", "gauge",
     "Voice messages that are pending, with those under way",
     [](const F& f) { return f.transcriptions.waiting; }},

    {"parley_channels", "gauge", "Channels by state", nullptr,
     [](std::string& out, std::string_view name, const F& f) {
       AppendStates(out, name, "state", f.channels);
     }},
    {"parley_native_connections", "gauge", "Native channels by what their connection does", nullptr,
     [](std::string& out, std::string_view name, const F& f) {
       AppendStates(out, name, "state", f.native.connections);
     }},
    {"parley_native_reconnects_total", "counter",
     "Connections of paired native channels that ended and are made anew, by the reason", nullptr,
     [](std::string& out, std::string_view name, const F& f) {
       AppendStates(out, name, "reason", f.native.reconnects);
     }},
    {"parley_native_stanzas_in_total", "counter", "Stanzas that native channels read",
     [](const F& f) { return f.native.stanzas_in; }},
    {"parley_native_stanzas_out_total", "counter", "Stanzas that native channels sent",
     [](const F& f) { return f.native.stanzas_out; }},
    {"parley_native_unopened_total", "counter", "Messages that could not be decrypted",
     [](const F& f) { return f.native.unopened; }},
    {"parley_native_retries_asked_total", "counter", "Requests to send such a message again",
     [](const F& f) { return f.native.retries_asked; }},
    {"parley_native_retries_answered_total", "counter",
     "Messages sent again to a device that could not decrypt them",
     [](const F& f) { return f.native.retries_answered; }},
    {"parley_native_key_uploads_total", "counter", "Uploads of one-time keys",
     [](const F& f) { return f.native.key_uploads; }},
    {"parley_cloud_total", "counter",
     "Of Cloud API channels since the start: webhooks taken, refused and deferred, what was in "
     "them, "
     "and requests that Graph refused or did not answer",
     nullptr,
     [](std::string& out, std::string_view name, const F& f) {
       AppendStates(out, name, "what", f.cloud);
     }},
    {"parley_messages_total", "counter",
     "Messages since the start by the status they took: queued = accepted, failed, received, ...",
     nullptr,
     [](std::string& out, std::string_view name, const F& f) {
       AppendStates(out, name, "status", f.messages);
     }},
    {"parley_event_followers", "gauge", "Long polls and streams that wait for events",
     [](const F& f) { return f.followers.waiting; }},
    {"parley_event_followers_limit", "gauge", "How many may wait; more are answered 503",
     [](const F& f) { return f.followers.limit; }},

    {"parley_process_memory_bytes", "gauge", "Resident memory",
     [](const F& f) { return f.process.memory_bytes; }},
    {"parley_process_open_files", "gauge", "Open file descriptors",
     [](const F& f) { return f.process.open_files; }},
    {"parley_process_open_files_limit", "gauge", "How many may be open",
     [](const F& f) { return f.process.open_files_limit; }},
    {"parley_process_disk_bytes", "gauge", "Size of the file system that the data folder is on",
     [](const F& f) { return f.process.disk_bytes; }},
    {"parley_process_disk_free_bytes", "gauge", "How much of it is free for this process",
     [](const F& f) { return f.process.disk_free_bytes; }},
};

void AppendHead(std::string& out, std::string_view name, std::string_view type,
                std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

}  // namespace

std::string MetricsText(const NodeFigures& figures, double uptime_seconds) {
  std::string out;
  for (const Metric& metric : kMetrics) {
    AppendHead(out, metric.name, metric.type, metric.help);
    if (metric.lines != nullptr)
      metric.lines(out, metric.name, figures);
    else
      fmt::format_to(std::back_inserter(out), "{} {}\n", metric.name, metric.value(figures));
  }
  AppendHead(out, "parley_uptime_seconds", "gauge", "Since the start");
  fmt::format_to(std::back_inserter(out), "parley_uptime_seconds {:.3f}\n", uptime_seconds);
  return out;
}

}  // namespace parley::admin
