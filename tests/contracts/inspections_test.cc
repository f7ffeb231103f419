// Inspections: media that came is looked into behind its message, and says afterwards what it
// shows.
#include "core/media/inspections.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "core/channels/reports.h"
#include "core/messages/message_store.h"
#include "tests/support/store_world.h"

namespace parley::core {
namespace {

// Finds what it is told to; writes down what it was shown.
class ScriptedCare final : public MediaCare {
 public:
  explicit ScriptedCare(base::Scheduler& scheduler) : scheduler_(scheduler) {}

  bool on = true;
  MediaForm finds;
  std::optional<base::ErrorCode> fails;
  base::Duration takes{0};
  std::vector<std::string> looked_at;  // digests

  bool is_on() const override { return on; }
  base::Task<base::Result<MediaForm>> Prepare(MediaRef, ContentKind, bool) override {
    co_return base::ErrorCode::kInternal;
  }
  base::Task<base::Result<MediaForm>> Look(MediaRef media, ContentKind, bool) override {
    looked_at.push_back(media.sha256);
    co_await scheduler_.Sleep(takes);
    if (fails) co_return *fails;
    MediaForm form = finds;
    std::optional<MediaFacts> facts = form.media.facts;
    form.media = std::move(media);
    form.media.facts = std::move(facts);
    co_return std::move(form);
  }
  base::Task<base::Result<SpeechSound>> Speech(std::string, base::Duration) override {
    co_return base::ErrorCode::kInternal;
  }

 private:
  base::Scheduler& scheduler_;
};

class InspectionsTest : public ::testing::Test {
 protected:
  struct Tenant {
    AccountRow account;
    Channel channel;
  };

  InspectionsTest() {
    care_.finds.media.facts = MediaFacts();
    care_.finds.media.facts->width = 640;
    care_.finds.thumbnail = "a small picture";
    ours_ = Add("ours");
  }
  ~InspectionsTest() override { Stop(); }

  Tenant Add(const std::string& name) {
    Tenant tenant;
    tenant.account = world_.AddAccount(name);
    tenant.channel = world_.AddChannel(tenant.account, ChannelState::kConnected);
    return tenant;
  }
  void Start() {
    inspections_ = std::make_unique<Inspections>(world_.store, bell_, care_);
    inspections_->Start();
  }
  void Stop() {
    if (!inspections_) return;
    auto stop = [](Inspections& inspections) -> base::Task<bool> {
      co_await inspections.Stop();
      co_return true;
    };
    world_.Await(stop(*inspections_));
    Pass(std::chrono::minutes(2));  // what was under way
    inspections_.reset();
  }
  void Pass(base::Duration duration) { world_.scheduler.RunFor(duration); }

  // A picture that somebody sends, whose phone says how large it is. `digit` makes its digest.
  void Show(const Tenant& tenant, char digit = 'a', bool history = false) {
    IncomingMessage incoming;
    incoming.from.phone = "15550100";
    incoming.link_id = "LINK" + std::to_string(++shown_);
    incoming.history = history;
    Media media;
    media.account = tenant.account;
    media.ref.id = world_.NewStamp().Next<MediaId>();
    media.ref.mime_type = "image/png";
    media.ref.sha256 = std::string(64, digit);
    media.ref.size = 10;
    media.ref.facts = MediaFacts();
    media.ref.facts->width = 9999;
    media.ref.facts->height = 480;
    ImageContent picture;
    picture.media = media.ref;
    picture.caption = "Look";
    incoming.content = picture;
    incoming.media = media;
    incoming.at = world_.scheduler.Now();
    std::vector<LinkReport> reports;
    reports.emplace_back(std::move(incoming));
    ASSERT_TRUE(world_.Write([&, stamp = world_.NewStamp()](Transaction& tx) {
      return ApplyReports(tx, tenant.account, tenant.channel.row, reports, {}, stamp);
    }));
  }
  std::vector<Message> MessagesOf(const Tenant& tenant) {
    MessageStore::Page page;
    page.channel = tenant.channel.row;
    page.newest_first = false;
    page.limit = 0;
    std::vector<Message> messages;
    for (MessageInChat& one : *world_.Read(
             [&](const Transaction& tx) { return tx.messages().List(tenant.account, page); }))
      messages.push_back(std::move(one.message));
    return messages;
  }
  std::optional<std::int64_t> WidthOf(const Message& message) {
    return MediaOf(message.content)->facts->width;
  }
  std::optional<Media> RowOf(const Tenant& tenant, const Message& message) {
    return *world_.Read([&](const Transaction& tx) {
      return tx.media().Find(MediaOwner(tenant.account), MediaOf(message.content)->id);
    });
  }
  int Waiting(const Tenant& tenant) {
    return *world_.Read(
        [&](const Transaction& tx) { return tx.media().CountInspections(tenant.account, 1000); });
  }

