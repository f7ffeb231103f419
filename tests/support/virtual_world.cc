#include "tests/support/virtual_world.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "base/log.h"
#include "core/accounts/account_store.h"
#include "core/accounts/keys.h"
#include "core/channels/channel_store.h"
#include "core/channels/reports.h"
#include "core/link_state.h"
#include "link/simulated/simulated_link.h"
#include "speech/endpoint.h"

namespace parley::testing {
namespace {

// One-time keys of a native channel's first upload: made one after the other.
constexpr std::uint32_t kFirstKeys = 20;
// A dashboard of one file: "<p>the page</p>", compressed.
constexpr char kPage[] =
    "\037\213\010\000\000\000\000\000\002\003\263\051\260\053\311\110\125\050\110\114\117\265\321"
    "\057\260\003\000\356\352\025\223\017\000\000\000";
constexpr dashboard::File kDashboard[] = {
    {"index.html", "text/html", "\"1\"", {kPage, sizeof(kPage) - 1}, false}};
// Where the simulated network's wire says that pictures lie.
constexpr const char* kMediaHost = "https://pictures.test";
// Where the gateway is reached by others (Options), and where the simulated Graph is.
constexpr const char* kGatewayUrl = "http://gateway.test";
constexpr const char* kGraphUrl = "http://graph.test";
constexpr base::Duration kPairingLimit = std::chrono::seconds(30);

constexpr base::Time kStart = base::FromUnixMs(1'800'000'000'000);  // 2027-01-15T08:00:00Z

storage::SqliteOptions StoreOptions() {
  storage::SqliteOptions options;
  options.path = ":memory:";
  options.run_inline = true;
  return options;
}

app::GatewayOptions Options(const core::RetentionOptions& retention,
                            const storage::SqliteStore& store, const ScriptedNetwork& native,
                            core::LinkKind new_channels) {
  app::GatewayOptions options;
  options.public_url = kGatewayUrl;
  options.graph.url = std::string(kGraphUrl) + std::string(sim::graph::kGraphPath);
  options.retention = retention;
  options.dashboard = kDashboard;
  options.new_channels = new_channels;
  options.multidevice.url = "ws://native.test/ws/chat";
  options.multidevice.root = native.root();
  options.multidevice.first_keys = kFirstKeys;
  options.output_ip = [] { return std::optional<std::string>("203.0.113.7"); };
  options.measure = [&store](admin::NodeFigures& figures) {
    figures.messages = app::MessageFiguresOf(store.counters().messages);
    app::PutTranscriptions(store.counters().transcriptions, figures);
  };
  return options;
}

template <class T>
T OrAbort(base::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "virtual world: %s (%s)\n",
                 std::string(result.error().public_text()).c_str(), result.error().detail.c_str());
    std::abort();
  }
  return std::move(*result);
}

}  // namespace

VirtualWorld::VirtualWorld(std::uint64_t seed, core::LinkKind link, bool is_demo)
    : new_channels_(link),
      has_wire_(link == core::LinkKind::kMultiDevice),
      has_graph_(link == core::LinkKind::kCloud),
      is_demo_(is_demo),
      random_(base::MakeSeededRandom(seed)),
      native_random_(base::MakeSeededRandom(seed)),
      pool_(base::MakeInlinePool()),
      sqlite_(OrAbort(storage::OpenSqlite(StoreOptions()))),
      moody_(std::make_unique<MoodyStore>(*sqlite_)),
      blobs_(storage::MakeMemoryBlobs()),
      sniffer_(OrAbort(media::MakeSniffer())),
      shelf_(sim::network::MakeMemoryMedia()) {
  base::ConfigureLog(base::LogLevel::kError, base::LogFormat::kText);
  StartUp(kStart);
  const core::IssuedKey token = core::KeyFrom(kAdminToken, core::AccountRow(),
                                              core::Dialect::kAdmin, std::nullopt, "", kStart);
  auto write = [token](core::Transaction& tx) { return tx.credentials().Insert(token.credential); };
  OrAbort(Await(store().Write(write)));
}

