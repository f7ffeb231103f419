// What a link on the simulated network tells about groups, each thing once, also after a crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log.h"
#include "core/link_state.h"
#include "link/simulated/simulated_link.h"
#include "storage/blobs/file_blobs.h"
#include "tests/support/store_world.h"

namespace parley::link::simulated {
namespace {

namespace net = sim::network;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kOwn[] = "15550201";
constexpr char kBob[] = "15550100";

// Makes the link's writes durable, as the core does, and writes down what is told of groups.
class Reports final : public core::LinkEvents {
 public:
  Reports(core::Store& store, core::ChannelRow channel, const net::MemoryLog& log)
      : store_(store), channel_(channel), log_(log) {}
  std::vector<std::string> told;
  std::vector<core::IncomingMessage> messages;
  std::string log_at_last_report;  // the network's file before anything of it is acknowledged

  base::Task<base::Result<void>> Report(std::vector<core::LinkReport> reports,
                                        core::LinkWrites writes) override {
    auto write = [channel = channel_, writes](core::Transaction& tx) {
      return tx.link_state().Apply(channel, writes);
    };
    auto written = co_await store_.Write(std::move(write));
    if (!written) co_return written.error();
    for (const core::LinkReport& report : reports) Note(report);
    log_at_last_report = log_.bytes();
    co_return base::Result<void>();
  }

 private:
  void Note(const core::LinkReport& report) {
    if (const auto* group = std::get_if<core::GroupReport>(&report))
      told.push_back(group->changed.front() + " " + group->info.subject);
    if (const auto* people = std::get_if<core::ParticipantsReport>(&report))
      told.push_back(std::string(NameOf(people->action)) + " " + people->participants[0].phone);
    if (const auto* message = std::get_if<core::IncomingMessage>(&report))
      messages.push_back(*message);
  }

  core::Store& store_;
  const core::ChannelRow channel_;
  const net::MemoryLog& log_;
};

class Notices : public ::testing::Test {
 protected:
  Notices() {
    base::ConfigureLog(base::LogLevel::kOff, base::LogFormat::kText);
    OpenNetwork("");
    for (const char* number : {kOwn, kBob}) {
      net::Person person;
      person.number = number;
      EXPECT_TRUE(network_->AddPerson(person));
    }
    channel_ = world_.AddChannel(world_.AddAccount("ours"), core::ChannelState::kConnecting);
    Pair();
    StartLink();
  }
  ~Notices() override { StopLink(); }

  void OpenNetwork(std::string bytes) {
    network_.reset();
    log_ = std::make_unique<net::MemoryLog>(std::move(bytes));
    network_ = std::move(*net::Network::Open(world_.scheduler, *world_.random, *log_, *shelf_, {}));
    factory_ = MakeFactory(world_.store, *world_.random, *pool_, *blobs_, *network_);
  }
  void Pair() {
    const auto device = network_->LinkDirectly(kOwn, net::Profile::kPhone);
    const core::LinkWrites linked = LinkedTo(*device);
    EXPECT_TRUE(world_.Write(
        [&](core::Transaction& tx) { return tx.link_state().Apply(channel_.row, linked); }));
  }
  void StartLink() {
    reports_ = std::make_unique<Reports>(world_.store, channel_.row, *log_);
    link_ = factory_->Make(channel_, *reports_);
    link_->Start();
    world_.scheduler.RunFor(std::chrono::seconds(1));
  }
  void StopLink() {
    auto stop = [](core::Link& link) -> base::Task<bool> {
      co_await link.Stop();
      co_return true;
    };
    world_.Await(stop(*link_));
    link_.reset();
  }
  std::string MakeGroup() {
    net::GroupDraft draft;
    draft.subject = "Friends";
    draft.participants = {kOwn};
    const auto created = network_->groups().Create(kBob, draft);
    EXPECT_TRUE(created);
    world_.scheduler.RunFor(std::chrono::seconds(1));
    return created->group.id;
  }

  testing::StoreWorld world_;
  std::unique_ptr<base::BlockingPool> pool_ = base::MakeInlinePool();
  std::unique_ptr<core::BlobStore> blobs_ = storage::MakeMemoryBlobs();
  std::unique_ptr<net::MediaShelf> shelf_ = net::MakeMemoryMedia();
  std::unique_ptr<net::MemoryLog> log_;
  std::unique_ptr<net::Network> network_;
  std::unique_ptr<core::LinkFactory> factory_;
  core::Channel channel_;
  std::unique_ptr<Reports> reports_;
  std::unique_ptr<core::Link> link_;
};

TEST_F(Notices, OfGroupsAreReportedInOrder) {
  const std::string id = MakeGroup();
  net::GroupUpdate update;
  update.subject = "Foes";
  ASSERT_TRUE(network_->groups().Change(kBob, id, update));
  ASSERT_TRUE(network_->groups().Leave(kBob, id));
  world_.scheduler.RunFor(std::chrono::seconds(1));
  EXPECT_THAT(reports_->told, ElementsAre("created Friends", "subject Foes", "leave 15550100"));
}

TEST_F(Notices, AreNotReportedAgainWhenTheGatewayDiesBeforeItAcknowledges) {
  MakeGroup();
  ASSERT_THAT(reports_->told, ElementsAre("created Friends"));
  const std::string before = reports_->log_at_last_report;
  StopLink();
  OpenNetwork(before);  // which gives the notice once more
  ASSERT_EQ(network_->FindDevice(std::string(kOwn) + ":1")->queued, 1);
  StartLink();
  EXPECT_THAT(reports_->told, IsEmpty());
  EXPECT_EQ(network_->FindDevice(std::string(kOwn) + ":1")->queued, 0);
  MakeGroup();
  EXPECT_THAT(reports_->told, ElementsAre("created Friends"));
}

TEST_F(Notices, OfANewPairingCountAnew) {
  MakeGroup();
  MakeGroup();
  StopLink();
  ASSERT_TRUE(network_->Unlink(kOwn, std::string(kOwn) + ":1"));
  Pair();
  StartLink();
  MakeGroup();
  EXPECT_THAT(reports_->told, ElementsAre("created Friends"));
}

TEST_F(Notices, AMessageInAGroupComesFromItsSender) {
  const std::string id = MakeGroup();
  net::Draft draft;
  draft.to = net::GroupAddress(id);
  draft.content = net::TextContent{"hi"};
  ASSERT_TRUE(network_->SendAsPerson(kBob, draft));
  ASSERT_TRUE(network_->SendAsPerson(kOwn, draft));
  world_.scheduler.RunFor(std::chrono::seconds(1));
  ASSERT_EQ(reports_->messages.size(), 2u);
  for (const core::IncomingMessage& message : reports_->messages) {
    EXPECT_EQ(message.group->address, (core::Address{core::AddressKind::kGroup, id}));
    EXPECT_EQ(message.group->subject, "Friends");
    EXPECT_EQ(message.from.phone, message.from_me ? "" : kBob);
  }
}

}  // namespace
}  // namespace parley::link::simulated
