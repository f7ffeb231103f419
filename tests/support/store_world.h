// A store in memory on virtual time, without a gateway around it: for tests of core operations.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/scheduler.h"
#include "core/accounts/account_store.h"
#include "core/channels/channel_store.h"
#include "core/event_store.h"
#include "core/stamp.h"
#include "core/store.h"
#include "storage/sqlite/sqlite_store.h"

namespace parley::testing {

class StoreWorld {
 public:
  static constexpr base::Time kStart = base::FromUnixMs(1'800'000'000'000);

  StoreWorld()
      : scheduler(kStart),
        random(base::MakeSeededRandom(1)),
        sqlite(std::move(*storage::OpenSqlite(Options()))),
        store(*sqlite, scheduler) {}

  // Runs a task to its end; it has an hour of virtual time.
  template <class T>
  T Await(base::Task<T> task) {
    std::optional<T> value;
    auto run = [](base::Task<T> inner, std::optional<T>& out) -> base::Task<> {
      out.emplace(co_await std::move(inner));
    };
    scheduler.Spawn("awaited by a test", run(std::move(task), value));
    scheduler.RunUntil([&] { return value.has_value(); }, std::chrono::hours(1));
    if (!value) throw std::runtime_error("a task did not end");
    return std::move(*value);
  }
  template <class Closure>
  auto Write(Closure closure) {
    return Await(store.Write(std::move(closure)));
  }
  template <class Closure>
  auto Read(Closure closure) {
    return Await(store.Read(std::move(closure)));
  }

  core::Stamp NewStamp() { return core::Stamp(scheduler.Now(), *random); }

  core::AccountRow AddAccount(const std::string& name) {
    core::Account account;
    account.id = NewStamp().Next<core::AccountId>();
    account.name = name;
    account.created_at = scheduler.Now();
    return *Write([account](core::Transaction& tx) { return tx.accounts().Insert(account); });
  }

  core::Channel AddChannel(core::AccountRow account, core::ChannelState state) {
    core::Channel channel;
    channel.id = NewStamp().Next<core::ChannelId>();
    channel.account = account;
    channel.state = state;
    channel.phone = "1555020" + std::to_string(++channels_);
    channel.code = "TST" + std::to_string(channels_);
    channel.created_at = channel.updated_at = scheduler.Now();
    channel.row =
        *Write([channel](core::Transaction& tx) { return tx.channels().Insert(channel); });
    return channel;
  }

  std::vector<core::Event> Events() {
    return *Read([](const core::Transaction& tx) {
      return tx.events().After(core::EventPosition(), 10000);
    });
  }
  // The names of all events so far, in order.
  std::vector<std::string> EventNames() {
    std::vector<std::string> names;
    for (const core::Event& event : Events()) names.emplace_back(NameOf(event.body));
    return names;
  }

  base::VirtualScheduler scheduler;
  std::unique_ptr<base::Random> random;
  std::unique_ptr<storage::SqliteStore> sqlite;
  core::Store store;

 private:
  static storage::SqliteOptions Options() {
    storage::SqliteOptions options;
    options.path = ":memory:";
    options.run_inline = true;
    return options;
  }
  int channels_ = 0;
};

}  // namespace parley::testing
