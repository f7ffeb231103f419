#include "app/node.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "app/api_tables.h"
#include "link/cloud/check.h"

namespace parley::app {
namespace {

admin::DelivererFigures FiguresOf(const delivery::Deliverer& deliverer) {
  const delivery::DelivererCounters& counters = deliverer.counters();
  admin::DelivererFigures figures;
  figures.delivered = counters.delivered;
  figures.failed = counters.failed;
  figures.dead = counters.dead;
  figures.in_flight = counters.in_flight;
  figures.queued = counters.queued;
  figures.queue_limit = static_cast<std::int64_t>(deliverer.options().max_total_queued);
  figures.paused = counters.paused;
  figures.behind = counters.behind;
  return figures;
}

admin::TranscriptionFigures FiguresOf(const core::TranscriptionQueue& transcriptions) {
  const core::TranscriptionCounters& counters = transcriptions.counters();
  admin::TranscriptionFigures figures;
  figures.running = counters.running;
  figures.retried = counters.retried;
  return figures;
}

admin::NativeFigures FiguresOf(const link::multidevice::MultideviceFactory& multidevice) {
  const link::multidevice::EngineCounters& counters = multidevice.counters();
  admin::NativeFigures figures;
  const auto phases = multidevice.CountPhases();
  for (std::size_t i = 0; i < phases.size(); ++i)
    figures.connections.push_back(
        admin::StateFigures{std::string(link::multidevice::kPhaseNames[i]), phases[i]});
  for (const auto& [reason, count] : counters.reconnects)
    figures.reconnects.push_back(admin::StateFigures{reason, count});
  figures.stanzas_in = counters.stanzas_in;
  figures.stanzas_out = counters.stanzas_out;
  figures.unopened = counters.unopened;
  figures.retries_asked = counters.retries_asked;
  figures.retries_answered = counters.retries_answered;
  figures.key_uploads = counters.key_uploads;
  return figures;
}

std::vector<admin::StateFigures> FiguresOf(const link::cloud::CloudCounters& counters) {
  std::vector<admin::StateFigures> figures;
  for (const auto& [name, member] : link::cloud::kCloudCounterNames)
    figures.push_back(admin::StateFigures{std::string(name), counters.*member});
  return figures;
}

std::vector<admin::RequestFigures> RequestsOf(const FrontDoor& front_door) {
  std::vector<admin::RequestFigures> requests;
  for (const auto& [api, statuses] : front_door.answers())
    for (const auto& [status, count] : statuses)
      requests.push_back(admin::RequestFigures{std::string(api), status, count});
  return requests;
}

std::int64_t CountOf(const std::vector<admin::StateFigures>& messages, core::MessageStatus status) {
  for (const admin::StateFigures& one : messages)
    if (one.state == core::NameOf(status)) return one.count;
  return 0;
}

// Linux tells it as the folder's size since 6.2; before, its entries are counted, one by one.
std::int64_t CountOpenFiles() {
  const char* const kOwnFiles = "/proc/self/fd";
  struct stat status {};
  if (stat(kOwnFiles, &status) == 0 && status.st_size > 0) return status.st_size;
  std::int64_t count = 0;
  std::error_code error;
  for (std::filesystem::directory_iterator file(kOwnFiles, error), end; !error && file != end;
       file.increment(error))
    ++count;
  return count;
}

}  // namespace

GatewayNode::GatewayNode(base::Scheduler& scheduler, const delivery::Deliverer& deliverer,
                         const core::TranscriptionQueue& transcriptions,
                         link::multidevice::MultideviceFactory* multidevice,
                         link::cloud::CloudFactory* cloud, MeasureProcess measure,
                         BackUpProcess back_up, bool started_after_crash)
    : started_at_(scheduler.Now()),
      deliverer_(deliverer),
      transcriptions_(transcriptions),
      multidevice_(multidevice),
      cloud_(cloud),
      measure_(std::move(measure)),
      back_up_(std::move(back_up)),
      started_after_crash_(started_after_crash) {}

admin::NodeFigures GatewayNode::Figures() const {
  admin::NodeFigures figures;
  figures.deliverer = FiguresOf(deliverer_);
  figures.transcriptions = FiguresOf(transcriptions_);
  if (front_door_ != nullptr) figures.requests = RequestsOf(*front_door_);
  if (multidevice_ != nullptr) figures.native = FiguresOf(*multidevice_);
  if (cloud_ != nullptr) figures.cloud = FiguresOf(cloud_->counters());
  if (measure_) measure_(figures);
  return figures;
}

admin::Load GatewayNode::CurrentLoad() const {
  const admin::NodeFigures figures = Figures();
  admin::Load load;
  admin::LoadCounters& counters = load.counters;
  counters.accepted = CountOf(figures.messages, core::MessageStatus::kQueued);
  counters.sent = CountOf(figures.messages, core::MessageStatus::kSent);
  counters.received = CountOf(figures.messages, core::MessageStatus::kReceived);
  counters.webhooks_delivered = figures.deliverer.delivered;
  counters.webhooks_failed = figures.deliverer.failed;
  counters.webhooks_dead = figures.deliverer.dead;
  if (front_door_ != nullptr) {
    counters.requests = front_door_->timing().requests;
    counters.request_us = front_door_->timing().took.count();
  }
  load.levels.store_queue = figures.store.queued + figures.store.queued_reads;
  load.levels.deliveries_waiting = figures.deliverer.queued + figures.deliverer.in_flight;
  return load;
}

const std::string& GatewayNode::OpenApi() {
  if (openapi_.empty()) openapi_ = OpenApiText();
  return openapi_;
}

base::Task<base::Result<admin::BackupView>> GatewayNode::Backup(std::string folder, bool with_key) {
  if (!back_up_)
    co_return base::Error(base::ErrorCode::kNotSupported, "This server has no data folder");
  co_return co_await back_up_(std::move(folder), with_key);
}

base::Task<base::Result<admin::CloudCheckView>> GatewayNode::CheckCloud(
    core::ChannelId channel, core::CloudCredentials credentials, std::string public_base) {
  if (cloud_ == nullptr)
    co_return base::Error(base::ErrorCode::kNotSupported, "This server has no Cloud API channels");
  link::cloud::CheckedNumber number{channel, std::move(credentials), std::move(public_base)};
  const std::vector<link::cloud::Finding> found =
      co_await link::cloud::CheckNumber(cloud_, std::move(number));
  admin::CloudCheckView view;
  for (const link::cloud::Finding& finding : found) {
    admin::FindingView shown{finding.check, finding.ok, finding.text, std::nullopt};
    if (!finding.ok) shown.fix = finding.fix;
    view.findings.push_back(std::move(shown));
  }
  co_return view;
}

base::Result<admin::NativeClientView> GatewayNode::NativeClient() const {
  if (multidevice_ == nullptr)
    return base::Error(base::ErrorCode::kNotSupported, "This server has no native channels");
  const link::multidevice::ClientInfo& client = multidevice_->client();
  admin::NativeClientView view;
  view.version = link::multidevice::VersionText(client.version);
  view.browser = client.browser.name;
  view.os = client.os;
  return view;
}

base::Result<admin::NativeClientView> GatewayNode::ChangeNativeClient(
    const admin::NativeClientChange& change) {
  PARLEY_TRY(before, NativeClient());
  link::multidevice::ClientInfo client = multidevice_->client();
  base::Error faults(base::ErrorCode::kInvalidFields);
  if (const auto version = link::multidevice::ParseVersion(change.version.value_or(before.version)))
    client.version = *version;
  else
    faults.Absorb(base::FieldError("version", "Must be three numbers, as in 2.3000.1045649367"));
  const std::string browser = change.browser.value_or(before.browser);
  if (const auto* found = link::multidevice::FindBrowser(browser))
    client.browser = *found;
  else
    faults.Absorb(
        base::FieldError("browser", "Must be Chrome, Edge, Firefox, Opera, Safari or Desktop"));
  client.os = change.os.value_or(before.os);
  if (client.os.empty()) faults.Absorb(base::FieldError("os", "Must not be empty"));
  if (!faults.faults.empty()) return faults;
  multidevice_->SetClient(std::move(client));
  return NativeClient();
}

admin::StoreFigures StoreFiguresOf(const storage::SqliteCounters& store) {
  admin::StoreFigures figures;
  figures.commits = store.commits;
  figures.jobs = store.jobs;
  figures.reruns = store.reruns;
  figures.failed_commits = store.failed_commits;
  figures.refused = store.refused;
  figures.wal_resets = store.wal_resets;
  figures.upkeep_due = store.upkeep_due;
  figures.queued = store.queued;
  figures.queued_reads = store.queued_reads;
  return figures;
}

admin::ServerFigures ServerFiguresOf(const http::ServerCounters& server) {
  admin::ServerFigures figures;
  figures.connections = server.connections;
  figures.accepted = server.accepted;
  figures.refused = server.refused;
  figures.requests = server.requests;
  figures.malformed = server.malformed;
  figures.timeouts = server.timeouts;
  figures.accept_errors = server.accept_errors;
  return figures;
}

std::vector<admin::StateFigures> MessageFiguresOf(const storage::MessageCounts& counts) {
  std::vector<admin::StateFigures> messages;
  for (const auto& [status, name] : core::kMessageStatusNames.rows) {
    admin::StateFigures one;
    one.state = name;
    one.count = counts[static_cast<std::size_t>(status)];
    messages.push_back(std::move(one));
  }
  return messages;
}

void PutTranscriptions(const storage::TranscriptionCounts& counts, admin::NodeFigures& figures) {
  figures.transcriptions.done = counts[0];
  for (const auto& [fault, name] : core::kTranscriptionFaultNames.rows) {
    admin::StateFigures one;
    one.state = name;
    one.count = counts[1 + static_cast<std::size_t>(fault)];
    figures.transcriptions.failed += one.count;
    figures.transcription_faults.push_back(std::move(one));
  }
}

admin::MediaFigures MediaFiguresOf(const core::MediaCare& care,
                                   const media::WorkerCounters& counters) {
  admin::MediaFigures figures;
  figures.running = counters.running;
  figures.waiting = std::max<std::int64_t>(0, care.under_way() - counters.running);
  figures.done = counters.done;
  figures.unreadable = counters.unreadable;
  figures.too_large = counters.too_large;
  figures.empty = counters.empty;
  figures.died = counters.died;
  figures.hung = counters.hung;
  return figures;
}

admin::ProcessFigures ProcessFiguresNow(const std::string& data_folder) {
  admin::ProcessFigures figures;
  std::ifstream statm("/proc/self/statm");
  std::int64_t pages = 0, resident = 0;
  if (statm >> pages >> resident) figures.memory_bytes = resident * sysconf(_SC_PAGESIZE);
  figures.open_files = CountOpenFiles();
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) == 0)
    figures.open_files_limit = static_cast<std::int64_t>(limit.rlim_cur);
  std::error_code error;
  if (const auto disk = std::filesystem::space(data_folder, error); !error) {
    figures.disk_bytes = static_cast<std::int64_t>(disk.capacity);
    figures.disk_free_bytes = static_cast<std::int64_t>(disk.available);
  }
  return figures;
}

}  // namespace parley::app
