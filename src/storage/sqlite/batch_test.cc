// Batches: jobs that fail among jobs that do not.
#include "storage/sqlite/batch.h"

#include <gtest/gtest.h>

#include <functional>

#include "core/messages/message_store.h"
#include "storage/sqlite/migrations.h"

namespace parley::storage {
namespace {

class Job final : public core::StoreJob {
 public:
  explicit Job(std::function<bool(core::Transaction&)> run) : run_(std::move(run)) {}
  bool Run(core::Transaction& transaction) override {
    ++runs;
    return kept = run_(transaction);
  }
  void Fail(base::Error failure) override { error = std::move(failure); }

  int runs = 0;
  bool kept = false;
  std::optional<base::Error> error;

 private:
  std::function<bool(core::Transaction&)> run_;
};

class BatchTest : public ::testing::Test {
 protected:
  BatchTest() {
    db_ = std::move(*SqliteConnection::Open(":memory:", {}));
    EXPECT_TRUE(Migrate(*db_));
    runner_ = std::make_unique<BatchRunner>(*db_, memory_, filters_, KeySizes());
    EXPECT_TRUE(runner_->Prepare());
    EXPECT_TRUE(db_->Script(
        "INSERT INTO persons VALUES (1, zeroblob(16), 1, '', '', '', '', '', '', 0, NULL, 0);"
        "INSERT INTO chats (row, channel, kind, person) VALUES (1, 1, 1, 1);"));
  }

  Job Insert(int number, bool keep) {
    return Job([number, keep](core::Transaction& tx) {
      core::Message message;
      message.id = core::MessageId(base::MakeUuidV8(base::Sha256(std::to_string(number))));
      message.account = core::AccountRow(1);
      message.channel = core::ChannelRow(1);
      message.chat = core::ChatRow(1);
      message.content = core::TextContent{std::to_string(number)};
      message.link_id = "link" + std::to_string(number);
      EXPECT_TRUE(tx.messages().Insert(message));
      return keep;
    });
  }
  BatchRunner::Outcome Run(std::vector<Job*> jobs) {
    return runner_->Run(std::vector<core::StoreJob*>(jobs.begin(), jobs.end()));
  }
  // By the index, in order.
  std::string Stored() {
    std::string texts;
    Job read([&](core::Transaction& tx) {
      core::MessageStore::Page page;
      page.channel = core::ChannelRow(1);
      page.newest_first = false;
      auto messages = tx.messages().List(core::AccountRow(1), page);
      EXPECT_TRUE(messages);
      for (const core::MessageInChat& found : *messages)
        texts += core::TextOf(found.message.content);
      for (int i = 0; i < 9; ++i) {
        auto found = tx.messages().FindByLinkId(core::ChatRow(1), core::Direction::kOut,
                                                "link" + std::to_string(i));
        const bool listed = texts.find(std::to_string(i)) != std::string::npos;
        EXPECT_EQ(found->has_value(), listed) << i;
      }
      return true;
    });
    Run({&read});
    return texts;
  }

  std::unique_ptr<SqliteConnection> db_;
  KeyMemory memory_;
  KeyFilters filters_;
  std::unique_ptr<BatchRunner> runner_;
};

TEST_F(BatchTest, AllAreOneTransaction) {
  Job one = Insert(1, true), two = Insert(2, true);
  const auto outcome = Run({&one, &two});
  EXPECT_TRUE(outcome.committed);
  EXPECT_FALSE(outcome.rerun);
  EXPECT_EQ(Stored(), "12");
}

TEST_F(BatchTest, AFailingJobTakesNothingWithIt) {
  Job one = Insert(1, true), two = Insert(2, false), three = Insert(3, true),
      four = Insert(4, false), five = Insert(5, true);
  const auto outcome = Run({&one, &two, &three, &four, &five});
  EXPECT_TRUE(outcome.committed);
  EXPECT_TRUE(outcome.rerun);
  EXPECT_EQ(one.runs, 2);
  EXPECT_FALSE(two.kept);
  EXPECT_FALSE(one.error || two.error || three.error);
  EXPECT_EQ(Stored(), "135");
}

TEST_F(BatchTest, AJobThatFailsWithoutWritingCostsNothing) {
  Job one = Insert(1, true), two([](core::Transaction&) { return false; }), three = Insert(3, true);
  const auto outcome = Run({&one, &two, &three});
  EXPECT_FALSE(outcome.rerun);
  EXPECT_EQ(Stored(), "13");
}

TEST_F(BatchTest, CountsTheMessagesOfThoseThatStay) {
  const auto append = [](int number, bool keep) {
    return Job([number, keep](core::Transaction& tx) {
      core::Event event;
      event.id = core::EventId(base::MakeUuidV8(base::Sha256(std::to_string(number))));
      event.account = core::AccountRow(1);
      event.body = core::MessageAccepted();
      EXPECT_TRUE(tx.events().Append(event));
      return keep;
    });
  };
  const auto queued = [](const BatchRunner::Outcome& outcome) {
    return outcome.changes.events.messages[static_cast<std::size_t>(core::MessageStatus::kQueued)];
  };
  Job one = append(1, true), two = append(2, false), three = append(3, true);
  EXPECT_EQ(queued(Run({&one, &two, &three})), 2);
  Job four = append(4, true);
  EXPECT_EQ(queued(Run({&four})), 1);  // only what is new
}

// SQLite rolls back by itself on a full disk or an I/O error, in the middle of a batch: what comes
// after it must not be written on its own.
TEST_F(BatchTest, ALostTransactionFailsAllOfItsJobs) {
  Job one = Insert(1, true), three = Insert(3, true);
  Job two([&](core::Transaction&) {
    EXPECT_TRUE(db_->Script("ROLLBACK"));
    return false;
  });
  const auto outcome = Run({&one, &two, &three});
  EXPECT_FALSE(outcome.committed);
  EXPECT_EQ(three.runs, 0);
  for (const Job* job : {&one, &two, &three}) {
    ASSERT_TRUE(job->error);
    EXPECT_EQ(job->error->code, base::ErrorCode::kUnavailable);
    EXPECT_TRUE(job->error->retry_after);
  }
  EXPECT_EQ(Stored(), "");
  Job again = Insert(4, true);
  EXPECT_TRUE(Run({&again}).committed);
  EXPECT_EQ(Stored(), "4");
}

TEST_F(BatchTest, ALostTransactionFailsAllOfItsJobsAmongSavepoints) {
  Job one = Insert(1, false), three = Insert(3, true);
  int runs = 0;
  Job two([&](core::Transaction&) {
    if (++runs == 1) {
      EXPECT_TRUE(db_->Script("ROLLBACK"));
    }
    return true;
  });
  EXPECT_FALSE(Run({&one, &two, &three}).committed);
  EXPECT_TRUE(one.error && two.error && three.error);
  EXPECT_EQ(Stored(), "");
}

}  // namespace
}  // namespace parley::storage