VirtualWorld::~VirtualWorld() { LoseAll(); }

void VirtualWorld::LoseAll() {
  gateway_.reset();
  native_.reset();
  front_sockets_.reset();
  control_.reset();
  graph_.reset();
  front_.reset();
  network_.reset();
}

void VirtualWorld::StartUp(base::Time now) {
  auto scheduler = std::make_unique<base::VirtualScheduler>(now);
  auto internet = std::make_unique<VirtualInternet>(*scheduler);
  if (internet_) internet->TakeOver(*internet_);
  scheduler_ = std::move(scheduler);
  internet_ = std::move(internet);
  network_ = OrAbort(sim::network::Network::Open(*scheduler_, *random_, log_, *shelf_, {}));
  if (has_wire_) {
    front_ =
        OrAbort(sim::wire::Front::Open(*scheduler_, *native_random_, *network_, wire_log_, {}));
    front_sockets_ = std::make_unique<FrontSockets>(*scheduler_, *front_);
    front_->SetMediaUrl(kMediaHost);
    internet_->SetHost(std::string(kMediaHost) + "/media/", [this](const std::string& sha256) {
      const auto stored = shelf_->Open(sha256);
      return stored ? std::optional<std::string>(*stored->bytes) : std::nullopt;
    });
  }
  if (has_graph_) {
    graph_ = OrAbort(
        sim::graph::Front::Open(*scheduler_, *native_random_, *network_, graph_log_, *internet_));
    internet_->SetService(kGraphUrl, [this] { return graph_.get(); });
    internet_->SetService(std::string(kGraphUrl) + "/media/", [this] { return control_.get(); });
    internet_->SetService(kGatewayUrl, [this]() -> http::Service* {
      return gateway_ ? &gateway_->front_door() : nullptr;
    });
  }
  control_ = sim::control::MakeControl(*scheduler_, *network_, front_.get(), graph_.get());
  if (media_workers_) care_ = media::MakeCare(*scheduler_, *pool_, *blobs_, *media_workers_, {});
  app::Environment environment{*scheduler_, *random_,   *moody_,   *pool_,         *blobs_,
                               *internet_,  *internet_, *sniffer_, network_.get(), care_.get()};
  auto native = std::make_unique<ScriptedNetwork>(*scheduler_, *native_random_);
  environment.web_sockets = native.get();
  if (has_wire_) environment.web_sockets = front_sockets_.get();
  if (has_graph_) environment.graph_client = internet_.get();
  environment.network_control = control_.get();
  recogniser_.SetScheduler(*scheduler_);
  endpoint_ = speech::MakeEndpoint(*scheduler_, *random_, *pool_, *blobs_, *internet_);
  environment.transcribers.embedded = &recogniser_;
  environment.transcribers.endpoint = endpoint_.get();
  app::GatewayOptions options = Options(retention_, *sqlite_, *native, new_channels_);
  if (has_wire_) options.multidevice.root = *wire::crypto::PublicKey::FromBytes(front_->root_key());
  options.is_demo = is_demo_;
  gateway_ = std::make_unique<app::Gateway>(environment, std::move(options));
  native_ = std::move(native);
  auto started = Await(gateway_->Start());
  if (!started) Die("the gateway did not start");
}

void VirtualWorld::SwitchCareOn() {
  media::WorkerOptions workers;
  workers.program = PARLEY_MEDIA_WORKER;
  media_workers_ = OrAbort(media::MakeWorkerPool(std::move(workers)));
  Crash();
}

void VirtualWorld::Crash() {
  const base::Time now = scheduler_->Now();
  LoseAll();
  StartUp(now);
}

http::Response VirtualWorld::Call(http::Request request) {
  if (request.body.size() > gateway_->front_door().BodyLimit(request)) {
    request.body.clear();
    request.body_state = http::BodyState::kTooLarge;
  }
  return Await(gateway_->front_door().Handle(std::move(request)));
}

