#include "tests/support/real_world.h"

#include <cstdio>
#include <cstdlib>

#include "base/log.h"
#include "core/channels/channel_store.h"

namespace parley::testing {
namespace {

template <class T>
T OrDie(base::Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "real world: %s (%s)\n", std::string(result.error().public_text()).c_str(),
                 result.error().detail.c_str());
    std::abort();
  }
  return std::move(*result);
}

}  // namespace

RealWorld::RealWorld(storage::SqliteOptions store)
    : random_(base::MakeSeededRandom(1)),
      pool_(base::MakeInlinePool()),
      sqlite_(OrDie(storage::OpenSqlite(std::move(store)))),
      blobs_(storage::MakeMemoryBlobs()),
      sniffer_(OrDie(media::MakeSniffer())),
      shelf_(sim::network::MakeMemoryMedia()),
      internet_(scheduler_) {
  base::ConfigureLog(base::LogLevel::kOff, base::LogFormat::kText);
  network_ = OrDie(sim::network::Network::Open(scheduler_, *random_, log_, *shelf_, {}));
  app::Environment environment{scheduler_, *random_,  *sqlite_,  *pool_,        *blobs_,
                               internet_,  internet_, *sniffer_, network_.get()};
  app::GatewayOptions options;
  options.public_url = "http://gateway.test";
  gateway_ = std::make_unique<app::Gateway>(environment, std::move(options));
  thread_ = std::thread([this] { scheduler_.Run(); });
  if (!Await([this] { return gateway_->Start(); })) std::abort();
}

RealWorld::~RealWorld() {
  const auto stop = [](app::Gateway& gateway) -> base::Task<bool> {
    co_await gateway.Stop();
    co_return true;
  };
  Await([&] { return stop(*gateway_); });
  scheduler_.Stop();
  thread_.join();
  gateway_.reset();
  network_.reset();
  sqlite_.reset();  // before the scheduler that its jobs continue on
}

std::future<http::Response> RealWorld::Start(http::Request request) {
  auto promise = std::make_shared<std::promise<http::Response>>();
  std::future<http::Response> future = promise->get_future();
  const auto run = [](http::Service& service, http::Request its,
                      std::shared_ptr<std::promise<http::Response>> out) -> base::Task<> {
    out->set_value(co_await service.Handle(std::move(its)));
  };
  scheduler_.Post([this, run, promise, request = std::move(request)]() mutable {
    scheduler_.Spawn("request", run(gateway_->front_door(), std::move(request), promise));
  });
  return future;
}

RealWorld::Keys RealWorld::MakeChannel(const std::string& number) {
  core::Services& core = gateway_->services();
  Keys keys;
  core::Account account;
  account.name = "account of " + number;
  keys.account = OrDie(Await([&] { return core.accounts.Create(account); })).row;
  core::NewChannel wanted;
  wanted.label = number;
  wanted.key = core::Dialect::kWapio;
  auto created = OrDie(Await([&] { return core.channels.Create(keys.account, wanted); }));
  keys.wapio_key = created.key->raw;
  keys.twochat_key = OrDie(Await([&] {
                       return core.accounts.IssueKey(keys.account, core::Dialect::kTwoChat, "");
                     })).raw;
  keys.onemsg_token =
      OrDie(Await([&] {
        return core.channels.RenewKey(keys.account, created.channel.row, core::Dialect::kOneMsg);
      })).raw;
  keys.channel = created.channel;
  keys.channel.state = core::ChannelState::kDisconnected;
  keys.channel.enabled = false;
  keys.channel.phone = number;
  const core::Channel off = keys.channel;
  const auto update = [off](core::Transaction& tx) { return tx.channels().Update(off); };
  OrDie(Await([&]() -> base::Task<base::Result<bool>> {
    return [](core::Store& store, decltype(update) change) -> base::Task<base::Result<bool>> {
      PARLEY_CO_CHECK(co_await store.Write(change));
      co_return true;
    }(core.store, update);
  }));
  return keys;
}

}  // namespace parley::testing
