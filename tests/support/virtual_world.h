// A whole gateway with its simulated network on virtual time: one thread, no socket, no disk.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/gateway.h"
#include "media/care.h"
#include "sim/control/control.h"
#include "sim/graph/front.h"
#include "sim/network/log.h"
#include "sim/network/media_shelf.h"
#include "sim/wire/front.h"
#include "storage/blobs/file_blobs.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/support/fake_recogniser.h"
#include "tests/support/front_sockets.h"
#include "tests/support/moody_store.h"
#include "tests/support/scripted_network.h"
#include "tests/support/virtual_internet.h"

namespace parley::testing {

class VirtualWorld {
 public:
  // Channels are of that link; native ones are paired over the simulated network's wire, those on
  // the Cloud API use its Graph.
  explicit VirtualWorld(std::uint64_t seed, core::LinkKind link = core::LinkKind::kSimulated,
                        bool is_demo = false);
  ~VirtualWorld();

  // Runs a task to its end; the test fails when it takes longer than `limit` of virtual time.
  template <class T>
  T Await(base::Task<T> task, base::Duration limit = std::chrono::minutes(2)) {
    std::optional<T> value;
    auto run = [](base::Task<T> inner, std::optional<T>& out) -> base::Task<> {
      out.emplace(co_await std::move(inner));
    };
    scheduler_->Spawn("awaited by a test", run(std::move(task), value));
    scheduler_->RunUntil([&] { return value.has_value(); }, limit);
    if (!value) Die("a task did not end");
    return std::move(*value);
  }

  // As the server does it: a body over its route's limit is not read.
  http::Response Call(http::Request request);
  http::Response CallSim(http::Request request) {
    return Await(control_->Handle(std::move(request)));
  }
  // Lets time pass.
  void Pass(base::Duration duration) { scheduler_->RunFor(duration); }
  // The gateway starts again with these.
  void SetRetention(core::RetentionOptions retention) {
    retention_ = retention;
    Crash();
  }
  // The gateway starts again with media care, by the real program: without it media goes as it is,
  // and may be a few bytes that begin like a file.
  void SwitchCareOn();
  // The gateway starts again and makes channels of this link where nobody names one.
  void SetNewChannels(core::LinkKind kind) {
    new_channels_ = kind;
    Crash();
  }
  // Everything that is not durable is lost, as by a crash; then it all starts again.
  void Crash();

  base::VirtualScheduler& scheduler() { return *scheduler_; }
  base::Random& random() { return *random_; }
  app::Gateway& gateway() { return *gateway_; }
  core::Services& core() { return gateway_->services(); }
  core::Store& store() { return core().store; }
  sim::network::Network& network() { return *network_; }
  // Null in a world of another link.
  sim::graph::Front* graph() { return graph_.get(); }
  VirtualInternet& internet() { return *internet_; }
  // Where native channels connect in a world of the simulated link: a test plays the network.
  ScriptedNetwork& native() { return *native_; }
  MoodyStore& moody_store() { return *moody_; }
  FakeRecogniser& recogniser() { return recogniser_; }

  struct ChannelKeys {
    core::Account account;
    core::Channel channel;
    std::string wapio_token, wapio_key, twochat_key, onemsg_token;
  };
  // A person of the network with this number, an account of their own if `account` is empty, and a
  // connected channel with keys of every dialect.
  ChannelKeys MakeChannel(const std::string& name, const std::string& number,
                          const std::string& link_profile, std::optional<core::Account> account);

  // The admin token of every world.
  static constexpr const char* kAdminToken = "parley_the_admin_token_of_a_virtual_world";

  // Everything in the store as SQL text, without what is sealed with random nonces.
  std::string DumpStore();
  const std::string& network_log() const { return log_.bytes(); }

 private:
  [[noreturn]] void Die(const char* why);
  void StartUp(base::Time now);
  void LoseAll();
  void Pair(const core::Channel& channel, const std::string& number);
  core::CloudCredentials PutOnGraph(const std::string& name, const std::string& number);
  void TellMetaOf(const core::Account& account, const core::Channel& channel);

  core::RetentionOptions retention_;
  core::LinkKind new_channels_;
  const bool has_wire_, has_graph_;
  const bool is_demo_;  // only what the gateway is told: there are no demo accounts

  // What survives a crash.
  std::unique_ptr<base::Random> random_, native_random_;
  std::unique_ptr<base::BlockingPool> pool_;
  std::unique_ptr<storage::SqliteStore> sqlite_;
  std::unique_ptr<MoodyStore> moody_;
  std::unique_ptr<core::BlobStore> blobs_;
  std::unique_ptr<media::Sniffer> sniffer_;
  std::unique_ptr<media::WorkerPool> media_workers_;  // none: no care
  sim::network::MemoryLog log_, wire_log_, graph_log_;
  std::unique_ptr<sim::network::MediaShelf> shelf_;
  FakeRecogniser recogniser_;

  // What does not.
  std::unique_ptr<base::VirtualScheduler> scheduler_;
  std::unique_ptr<VirtualInternet> internet_;
  std::unique_ptr<core::MediaCare> care_;
  std::unique_ptr<sim::network::Network> network_;
  std::unique_ptr<sim::wire::Front> front_;
  std::unique_ptr<FrontSockets> front_sockets_;
  std::unique_ptr<sim::graph::Front> graph_;
  std::unique_ptr<http::Service> control_;
  std::unique_ptr<core::Transcriber> endpoint_;
  std::unique_ptr<ScriptedNetwork> native_;
  std::unique_ptr<app::Gateway> gateway_;
};

}  // namespace parley::testing
