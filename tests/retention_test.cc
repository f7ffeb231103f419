// Retention on virtual time: what goes, what must stay, and what is left behind.
#include "core/retention.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "core/channels/channel_store.h"
#include "core/contacts/contact_store.h"
#include "core/event_store.h"
#include "core/idempotency.h"
#include "core/media/media_store.h"
#include "core/messages/message_store.h"
#include "core/webhooks/webhook_store.h"
#include "storage/blobs/file_blobs.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/support/temporary_folder.h"

namespace parley::core {
namespace {

using namespace std::chrono_literals;
using base::Result;

constexpr base::Time kStart = base::FromUnixMs(1'800'000'000'000);

class RetentionTest : public ::testing::Test {
 protected:
  RetentionTest() {
    storage::SqliteOptions options;
    options.path = ":memory:";
    options.run_inline = true;
    backend_ = std::move(*storage::OpenSqlite(options));
    store_ = std::make_unique<Store>(*backend_, scheduler_);
    Write([this](Transaction& tx) -> Result<void> {
      Channel channel;
      channel.account = AccountRow(1);
      channel.code = "ABC1";
      PARLEY_TRY(row, tx.channels().Insert(channel));
      channel_ = row;
      Person person;
      person.account = AccountRow(1);
      person.peer.phone = "15550100";
      PARLEY_TRY(person_row, tx.contacts().InsertPerson(person));
      Chat chat;
      chat.channel = row;
      chat.person = person_row;
      PARLEY_TRY(chat_row, tx.contacts().InsertChat(chat));
      chat_ = chat_row;
      return {};
    });
  }

  template <class Closure>
  void Write(Closure closure) {
    bool ended = false;
    auto run = [](Store& store, Closure write, bool& done) -> base::Task<> {
      auto written = co_await store.Write(std::move(write));
      EXPECT_TRUE(written) << written.error().detail;
      done = true;
    };
    scheduler_.Spawn("write", run(*store_, std::move(closure), ended));
    scheduler_.RunReady();
    ASSERT_TRUE(ended);
  }
  void Sweep(RetentionOptions options) {
    Retention retention(*store_, *random_, *pool_, *blobs_, options);
    bool ended = false;
    auto run = [](Retention& its, bool& done) -> base::Task<> {
      auto swept = co_await its.Sweep();
      EXPECT_TRUE(swept) << swept.error().detail;
      done = true;
    };
    scheduler_.Spawn("sweep", run(retention, ended));
    EXPECT_TRUE(scheduler_.RunUntil([&] { return ended; }, 1h));
  }
  // Many of them, so that a sweep takes several steps.
  void PutMessages(int count, MessageStatus status) {
    const base::Time now = scheduler_.Now();
    for (int i = 0; i < count; ++i) {
      Message message;
      message.id = MessageId(base::MakeUuidV7(now, *random_));
      message.account = AccountRow(1);
      message.channel = channel_;
      message.chat = chat_;
      message.content = TextContent{"text"};
      message.status = status;
      message.at = message.accepted_at = now;
      Write([message](Transaction& tx) -> Result<void> {
        PARLEY_CHECK(tx.messages().Insert(message));
        return {};
      });
    }
  }
  void PutEvents(int count) {
    for (int i = 0; i < count; ++i) {
      Event event;
      event.id = EventId(base::MakeUuidV7(scheduler_.Now(), *random_));
      event.account = AccountRow(1);
      event.at = scheduler_.Now();
      event.body = SubscriptionDisabled{SubscriptionId(), "https://x.test", "gone"};
      Write([event](Transaction& tx) -> Result<void> {
        PARLEY_CHECK(tx.events().Append(event));
        return {};
      });
    }
  }
  std::vector<MessageInChat> Messages() {
    std::vector<MessageInChat> found;
    Write([&](Transaction& tx) -> Result<void> {
      MessageStore::Page page;
      page.channel = channel_;
      page.newest_first = false;
      page.limit = 0;
      PARLEY_TRY(messages, tx.messages().List(AccountRow(1), page));
      found = std::move(messages);
      return {};
    });
    return found;
  }
  std::int64_t OldestEvent() {
    std::int64_t oldest = -1;
    Write([&](Transaction& tx) -> Result<void> {
      PARLEY_TRY(position, tx.events().Oldest());
      oldest = position.value;
      return {};
    });
    return oldest;
  }

