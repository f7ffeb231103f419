#include "app/server.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <cstdio>
#include <filesystem>

#include "app/admin_token.h"
#include "app/backup.h"
#include "app/data_folder.h"
#include "app/demo.h"
#include "app/gateway.h"
#include "app/late_service.h"
#include "app/native_options.h"
#include "app/option_views.h"
#include "app/outgoing.h"
#include "app/recogniser.h"
#include "app/simulation.h"
#include "app/threads.h"
#include "base/crash_point.h"
#include "base/give_back.h"
#include "base/json.h"
#include "base/log.h"
#include "base/version.h"
#include "http/outgoing_address.h"
#include "http/server.h"
#include "media/care.h"
#include "media/worker_pool.h"
#include "speech/endpoint.h"
#include "storage/blobs/file_blobs.h"
#include "storage/sqlite/sqlite_store.h"

namespace parley::app {
namespace {

constexpr std::string_view kOff = "off";

void RaiseFileLimit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  base::LogInfo("Open files are limited", {{"limit", limit.rlim_cur}});
}

base::LogLevel LevelOf(const std::string& name) {
  constexpr std::string_view kNames[] = {"debug", "info", "warning", "error", "off"};
  for (std::size_t i = 0; i < std::size(kNames); ++i)
    if (kNames[i] == name) return static_cast<base::LogLevel>(i);
  return base::LogLevel::kInfo;
}

void TellFault(const base::Error& error) {
  std::fprintf(stderr, "parley: %s\n", std::string(error.public_text()).c_str());
  if (!error.detail.empty()) std::fprintf(stderr, "parley: %s\n", error.detail.c_str());
}

// The full path of a program that lies where this one does.
std::string ProgramBeside(std::string_view name) {
  std::error_code error;
  const std::filesystem::path own = std::filesystem::read_symlink("/proc/self/exe", error);
  return (own.parent_path() / name).string();
}

std::string UrlOf(const std::string& host, std::uint16_t port) {
  const bool v6 = host.find(':') != std::string::npos;
  const std::string shown = host == "0.0.0.0" ? "127.0.0.1" : v6 ? "[" + host + "]" : host;
  return fmt::format("http://{}:{}", shown, port);
}

// Everything that lives as long as the process, in the order it is made; destroyed in reverse.
class Process {
 public:
  Process(const GatheredOptions& gathered, std::span<const dashboard::File> dashboard)
      : options_(gathered.options), shown_options_(ViewsOf(gathered)), dashboard_(dashboard) {}

  base::Result<void> Open();
  base::Task<> Run();
  base::RealScheduler& scheduler() { return scheduler_; }
  int exit_code() const { return exit_code_; }

 private:
  base::Result<void> OpenStores();
  base::Result<void> OpenCare();
  void OpenTranscribers();
  base::Result<void> OpenNetwork();
  base::Task<base::Result<void>> Start();
  base::Result<void> TellReady();
  base::Task<base::Result<void>> StartDemo();
  base::Task<> WaitForSignal();
  base::Task<> Stop();
  void WatchForCalm(std::int64_t jobs_before);
  void Measure(admin::NodeFigures& figures) const;
  base::Task<base::Result<admin::BackupView>> Backup(std::string folder, bool with_key);
  std::string Path(std::string_view name) const { return options_.data + "/" + std::string(name); }
  bool HasNetwork() const { return options_.demo || options_.simulated_network; }

