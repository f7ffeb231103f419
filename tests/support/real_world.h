// A whole gateway on real threads and a database on disk, in this process, without a socket: for
// what virtual time cannot prove. The simulated network and the outside are in memory.
#pragma once

#include <future>
#include <memory>
#include <string>
#include <thread>

#include "app/gateway.h"
#include "sim/network/log.h"
#include "sim/network/media_shelf.h"
#include "storage/blobs/file_blobs.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/support/virtual_internet.h"

namespace parley::testing {

// Its own thread runs the gateway; the test's thread calls.
class RealWorld {
 public:
  explicit RealWorld(storage::SqliteOptions store);
  ~RealWorld();

  // A request that is under way.
  std::future<http::Response> Start(http::Request request);
  http::Response Call(http::Request request) { return Start(std::move(request)).get(); }

  // An account with a channel that accepts messages and keeps them queued: it is off.
  struct Keys {
    core::AccountRow account;
    core::Channel channel;
    std::string wapio_key, twochat_key, onemsg_token;
  };
  Keys MakeChannel(const std::string& number);

  // What a read of the store gives.
  template <class Closure>
  auto Read(Closure closure) {
    return Await([this, closure] { return gateway_->services().store.Read(closure); });
  }
  storage::SqliteStore& store() { return *sqlite_; }

 private:
  // Runs the task that `make` gives, on the gateway's thread.
  template <class Make>
  auto Await(Make make) {
    using T = typename std::invoke_result_t<Make>::value_type;
    std::promise<T> promise;
    std::future<T> future = promise.get_future();
    const auto run = [](Make make_task, std::promise<T>& out) -> base::Task<> {
      out.set_value(co_await make_task());
    };
    scheduler_.Post([&] { scheduler_.Spawn("awaited by a test", run(make, promise)); });
    return future.get();
  }

  base::RealScheduler scheduler_;
  std::unique_ptr<base::Random> random_;
  std::unique_ptr<base::BlockingPool> pool_;
  std::unique_ptr<storage::SqliteStore> sqlite_;
  std::unique_ptr<core::BlobStore> blobs_;
  std::unique_ptr<media::Sniffer> sniffer_;
  sim::network::MemoryLog log_;
  std::unique_ptr<sim::network::MediaShelf> shelf_;
  VirtualInternet internet_;
  std::unique_ptr<sim::network::Network> network_;
  std::unique_ptr<app::Gateway> gateway_;
  std::thread thread_;
};

}  // namespace parley::testing
