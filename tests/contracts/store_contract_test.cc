// What every store must do, whatever its driver: random operations, with errors that roll back, and
// restarts, compared with a model in memory after each step. A failure names its seed; run that one
// alone with PARLEY_SEED=<seed>.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/contracts/store_walk.h"

namespace parley::testing {
namespace {

class StoreContract : public ::testing::TestWithParam<StoreDriver> {};

TEST_P(StoreContract, HoldsWhatAModelHolds) {
  const char* chosen = std::getenv("PARLEY_SEED");
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    if (chosen != nullptr) seed = std::strtoull(chosen, nullptr, 10);
    const std::unique_ptr<StoreUnderTest> store = GetParam().make();
    Walk walk(*store, seed);
    ASSERT_EQ(walk.Go(400), "") << "with PARLEY_SEED=" << seed;
    if (chosen != nullptr) break;
  }
}

// One client of many: writes, and after each answer reads what it wrote, by every key it has.
base::Task<> WriteAndRead(core::Store& store, core::Chat chat, int client, int rounds,
                          std::string& fault) {
  for (int round = 0; round < rounds && fault.empty(); ++round) {
    const std::string name = fmt::format("{}-{}", client, round);
    auto write = [chat, name](Transaction& tx) -> Result<core::MessageRow> {
      core::Message message;
      message.id = core::MessageId(base::MakeUuidV8(base::Sha256(name)));
      message.account = core::AccountRow(1);
      message.channel = chat.channel;
      message.chat = chat.row;
      message.content = core::TextContent{name};
      message.link_id = name;
      core::IdempotencyRecord record;
      record.result = name;
      record.expires_at = base::FromUnixMs(INT64_MAX);
      PARLEY_CHECK(tx.idempotency().Insert(base::Sha256(name), record));
      return tx.messages().Insert(message);
    };
    auto row = co_await store.Write(write);
    if (!row) {
      fault = row.error().detail;
      co_return;
    }
    auto read = [chat, name, written = *row](const Transaction& tx) -> Result<std::string> {
      core::MessageStore::Page page;
      page.channel = chat.channel;
      page.limit = 0;
      PARLEY_TRY(of_channel, tx.messages().List(core::AccountRow(1), page));
      page.chat = chat.row;
      page.limit = 50;
      PARLEY_TRY(of_chat, tx.messages().List(core::AccountRow(1), page));
      int seen = 0;
      for (const auto* messages : {&of_channel, &of_chat}) {
        for (std::size_t i = 0; i < messages->size(); ++i) {
          if (i > 0 && (*messages)[i].message.row >= (*messages)[i - 1].message.row)
            return std::string("a page is out of order");
          seen += (*messages)[i].message.row == written;
        }
      }
      PARLEY_TRY(linked, tx.messages().FindByLinkId(chat.row, core::Direction::kOut, name));
      PARLEY_TRY(record, tx.idempotency().Find(base::Sha256(name), base::FromUnixMs(0)));
      if (seen < 1 || !linked || !record || record->result != name)
        return std::string("written, acknowledged and not found");
      return std::string();
    };
    auto found = co_await store.Read(read);
    if (!found || !found->empty()) fault = found ? *found : found.error().detail;
  }
}

TEST_P(StoreContract, ReadersSeeWhatWasAcknowledged) {
  const std::unique_ptr<StoreUnderTest> store = GetParam().make();
  std::string fault;
  std::vector<StoreUnderTest::Job> jobs;
  core::Chat chat;
  const auto found = [&chat, &fault](core::Store& to) -> base::Task<> {
    auto write = [](Transaction& tx) -> Result<core::Chat> {
      core::Chat made;
      made.channel = core::ChannelRow(1);
      PARLEY_TRY(person, tx.contacts().InsertPerson(core::Person()));
      made.person = person;
      PARLEY_TRY(row, tx.contacts().InsertChat(made));
      made.row = row;
      return made;
    };
    auto made = co_await to.Write(write);
    made ? void(chat = *made) : void(fault = made.error().detail);
  };
  store->RunAll({found});
  for (int client = 0; client < 12; ++client)
    jobs.push_back([&chat, &fault, client](core::Store& its) {
      return WriteAndRead(its, chat, client, 25, fault);
    });
  store->RunAll(std::move(jobs));
  EXPECT_EQ(fault, "");
}

INSTANTIATE_TEST_SUITE_P(Drivers, StoreContract, ::testing::ValuesIn(StoreDrivers()),
                         [](const auto& driver) { return driver.param.name; });

}  // namespace
}  // namespace parley::testing