void VirtualWorld::Die(const char* why) {
  std::fprintf(stderr, "virtual world: %s\n", why);
  std::abort();
}

VirtualWorld::ChannelKeys VirtualWorld::MakeChannel(const std::string& name,
                                                    const std::string& number,
                                                    const std::string& link_profile,
                                                    std::optional<core::Account> account) {
  ChannelKeys keys;
  if (!account) {
    core::Account wanted;
    wanted.name = name;
    account = OrAbort(Await(core().accounts.Create(wanted)));
  }
  keys.account = *account;
  const core::AccountRow row = account->row;
  sim::network::Person person;
  person.number = number;
  person.push_name = name;
  if (!network_->IsOnNetwork(number)) OrAbort(network_->AddPerson(person));

  core::NewChannel wanted;
  wanted.label = name;
  wanted.link_profile = link_profile;
  wanted.key = core::Dialect::kWapio;
  if (has_graph_) wanted.cloud = PutOnGraph(name, number);
  auto created = OrAbort(Await(core().channels.Create(row, wanted)));
  keys.wapio_key = created.key->raw;
  keys.wapio_token = OrAbort(Await(core().accounts.IssueKey(row, core::Dialect::kWapio, ""))).raw;
  keys.twochat_key = OrAbort(Await(core().accounts.IssueKey(row, core::Dialect::kTwoChat, ""))).raw;
  keys.onemsg_token =
      OrAbort(Await(core().channels.RenewKey(row, created.channel.row, core::Dialect::kOneMsg)))
          .raw;

  if (has_graph_)
    TellMetaOf(*account, created.channel);
  else
    Pair(created.channel, number);
  const base::Time end = scheduler_->Now() + kPairingLimit;
  do {
    Pass(std::chrono::seconds(1));
    keys.channel = OrAbort(Await(core().channels.Get(row, created.channel.row)));
  } while (keys.channel.state != core::ChannelState::kConnected && scheduler_->Now() < end);
  if (keys.channel.state != core::ChannelState::kConnected) Die("a channel did not connect");
  return keys;
}

void VirtualWorld::Pair(const core::Channel& channel, const std::string& number) {
  auto pairing = OrAbort(Await(core().channels.Pair(channel.row, "")));
  OrAbort(front_ ? front_->Scan(number, pairing.qr) : network_->Scan(number, pairing.qr));
}

// The number as its owner sets it up at Meta; what the channel is made with.
core::CloudCredentials VirtualWorld::PutOnGraph(const std::string& name,
                                                const std::string& number) {
  sim::graph::NewNumber wanted;
  wanted.number = number;
  wanted.name = name;
  const sim::graph::ShownNode node = OrAbort(graph_->AddNumber(std::move(wanted)));
  core::CloudCredentials credentials;
  credentials.phone_number_id = node.number.id;
  credentials.business_account_id = node.account.id;
  credentials.access_token = node.token;
  credentials.app_secret = node.app.secret;
  return credentials;
}

// What its owner enters at the app's page.
void VirtualWorld::TellMetaOf(const core::Account& account, const core::Channel& channel) {
  Pass(std::chrono::seconds(1));  // the channel answers the challenge once it has started
  const auto credentials = OrAbort(Await(core().channels.GetCloud(account.row, channel.row)));
  sim::graph::Callback callback;
  callback.url = fmt::format("{}/cloud/{}/webhook", kGatewayUrl, channel.id.value.ToText());
  callback.verify_token = credentials->verify_token;
  if (!Await(graph_->Verify(callback))) Die("the webhook did not answer the challenge");
  auto node = OrAbort(graph_->FindNumber(credentials->phone_number_id));
  node.app.callback = std::move(callback);
  OrAbort(graph_->ChangeApp(node.number.id, std::move(node.app)));
}

std::string VirtualWorld::DumpStore() { return OrAbort(sqlite_->Dump()); }

}  // namespace parley::testing