  testing::StoreWorld world_;
  EventBell bell_{*world_.sqlite};
  ScriptedCare care_{world_.scheduler};
  std::unique_ptr<Inspections> inspections_;
  Tenant ours_;
  int shown_ = 0;
};

TEST_F(InspectionsTest, PutWhatIsFoundInThePlaceOfWhatWasSaid) {
  Start();
  Show(ours_);
  EXPECT_EQ(WidthOf(MessagesOf(ours_)[0]), 9999) << "the message waits for nothing";
  const std::size_t events = world_.EventNames().size();
  Pass(std::chrono::seconds(1));
  const Message message = MessagesOf(ours_)[0];
  EXPECT_EQ(WidthOf(message), 640);
  EXPECT_EQ(MediaOf(message.content)->facts->height, 480) << "what was not found stays";
  EXPECT_EQ(TextOf(message.content), "Look");
  EXPECT_TRUE(message.history.empty()) << "it is no edit";
  const auto row = RowOf(ours_, message);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->ref.facts->width, 640);
  EXPECT_EQ(row->thumbnail, "a small picture");
  EXPECT_EQ(world_.EventNames().size(), events) << "nobody is told again";
  EXPECT_EQ(Waiting(ours_), 0);
  EXPECT_EQ(inspections_->counters().found, 1);
}

TEST_F(InspectionsTest, LeaveTheMessageOfABadFileAlone) {
  Start();
  for (const base::ErrorCode code : {base::ErrorCode::kMediaWrongType,
                                     base::ErrorCode::kMediaTooLarge, base::ErrorCode::kNotFound}) {
    care_.fails = code;
    Show(ours_);
    Pass(std::chrono::seconds(1));
  }
  care_.fails.reset();
  care_.finds.media.facts.reset();
  Show(ours_);
  Pass(std::chrono::seconds(1));
  for (const Message& message : MessagesOf(ours_)) {
    EXPECT_EQ(message.status, MessageStatus::kReceived);
    EXPECT_EQ(WidthOf(message), 9999);
  }
  EXPECT_EQ(care_.looked_at.size(), 4u) << "each once";
  EXPECT_EQ(Waiting(ours_), 0);
  EXPECT_EQ(inspections_->counters().refused, 3);
  EXPECT_EQ(inspections_->counters().unknown, 1);
}

TEST_F(InspectionsTest, AreTriedAgainWhenCareIsNotToBeHad) {
  Start();
  care_.fails = base::ErrorCode::kOverloaded;
  Show(ours_);
  Pass(std::chrono::seconds(65));
  EXPECT_EQ(care_.looked_at.size(), 3u);
  EXPECT_EQ(Waiting(ours_), 1);
  care_.fails.reset();
  Pass(std::chrono::seconds(31));
  EXPECT_EQ(WidthOf(MessagesOf(ours_)[0]), 640);
}

TEST_F(InspectionsTest, SurviveARestart) {
  care_.on = false;
  Start();
  Show(ours_);
  Pass(std::chrono::minutes(1));
  EXPECT_TRUE(care_.looked_at.empty()) << "there is no care";
  Stop();
  care_.on = true;
  care_.takes = std::chrono::minutes(1);
  Start();
  Pass(std::chrono::seconds(1));
  EXPECT_EQ(care_.looked_at.size(), 1u);
  EXPECT_EQ(WidthOf(MessagesOf(ours_)[0]), 9999);
  Pass(std::chrono::minutes(1));
  EXPECT_EQ(WidthOf(MessagesOf(ours_)[0]), 640);
}

TEST_F(InspectionsTest, TakeAccountsInTurnAndOneFileAtATime) {
  const Tenant other = Add("other");
  for (int i = 0; i < 3; ++i) Show(ours_, 'a');
  Show(other, 'b');
  care_.takes = std::chrono::seconds(10);
  Start();
  Pass(std::chrono::seconds(5));
  EXPECT_EQ(care_.looked_at.size(), 1u);
  Pass(std::chrono::minutes(1));
  std::string order;
  for (const std::string& digest : care_.looked_at) order += digest[0];
  EXPECT_EQ(order, "abaa");
}

TEST_F(InspectionsTest, WaitInABoundedQueue) {
  for (int i = 0; i < kMaxWaitingInspections + 2; ++i) Show(ours_);
  const Tenant other = Add("other");
  Show(other);
  EXPECT_EQ(Waiting(ours_), kMaxWaitingInspections);
  EXPECT_EQ(Waiting(other), 1);
  Start();
  Pass(std::chrono::minutes(10));
  const std::vector<Message> messages = MessagesOf(ours_);
  EXPECT_EQ(WidthOf(messages.front()), 640);
  EXPECT_EQ(WidthOf(messages.back()), 9999) << "the sender's word stands";
  EXPECT_EQ(Waiting(ours_), 0);
}

TEST_F(InspectionsTest, AreNotForHistoryAndNotForWhatIsGone) {
  Show(ours_, 'h', true);
  EXPECT_EQ(Waiting(ours_), 0);
  Show(ours_, 'g');
  ASSERT_TRUE(world_.Write([](Transaction& tx) -> base::Result<void> {
    PARLEY_CHECK(tx.media().Prune(base::Time::max(), 10));
    return {};
  }));
  Start();
  Pass(std::chrono::seconds(1));
  EXPECT_TRUE(care_.looked_at.empty());
  EXPECT_EQ(Waiting(ours_), 0);
}

TEST_F(InspectionsTest, KeepWhatWasEditedMeanwhile) {
  care_.takes = std::chrono::seconds(10);
  Start();
  Show(ours_);
  Pass(std::chrono::seconds(1));
  Message message = MessagesOf(ours_)[0];
  SetText(message.content, "Look here");
  ASSERT_TRUE(world_.Write([message](Transaction& tx) {
    return tx.messages().SetContent(message, HistoryEntry{MessageStatus::kEdited, message.at});
  }));
  Pass(std::chrono::seconds(10));
  message = MessagesOf(ours_)[0];
  EXPECT_EQ(TextOf(message.content), "Look here");
  EXPECT_EQ(WidthOf(message), 640);
}

}  // namespace
}  // namespace parley::core