  const Options options_;
  const std::vector<admin::OptionView> shown_options_;
  const std::span<const dashboard::File> dashboard_;
  int exit_code_ = 0;
  int calm_seconds_ = 0;  // in a row
  base::RealScheduler scheduler_;
  std::unique_ptr<base::Random> random_ = base::MakeSystemRandom();
  std::unique_ptr<FolderLock> lock_;
  base::SealKey seal_key_{};
  std::string admin_token_;
  std::string demo_;  // demo.json
  std::unique_ptr<storage::SqliteStore> store_;
  std::unique_ptr<storage::BlobFolder> blobs_;
  std::unique_ptr<base::BlockingPool> pool_;
  std::unique_ptr<media::Sniffer> sniffer_;
  std::unique_ptr<media::WorkerPool> media_workers_;
  std::unique_ptr<base::BlockingPool> media_pool_;
  std::unique_ptr<core::MediaCare> care_ = core::MakeNoMediaCare();
  Outgoing outgoing_;
  std::unique_ptr<core::Transcriber> embedded_, endpoint_;
  std::unique_ptr<Simulation> simulation_;
  LateService late_;
  std::unique_ptr<Gateway> gateway_;
  std::unique_ptr<http::Server> server_;
};

base::Result<void> Process::Open() {
  PARLEY_TRY(lock, LockFolder(options_.data));
  lock_ = std::move(lock);
  PARLEY_CHECK(CheckRestored(options_.data));
  PARLEY_TRY(key, LoadFolderKey(options_.data, options_.key_file, *random_));
  seal_key_ = key;
  PARLEY_CHECK(OpenStores());
  PARLEY_CHECK(OpenCare());
  PARLEY_TRY(outgoing, OpenOutgoing(options_, scheduler_, *pool_));
  outgoing_ = std::move(outgoing);
  OpenTranscribers();
  PARLEY_CHECK(OpenNetwork());

  const ListenAddress address = *ParseListen(options_.listen);
  http::ServerOptions server;
  server.address = address.host;
  server.port = address.port;
  server.max_connections = static_cast<std::size_t>(options_.max_connections);
  server.max_body_memory = static_cast<std::size_t>(options_.max_body_memory_mb) << 20;
  PARLEY_TRY(listening, ListenFor(scheduler_, "listen", late_, server));
  server_ = std::move(listening);

  Environment environment{
      scheduler_,       *random_,  *store_,
      *pool_,           *blobs_,   *outgoing_.webhooks,
      *outgoing_.media, *sniffer_, simulation_ ? &simulation_->network() : nullptr,
      care_.get()};
  environment.transcribers.embedded = embedded_.get();
  environment.transcribers.endpoint = endpoint_.get();
  environment.web_sockets = outgoing_.web_sockets.get();
  environment.graph_client = outgoing_.graph.get();
  if (simulation_) environment.network_control = &simulation_->control();
  GatewayOptions options;
  options.transcription.embedded_at_once = static_cast<std::size_t>(options_.speech_at_once);
  options.seal_key = seal_key_;
  options.public_url =
      options_.public_url.empty() ? UrlOf(address.host, server_->port()) : options_.public_url;
  options.delivery.disable_after = DurationOf(options_.webhook_disable_after);
  options.retention.events = DurationOf(options_.keep_events);
  options.retention.messages = DurationOf(options_.keep_messages);
  options.retention.media = DurationOf(options_.keep_media);
  options.measure = [this](admin::NodeFigures& figures) { Measure(figures); };
  options.back_up = [this](std::string folder, bool with_key) {
    return Backup(std::move(folder), with_key);
  };
  options.output_ip = [address = options_.output_ip] {
    return address.empty() ? http::OutgoingAddress() : std::optional(address);
  };
  options.new_channels = NewChannelsOf(options_, HasNetwork());
  PARLEY_TRY(network, NativeNetworkOf(options_, simulation_.get()));
  options.multidevice = std::move(network);
  options.client = ClientOf(options_);
  options.graph = GraphOf(options_, simulation_.get());
  options.dashboard = dashboard_;
  options.is_demo = options_.demo;
  options.shown_options = shown_options_;
  options.started_after_crash = std::filesystem::exists(Path(kServerName));  // Stop removes it
  gateway_ = std::make_unique<Gateway>(environment, std::move(options));
  return {};
}

base::Result<void> Process::OpenStores() {
  storage::SqliteOptions sqlite;
  sqlite.path = Path("parley.db");
  sqlite.readers = kStoreReaders;
  sqlite.max_queue = static_cast<std::size_t>(options_.write_queue);
  if (options_.small_key_runs) {
    sqlite.keys.generation = 64;
    sqlite.keys.keys_per_block = 16;
    sqlite.keys.blocks_per_step = 2;
  }
  PARLEY_TRY(store, storage::OpenSqlite(sqlite));
  store_ = std::move(store);
  PARLEY_TRY(blobs, storage::OpenBlobFolder(Path("media"), options_.max_media_gb << 30));
  blobs_ = std::move(blobs);
  pool_ = base::MakeBlockingPool(kPoolThreads);
  PARLEY_TRY(sniffer, media::MakeSniffer());
  sniffer_ = std::move(sniffer);
  return {};
}

base::Result<void> Process::OpenCare() {
  if (options_.media_worker == kOff) return {};
  media::WorkerOptions workers;
  workers.program =
      options_.media_worker.empty() ? ProgramBeside("parley-media-worker") : options_.media_worker;
  PARLEY_TRY(pool, media::MakeWorkerPool(std::move(workers)));
  media_workers_ = std::move(pool);
  media_pool_ = base::MakeBlockingPool(static_cast<std::size_t>(options_.media_workers));
  media::CareOptions care;
  care.keep_place = options_.keep_image_metadata;
  care_ = media::MakeCare(scheduler_, *media_pool_, *blobs_, *media_workers_, care);
  return {};
}

// Without the recogniser everything else works, so its lack is told and not a reason to stop.
void Process::OpenTranscribers() {
  endpoint_ = speech::MakeEndpoint(scheduler_, *random_, *pool_, *blobs_, *outgoing_.speech);
  if (const auto fault = RecogniserFault(options_))
    base::LogWarning("The embedded recogniser cannot be used", {{"reason", *fault}});
  else
    embedded_ = speech::MakeEmbedded(
        scheduler_, *care_,
        base::MakeBlockingPool(static_cast<std::size_t>(options_.speech_at_once)),
        RecogniserOptions(options_));
}

base::Result<void> Process::OpenNetwork() {
  if (!HasNetwork()) return {};
  PARLEY_TRY(opened, Simulation::Open(scheduler_, *random_, options_, Path("sim"),
                                      SimulatedListen(options_)));
  simulation_ = std::move(opened);
  return {};
}

// A second with hardly a write is calm. After a while of that nobody needs what work has left in
// memory: caches, and what was freed after thousands of channels connected.
void Process::WatchForCalm(std::int64_t jobs_before) {
  constexpr std::int64_t kHardly = 10;
  constexpr int kWhile = 10;  // seconds
  const storage::SqliteCounters now = store_->counters();
  const bool calm = now.jobs - jobs_before < kHardly;
  if (calm) store_->CalmNow();
  if (!calm) calm_seconds_ = 0;
  const bool counts = calm && !now.upkeep_due;
  if (counts) ++calm_seconds_;
  // Twice, because mimalloc keeps what has become free for half a second more.
  if (counts && (calm_seconds_ == kWhile || calm_seconds_ == kWhile + 1)) {
    store_->Rest();
    base::GiveBackMemory();
  }
  scheduler_.After(std::chrono::seconds(1), [this, jobs = now.jobs] { WatchForCalm(jobs); });
}

base::Task<> Process::Run() {
  auto started = co_await Start();
  if (started) late_.Set(&gateway_->front_door());
  if (started) started = TellReady();
  if (started) {
    WatchForCalm(store_->counters().jobs);
    co_await WaitForSignal();
  } else {
    TellFault(started.error());
    exit_code_ = 1;
  }
  co_await Stop();
  scheduler_.Stop();
}

base::Task<base::Result<void>> Process::Start() {
  PARLEY_CO_TRY(
      token, co_await EnsureAdminToken(gateway_->services().store, *random_, Path("admin.token")));
  admin_token_ = token;
  PARLEY_CO_CHECK(co_await gateway_->Start());
  if (options_.demo) PARLEY_CO_CHECK(co_await StartDemo());
  co_return base::Result<void>();
}

// Where the command line, and a program that uses the demo, find this server: once it answers.
// server.json is gone again after an orderly stop.
base::Result<void> Process::TellReady() {
  const std::string url = UrlOf(ParseListen(options_.listen)->host, server_->port());
  base::json::object server;
  server["base_url"] = base::JsonView(url);
  server["pid"] = ::getpid();
  server["version"] = base::JsonView(base::kVersion);
  PARLEY_CHECK(WriteFile(Path(kServerName), base::ToText(server) + "\n"));
  if (options_.demo) PARLEY_CHECK(WriteFile(Path(kDemoName), demo_));
  base::LogInfo("Ready", {{"url", url}, {"dashboard", dashboard_.empty() ? "" : url + "/ui/"}});
  if (!options_.demo) return {};
  if (auto greeting = DemoGreeting(Path(kDemoName), !dashboard_.empty())) {
    std::fputs(greeting->c_str(), stdout);
    std::fflush(stdout);
  }
  return {};
}

base::Task<base::Result<void>> Process::StartDemo() {
  DemoAddresses addresses;
  addresses.base_url = UrlOf(ParseListen(options_.listen)->host, server_->port());
  addresses.sim_url = UrlOf("127.0.0.1", simulation_->port());
  addresses.admin_token = admin_token_;
  DemoNetwork on;
  on.network = &simulation_->network();
  if (IsNativeInDemo(options_)) on.wire = &simulation_->wire();
  PARLEY_CO_TRY(demo, co_await SetUpDemo(*gateway_, on, std::move(addresses), Path(kDemoName)));
  demo_ = std::move(demo);
  co_return base::Result<void>();
}

base::Task<> Process::WaitForSignal() {
  boost::asio::signal_set signals(scheduler_.executor(), SIGTERM, SIGINT);
  const int signal = co_await signals.async_wait(base::kUseTask);
  base::LogInfo("Stopping", {{"signal", signal}});
}

base::Task<> Process::Stop() {
  const base::Duration limit = DurationOf(options_.stop_timeout);
  // Whatever hangs must not hold up the stop for longer than the operator allows.
  scheduler_.After(limit + std::chrono::seconds(5), [] {
    base::LogWarning("Stopping took too long, leaving as is");
    std::_Exit(0);
  });
  gateway_->EndWaits();
  if (simulation_) simulation_->EndWaits();
  co_await server_->Stop(limit);
  co_await gateway_->Stop();
  if (simulation_) co_await simulation_->Stop();
  std::error_code error;
  std::filesystem::remove(Path(kServerName), error);
}

// On a thread of the pool; requests go on meanwhile.
base::Task<base::Result<admin::BackupView>> Process::Backup(std::string folder, bool with_key) {
  if (!std::filesystem::path(folder).is_absolute())
    co_return base::FieldError("folder", "Must be a full path, as in /var/backups/parley");
  BackupSource source;
  source.data = options_.data;
  source.copy_database = [store = store_.get()](const std::string& path) {
    return store->Backup(path);
  };
  source.key = seal_key_;
  source.has_own_key = options_.key_file.empty();
  auto make = [source, folder, with_key, now = scheduler_.Now()] {
    return MakeBackup(source, folder, with_key, now);
  };
  PARLEY_CO_TRY(report, co_await pool_->Run(scheduler_, std::move(make)));
  base::LogInfo("Backed up", {{"files", report.head.files}, {"bytes", report.head.bytes}});
  co_return ViewOf(report);
}

// What /metrics and /parley/v1/node tell of the parts that live here.
void Process::Measure(admin::NodeFigures& figures) const {
  const storage::SqliteCounters store = store_->counters();
  figures.store = StoreFiguresOf(store);
  figures.store.queue_limit = options_.write_queue;
  figures.messages = MessageFiguresOf(store.messages);
  PutTranscriptions(store.transcriptions, figures);

  if (media_workers_) {
    figures.media = MediaFiguresOf(*care_, media_workers_->counters());
    figures.media.waiting_limit = static_cast<std::int64_t>(media::CareOptions().max_waiting);
  }
  figures.media.stored_bytes = blobs_->Size();
  figures.media.stored_bytes_limit = options_.max_media_gb << 30;

  figures.server = ServerFiguresOf(server_->counters());
  figures.server.connections_limit = options_.max_connections;
  figures.process = ProcessFiguresNow(options_.data);
}

}  // namespace

int Serve(const GatheredOptions& gathered, std::span<const dashboard::File> dashboard) {
  const Options& options = gathered.options;
  base::ConfigureLog(LevelOf(options.log_level), options.log_format == "json"
                                                     ? base::LogFormat::kJson
                                                     : base::LogFormat::kText);
  if (!options.crash_at.empty() && !base::ArmCrashPoint(options.crash_at)) {
    std::fprintf(stderr, "parley: --crash-at names no crash point: %s\n", options.crash_at.c_str());
    return 1;
  }
  std::signal(SIGPIPE, SIG_IGN);
  RaiseFileLimit();
  Process process(gathered, dashboard);
  if (auto opened = process.Open(); !opened) {
    TellFault(opened.error());
    return 1;
  }
  process.scheduler().Spawn("server", process.Run());
  process.scheduler().Run();
  return process.exit_code();
}

}  // namespace parley::app
