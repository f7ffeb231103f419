// Fills a stopped gateway's store: MESSAGES delivered messages over CHATS chats of one channel,
// with their events, so that benchmarks can run on a store that has seen some life.
//
//   prefill DATA_FOLDER PHONE MESSAGES CHATS
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/accounts/account_store.h"
#include "core/channels/channel_store.h"
#include "core/contacts/contact_store.h"
#include "core/contacts/resolve.h"
#include "core/event_store.h"
#include "core/messages/message_store.h"
#include "core/webhooks/webhook_store.h"
#include "storage/sqlite/sqlite_store.h"

namespace parley::benchmarks {
namespace {

constexpr long kPerTransaction = 2000;

[[noreturn]] void Fail(const base::Error& error) {
  std::fprintf(stderr, "prefill: %s %s\n", std::string(error.public_text()).c_str(),
               error.detail.c_str());
  std::exit(1);
}

// One message as if it had been sent and delivered.
base::Result<void> Insert(core::Transaction& tx, const core::Channel& channel, long chat,
                          long number, core::Stamp& stamp) {
  const core::Address to{core::AddressKind::kPhone, std::to_string(15560000 + chat)};
  PARLEY_TRY(with, core::ChatWith(tx, channel, to, stamp));
  core::Message message;
  message.id = stamp.Next<core::MessageId>();
  message.account = channel.account;
  message.channel = channel.row;
  message.chat = with.row;
  message.status = core::MessageStatus::kDelivered;
  message.content = core::TextContent{"Hello, this is message number " + std::to_string(number) +
                                      " of the past, about as long as usual."};
  message.at = message.accepted_at = stamp.now();
  PARLEY_TRY(row, tx.messages().Insert(message));
  message.row = row;
  core::Event event;
  event.id = stamp.Next<core::EventId>();
  event.account = channel.account;
  event.channel = channel.row;
  event.chat = with.row;
  event.at = stamp.now();
  core::MessageAccepted accepted;
  accepted.channel = core::SnapshotOf(channel);
  accepted.chat = core::SnapshotOf(with);
  accepted.message = core::SnapshotOf(message);
  event.body = std::move(accepted);
  PARLEY_TRY(position, tx.events().Append(event));
  return tx.deliveries().SetCommonPosition(position);
}

base::Task<> Fill(core::Store& store, base::Random& random, std::string phone, long messages,
                  long chats, base::RealScheduler& scheduler) {
  auto find = [phone](const core::Transaction& tx) -> base::Result<core::ChannelPtr> {
    PARLEY_TRY(channels, tx.channels().ListAll(core::ChannelRow(), 1000));
    for (const core::Channel& channel : channels)
      if (channel.phone == phone) return std::make_shared<const core::Channel>(channel);
    return base::ErrorCode::kNotFound;
  };
  auto channel = co_await store.Read(find);
  if (!channel) Fail(channel.error());
  const base::Time start = scheduler.Now() - std::chrono::milliseconds(messages);
  // Pages begin with the connection: the past is to be after it.
  auto connect = [old = **channel, start](core::Transaction& tx) {
    core::Channel connected = old;
    connected.connected_at = start;
    return tx.channels().Update(connected);
  };
  auto connected = co_await store.Write(std::move(connect));
  if (!connected) Fail(connected.error());
  for (long done = 0; done < messages; done += kPerTransaction) {
    const std::uint64_t seed = random.Next64();
    auto write = [channel = *channel, done, messages, chats, seed,
                  start](core::Transaction& tx) -> base::Result<void> {
      const auto drawn = base::MakeSeededRandom(seed);
      for (long i = done; i < std::min(done + kPerTransaction, messages); ++i) {
        core::Stamp stamp(start + std::chrono::milliseconds(i), *drawn);
        PARLEY_CHECK(Insert(tx, *channel,
                            static_cast<long>(drawn->Below(static_cast<std::uint64_t>(chats))), i,
                            stamp));
      }
      return {};
    };
    auto written = co_await store.Write(std::move(write));
    if (!written) Fail(written.error());
  }
  scheduler.Stop();
}

}  // namespace
}  // namespace parley::benchmarks

int main(int argc, char** argv) {
  using namespace parley;
  if (argc != 5) {
    std::fprintf(stderr, "prefill DATA_FOLDER PHONE MESSAGES CHATS\n");
    return 2;
  }
  storage::SqliteOptions options;
  options.path = std::string(argv[1]) + "/parley.db";
  auto sqlite = storage::OpenSqlite(options);
  if (!sqlite) benchmarks::Fail(sqlite.error());
  base::RealScheduler scheduler;
  const auto random = base::MakeSystemRandom();
  core::Store store(**sqlite, scheduler);
  scheduler.Spawn("prefill", benchmarks::Fill(store, *random, argv[2], std::atol(argv[3]),
                                              std::atol(argv[4]), scheduler));
  scheduler.Run();
  return 0;
}
