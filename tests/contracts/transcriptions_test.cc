// Transcriptions: which messages wait for one, how many, and in what order accounts take turns.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/channels/reports.h"
#include "core/media/media_store.h"
#include "core/messages/message_store.h"
#include "core/speech/transcribe.h"
#include "core/speech/transcription_store.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

using enum TranscriptionEngine;

class Transcriptions : public ::testing::Test {
 protected:
  struct Tenant {
    AccountRow account;
    Channel channel;
  };
  Tenant Add(const std::string& name, TranscriptionEngine engine) {
    Tenant tenant;
    tenant.account = world_.AddAccount(name);
    tenant.channel = world_.AddChannel(tenant.account, ChannelState::kConnected);
    Choose(tenant, engine);
    return tenant;
  }
  void Choose(const Tenant& tenant, TranscriptionEngine engine) {
    ASSERT_TRUE(world_.Write([&](Transaction& tx) -> base::Result<void> {
      PARLEY_TRY(account, tx.accounts().Find(tenant.account));
      account->settings.transcription = engine;
      return tx.accounts().Update(*account);
    }));
  }

  // A voice message that somebody sends.
  void Speak(const Tenant& tenant) {
    IncomingMessage incoming;
    incoming.from.phone = "15550100";
    incoming.link_id = "LINK" + std::to_string(++spoken_);
    AudioContent voice;
    voice.voice = true;
    Media media;
    media.account = tenant.account;
    media.ref.id = world_.NewStamp().Next<MediaId>();
    media.ref.mime_type = "audio/ogg";
    media.ref.sha256 = std::string(64, 'a');
    media.ref.size = 10;
    voice.media = media.ref;
    incoming.content = voice;
    incoming.media = media;
    incoming.at = world_.scheduler.Now();
    std::vector<LinkReport> reports;
    reports.emplace_back(std::move(incoming));
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
      return ApplyReports(tx, tenant.account, tenant.channel.row, reports, {}, stamp);
    }));
  }
  std::vector<Transcription> Of(const Tenant& tenant) {
    MessageStore::Page page;
    page.channel = tenant.channel.row;
    page.newest_first = false;
    page.limit = 0;
    const auto messages = *world_.Read(
        [&](const Transaction& tx) { return tx.messages().List(tenant.account, page); });
    std::vector<Transcription> transcriptions;
    for (const MessageInChat& message : messages)
      if (message.message.transcription) transcriptions.push_back(*message.message.transcription);
    return transcriptions;
  }
  std::optional<TranscriptionJob> FirstDue(TranscriptionEngine engine, AccountRow after) {
    return *world_.Read([&, now = world_.scheduler.Now()](const Transaction& tx) {
      return tx.transcriptions().FirstDue(engine, after, now);
    });
  }
  // What a job is about, if there is something to do.
  std::optional<TranscriptionWork> Begin(const TranscriptionJob& job) {
    return *world_.Write([job, stamp = world_.NewStamp()](Transaction& tx) mutable {
      return BeginTranscription(tx, job, stamp);
    });
  }

  testing::StoreWorld world_;
  int spoken_ = 0;
};

TEST_F(Transcriptions, AreAskedForByWhoWantsThem) {
  const Tenant silent = Add("silent", kOff), eager = Add("eager", kEmbedded);
  Speak(silent);
  Speak(eager);
  EXPECT_TRUE(Of(silent).empty());
  ASSERT_EQ(Of(eager).size(), 1u);
  EXPECT_EQ(Of(eager)[0].status, TranscriptionStatus::kPending);
  EXPECT_EQ(FirstDue(kEmbedded, AccountRow())->account, eager.account);
  EXPECT_FALSE(FirstDue(kEndpoint, AccountRow()));
  EXPECT_FALSE(FirstDue(kEmbedded, eager.account));
}

TEST_F(Transcriptions, WaitInABoundedQueue) {
  const Tenant full = Add("full", kEmbedded), other = Add("other", kEmbedded);
  for (int i = 0; i < kMaxWaitingTranscriptions + 2; ++i) Speak(full);
  Speak(other);
  const std::vector<Transcription> all = Of(full);
  ASSERT_EQ(all.size(), static_cast<std::size_t>(kMaxWaitingTranscriptions) + 2);
  EXPECT_EQ(all[kMaxWaitingTranscriptions - 1].status, TranscriptionStatus::kPending);
  for (std::size_t i = kMaxWaitingTranscriptions; i < all.size(); ++i)
    EXPECT_EQ(all[i].fault, TranscriptionFault::kQueueFull);
  EXPECT_EQ(Of(other)[0].status, TranscriptionStatus::kPending);
  EXPECT_EQ(std::ranges::count(world_.EventNames(), "message.transcribed"), 2);
}

TEST_F(Transcriptions, EndOnceWithTheirEvent) {
  const Tenant tenant = Add("tenant", kEmbedded);
  Speak(tenant);
  const TranscriptionJob job = *FirstDue(kEmbedded, AccountRow());
  ASSERT_TRUE(Begin(job));
  Transcription outcome;
  outcome.status = TranscriptionStatus::kDone;
  outcome.text = "hello";
  ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) mutable {
    return FinishTranscription(tx, job, outcome, stamp);
  }));
  EXPECT_EQ(Of(tenant)[0].text, "hello");
  EXPECT_EQ(Of(tenant)[0].finished_at, world_.scheduler.Now());
  EXPECT_FALSE(FirstDue(kEmbedded, AccountRow()));
  EXPECT_EQ(world_.EventNames().back(), "message.transcribed");
}

TEST_F(Transcriptions, FollowTheirAccountToAnotherEngine) {
  const Tenant tenant = Add("tenant", kEmbedded);
  Speak(tenant);
  Choose(tenant, kEndpoint);
  EXPECT_FALSE(Begin(*FirstDue(kEmbedded, AccountRow())));
  EXPECT_FALSE(FirstDue(kEmbedded, AccountRow()));
  ASSERT_TRUE(FirstDue(kEndpoint, AccountRow()));
  EXPECT_EQ(Of(tenant)[0].status, TranscriptionStatus::kPending);
  EXPECT_TRUE(Begin(*FirstDue(kEndpoint, AccountRow())));
}

TEST_F(Transcriptions, EndWithoutTheirFile) {
  const Tenant tenant = Add("tenant", kEmbedded);
  Speak(tenant);
  const TranscriptionJob job = *FirstDue(kEmbedded, AccountRow());
  ASSERT_TRUE(world_.Write([](Transaction& tx) -> base::Result<void> {
    PARLEY_CHECK(tx.media().Prune(base::Time::max(), 10));
    return {};
  }));
  EXPECT_FALSE(Begin(job));
  EXPECT_EQ(Of(tenant)[0].fault, TranscriptionFault::kGone);
  EXPECT_FALSE(FirstDue(kEmbedded, AccountRow()));
}

TEST_F(Transcriptions, AreNobodyElses) {
  const Tenant tenant = Add("tenant", kEmbedded), other = Add("other", kEmbedded);
  Speak(tenant);
  TranscriptionJob job = *FirstDue(kEmbedded, AccountRow());
  job.account = other.account;
  EXPECT_FALSE(Begin(job));
  EXPECT_EQ(Of(tenant)[0].status, TranscriptionStatus::kPending);
}

}  // namespace
}  // namespace parley::core
