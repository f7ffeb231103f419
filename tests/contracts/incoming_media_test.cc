// Media that comes from the network is in the gateway's own store before its message is reported.
#include <gtest/gtest.h>

#include "base/log.h"
#include "core/link_state.h"
#include "link/simulated/simulated_link.h"
#include "storage/blobs/file_blobs.h"
#include "tests/support/store_world.h"

namespace parley::link::simulated {
namespace {

namespace net = sim::network;

// Fails as a full disk does, while it is told to.
class MoodyBlobs final : public core::BlobStore {
 public:
  bool is_full = false;
  int refused = 0;

  base::Result<void> Store(const std::string& digest, std::string_view bytes) override {
    if (is_full) return Refuse();
    return blobs_->Store(digest, bytes);
  }
  base::Result<std::string> Read(const std::string& digest) const override {
    return blobs_->Read(digest);
  }
  base::Result<std::string> PathOf(const std::string& digest) const override {
    return blobs_->PathOf(digest);
  }
  base::Result<void> Renew(const std::string& digest) override { return blobs_->Renew(digest); }
  base::Result<void> Delete(const std::string& digest, base::Time stored_before) override {
    return blobs_->Delete(digest, stored_before);
  }
  base::Result<std::vector<std::string>> Shelf(std::uint8_t first) const override {
    return blobs_->Shelf(first);
  }
  base::Result<std::unique_ptr<Writer>> NewWriter() override {
    if (is_full) return Refuse();
    return blobs_->NewWriter();
  }

 private:
  base::Error Refuse() {
    ++refused;
    return base::Error(base::ErrorCode::kUnavailable, "", "No space left on device");
  }
  std::unique_ptr<core::BlobStore> blobs_ = storage::MakeMemoryBlobs();
};

// Writes down what is reported, and whether its media could be read at that moment.
class Reports final : public core::LinkEvents {
 public:
  explicit Reports(core::BlobStore& blobs) : blobs_(blobs) {}
  std::vector<core::IncomingMessage> messages;
  int readable = 0;

  base::Task<base::Result<void>> Report(std::vector<core::LinkReport> reports,
                                        core::LinkWrites) override {
    for (const core::LinkReport& report : reports) {
      const auto* message = std::get_if<core::IncomingMessage>(&report);
      if (message == nullptr) continue;
      if (message->media && blobs_.Read(message->media->ref.sha256)) ++readable;
      messages.push_back(*message);
    }
    co_return base::Result<void>();
  }

 private:
  core::BlobStore& blobs_;
};

class IncomingMedia : public ::testing::Test {
 protected:
  IncomingMedia()
      : network_(
            std::move(*net::Network::Open(world_.scheduler, *world_.random, log_, *shelf_, {}))),
        factory_(MakeFactory(world_.store, *world_.random, *pool_, blobs_, *network_)) {
    base::ConfigureLog(base::LogLevel::kOff, base::LogFormat::kText);
    for (const char* number : {"15550201", "15550100"}) {
      net::Person person;
      person.number = number;
      EXPECT_TRUE(network_->AddPerson(person));
    }
    channel_ = world_.AddChannel(world_.AddAccount("ours"), core::ChannelState::kConnecting);
    const auto device = network_->LinkDirectly("15550201", net::Profile::kPhone);
    const core::LinkWrites linked = LinkedTo(*device);
    EXPECT_TRUE(world_.Write(
        [&](core::Transaction& tx) { return tx.link_state().Apply(channel_.row, linked); }));
    link_ = factory_->Make(channel_, reports_);
    link_->Start();
    Pass(std::chrono::seconds(1));
  }
  ~IncomingMedia() override { Stop(); }

  void Pass(base::Duration duration) { world_.scheduler.RunFor(duration); }
  void Stop() {
    auto stop = [](core::Link& link) -> base::Task<bool> {
      co_await link.Stop();
      co_return true;
    };
    world_.Await(stop(*link_));
  }
  void SendPicture() {
    net::MediaContent picture;
    picture.kind = net::MessageKind::kImage;
    picture.media.sha256 = *shelf_->Store("picture");
    picture.media.mime_type = "image/png";
    net::Draft draft;
    draft.to = "15550201";
    draft.content = picture;
    EXPECT_TRUE(network_->SendAsPerson("15550100", std::move(draft)));
    Pass(std::chrono::seconds(1));
  }

  testing::StoreWorld world_;
  std::unique_ptr<base::BlockingPool> pool_ = base::MakeInlinePool();
  MoodyBlobs blobs_;
  Reports reports_{blobs_};
  net::MemoryLog log_;
  std::unique_ptr<net::MediaShelf> shelf_ = net::MakeMemoryMedia();
  std::unique_ptr<net::Network> network_;
  std::unique_ptr<core::LinkFactory> factory_;
  core::Channel channel_;
  std::unique_ptr<core::Link> link_;
};

TEST_F(IncomingMedia, IsStoredBeforeItIsReported) {
  SendPicture();
  ASSERT_EQ(reports_.messages.size(), 1u);
  EXPECT_EQ(reports_.readable, 1);
  const core::IncomingMessage& message = reports_.messages[0];
  EXPECT_EQ(core::KindOf(message.content), core::ContentKind::kImage);
  EXPECT_EQ(core::MediaOf(message.content)->id, message.media->ref.id);
  EXPECT_EQ(message.media->account, channel_.account);
}

TEST_F(IncomingMedia, WaitsForRoomOnTheDiskAndIsNotLost) {
  blobs_.is_full = true;
  SendPicture();
  Pass(std::chrono::minutes(5));
  EXPECT_GT(blobs_.refused, 1) << "it is tried again and again";
  EXPECT_TRUE(reports_.messages.empty()) << "and not reported meanwhile";
  blobs_.is_full = false;
  Pass(std::chrono::seconds(1));
  EXPECT_EQ(reports_.messages.size(), 1u);
  EXPECT_EQ(reports_.readable, 1);
}

TEST_F(IncomingMedia, IsReportedAtTheNextStartWhenTheGatewayStopsMeanwhile) {
  blobs_.is_full = true;
  SendPicture();
  Stop();
  EXPECT_TRUE(reports_.messages.empty());
  blobs_.is_full = false;
  link_ = factory_->Make(channel_, reports_);
  link_->Start();
  Pass(std::chrono::seconds(1));
  EXPECT_EQ(reports_.messages.size(), 1u) << "the network was told nothing of it before";
}

}  // namespace
}  // namespace parley::link::simulated