  testing::TemporaryFolder folder_;
  base::VirtualScheduler scheduler_{kStart};
  std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(1);
  std::unique_ptr<base::BlockingPool> pool_ = base::MakeInlinePool();
  std::unique_ptr<storage::SqliteStore> backend_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<BlobStore> blobs_ = std::move(*storage::OpenBlobFolder(folder_.path()));
  ChannelRow channel_;
  ChatRow chat_;
};

RetentionOptions Keep(base::Duration events, base::Duration messages, base::Duration media) {
  RetentionOptions options;
  options.events = events;
  options.messages = messages;
  options.media = media;
  return options;
}

TEST_F(RetentionTest, NothingGoesWhereEverythingIsKept) {
  PutMessages(3, MessageStatus::kSent);
  PutEvents(3);
  scheduler_.RunFor(24h * 1000);
  Sweep(Keep(0h, 0h, 0h));
  EXPECT_EQ(Messages().size(), 3u);
  EXPECT_EQ(OldestEvent(), 1);
}

TEST_F(RetentionTest, MessagesGoWhenTheirTimeIsUp) {
  PutMessages(450, MessageStatus::kSent);
  scheduler_.RunFor(48h);
  PutMessages(5, MessageStatus::kSent);
  Sweep(Keep(0h, 24h, 0h));
  EXPECT_EQ(Messages().size(), 5u);
  scheduler_.RunFor(48h);
  Sweep(Keep(0h, 24h, 0h));
  EXPECT_EQ(Messages().size(), 1u);  // the newest number must not be given again
}

TEST_F(RetentionTest, AQueuedMessageFailsBeforeItGoes) {
  PutMessages(2, MessageStatus::kQueued);
  PutMessages(1, MessageStatus::kSent);
  scheduler_.RunFor(48h);
  Sweep(Keep(0h, 24h, 0h));
  std::vector<MessageInChat> left = Messages();
  ASSERT_EQ(left.size(), 3u);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(left[i].message.status, MessageStatus::kFailed);
    ASSERT_TRUE(left[i].message.failure);
    EXPECT_EQ(left[i].message.failure->code, "expired");
  }
  Write([](Transaction& tx) -> Result<void> {
    PARLEY_TRY(events, tx.events().After(EventPosition(0), 10));
    EXPECT_EQ(events.size(), 2u);
    for (const Event& event : events) EXPECT_EQ(NameOf(event.body), "message.status");
    return {};
  });
  Sweep(Keep(0h, 24h, 0h));
  EXPECT_EQ(Messages().size(), 1u);
}

TEST_F(RetentionTest, EventsStayAsLongAsADeliveryNeedsThem) {
  PutEvents(600);
  scheduler_.RunFor(48h);
  // The deliverer has not come to them yet.
  Sweep(Keep(24h, 0h, 0h));
  EXPECT_EQ(OldestEvent(), 1);

  const auto set = [this](std::int64_t common, std::int64_t behind, std::int64_t waiting) {
    Write([=](Transaction& tx) -> Result<void> {
      PARLEY_CHECK(tx.deliveries().SetCommonPosition(EventPosition(common)));
      Subscription subscription;
      subscription.account = AccountRow(1);
      subscription.id = SubscriptionId(base::MakeUuidV8(base::Sha256(std::to_string(behind))));
      subscription.behind = behind > 0;
      subscription.position = EventPosition(behind);
      PARLEY_TRY(row, tx.subscriptions().Insert(subscription));
      if (behind == 0) return {};
      for (const std::int64_t event : {std::int64_t{3}, waiting}) {
        Delivery delivery;
        delivery.subscription = row;
        delivery.event = EventPosition(event);
        delivery.state = event == waiting ? DeliveryState::kWaiting : DeliveryState::kDone;
        PARLEY_CHECK(tx.deliveries().Put(delivery));
      }
      return {};
    });
  };
  set(500, 300, 250);
  Sweep(Keep(24h, 0h, 0h));
  EXPECT_EQ(OldestEvent(), 250);  // a retry waits for it
  Write([](Transaction& tx) -> Result<void> {
    // What was settled went with its event.
    PARLEY_TRY(settled, tx.deliveries().Find(SubscriptionRow(1), EventPosition(3), ""));
    EXPECT_FALSE(settled);
    Delivery done;
    done.subscription = SubscriptionRow(1);
    done.event = EventPosition(250);
    done.state = DeliveryState::kDone;
    return tx.deliveries().Put(done);
  });
  Sweep(Keep(24h, 0h, 0h));
  EXPECT_EQ(OldestEvent(), 301);  // a subscription that is behind has not come to it
  Write([](Transaction& tx) -> Result<void> {
    return tx.subscriptions().SetPosition(SubscriptionRow(1), EventPosition(600), false);
  });
  Sweep(Keep(24h, 0h, 0h));
  EXPECT_EQ(OldestEvent(), 501);
  Write([](Transaction& tx) -> Result<void> {
    return tx.deliveries().SetCommonPosition(EventPosition(600));
  });
  Sweep(Keep(24h, 0h, 0h));
  EXPECT_EQ(OldestEvent(), 600);  // the newest position must not be given again
}

TEST_F(RetentionTest, ASubscriptionThatIsBehindFromTheStartKeepsAllEvents) {
  PutEvents(10);
  Write([](Transaction& tx) -> Result<void> {
    PARLEY_CHECK(tx.deliveries().SetCommonPosition(EventPosition(10)));
    Subscription subscription;
    subscription.behind = true;
    PARLEY_CHECK(tx.subscriptions().Insert(subscription));
    return {};
  });
  scheduler_.RunFor(48h);
  Sweep(Keep(24h, 0h, 0h));
  EXPECT_EQ(OldestEvent(), 1);
}

TEST_F(RetentionTest, RecordsGoWhenTheyExpire) {
  for (int i = 0; i < 3; ++i)
    Write([=, this](Transaction& tx) {
      IdempotencyRecord record;
      record.result = "r";
      record.expires_at = scheduler_.Now() + 24h;
      return tx.idempotency().Insert(base::Sha256(std::to_string(i)), record);
    });
  scheduler_.RunFor(25h);
  Sweep(Keep(0h, 0h, 0h));
  Write([](Transaction& tx) -> Result<void> {
    for (int i = 0; i < 3; ++i) {
      PARLEY_TRY(found, tx.idempotency().Find(base::Sha256(std::to_string(i)), kStart));
      EXPECT_EQ(found.has_value(), i == 2);
    }
    return {};
  });
}

TEST_F(RetentionTest, FilesGoWhenNoRowNamesThem) {
  const auto name = [](char c) { return std::string(64, c); };
  const base::Time now = scheduler_.Now();
  for (const char c : {'a', 'b', 'c', 'd'}) {
    ASSERT_TRUE(blobs_->Store(name(c), "bytes"));
    // The files' times are the machine's: most of long ago, the last of a time to come.
    std::filesystem::last_write_time(
        *blobs_->PathOf(name(c)),
        std::filesystem::file_time_type::clock::now() + std::chrono::years(c == 'd' ? 100 : -30));
  }
  Write([=](Transaction& tx) -> Result<void> {
    for (const char c : {'a', 'b'}) {
      Media media;
      media.account = AccountRow(1);
      media.ref.id = MediaId(base::MakeUuidV8(base::Sha256(std::string(1, c))));
      media.ref.sha256 = name(c);
      media.created_at = c == 'a' ? now - 48h : now;
      PARLEY_CHECK(tx.media().Insert(media));
    }
    return {};
  });
  Sweep(Keep(0h, 0h, 24h));
  EXPECT_FALSE(blobs_->PathOf(name('a')));  // its row was too old
  EXPECT_TRUE(blobs_->PathOf(name('b')));
  EXPECT_FALSE(blobs_->PathOf(name('c')));  // a crash left it
  EXPECT_TRUE(blobs_->PathOf(name('d')));   // its row may be on its way
}

}  // namespace
}  // namespace parley::core
