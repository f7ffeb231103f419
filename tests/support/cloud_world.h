// One channel on the Cloud API over a Graph that a test plays: the store, the runner and the
// webhook are real.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/blocking_pool.h"
#include "base/digest.h"
#include "base/encoding.h"
#include "core/channels/runner.h"
#include "core/contacts/contact_store.h"
#include "core/messages/message_store.h"
#include "core/messages/send.h"
#include "core/usage/usage_store.h"
#include "link/cloud/factory.h"
#include "link/cloud/webhook.h"
#include "storage/blobs/file_blobs.h"
#include "tests/support/fake_graph.h"
#include "tests/support/store_world.h"

namespace parley::testing {

class CloudWorld : public ::testing::Test {
 protected:
  static constexpr const char* kNumberId = "106540352242922";
  static constexpr const char* kAccountId = "102290129340398";
  static constexpr const char* kSecret = "the app's secret";
  static constexpr const char* kVerify = "the verify token";

  CloudWorld()
      : graph_(world_.scheduler),
        secrets_(base::SealKey{}, *world_.random),
        pool_(base::MakeInlinePool()),
        blobs_(storage::MakeMemoryBlobs()),
        account_(world_.AddAccount("ours")),
        channel_(world_.AddChannel(account_, core::ChannelState::kConnecting)) {
    Give(Credentials());
    graph_.Always("GET", std::string(kNumberId) + "?", Number("15550201"));
  }
  ~CloudWorld() override {
    if (runner_) Stop();
  }

  static core::CloudCredentials Credentials() {
    core::CloudCredentials credentials;
    credentials.phone_number_id = kNumberId;
    credentials.business_account_id = kAccountId;
    credentials.access_token = "EAAtoken";
    credentials.app_secret = kSecret;
    credentials.verify_token = kVerify;
    return credentials;
  }
  static GraphScript Number(const std::string& digits) {
    GraphScript script;
    script.body = R"({"id":")" + std::string(kNumberId) + R"(","display_phone_number":"+)" +
                  digits + R"(","verified_name":"Ours","quality_rating":"GREEN"})";
    return script;
  }
  // An error of Graph's.
  static GraphScript Error(int status, int code) {
    GraphScript script;
    script.status = status;
    script.body = R"({"error":{"message":"Refused","type":"OAuthException","code":)" +
                  std::to_string(code) + R"(,"fbtrace_id":"Atrace"}})";
    return script;
  }

  void Give(const core::CloudCredentials& credentials) {
    const core::LinkWrite sealed = core::SealedCloud(secrets_, channel_.id, credentials);
    ASSERT_TRUE(world_.Write([row = channel_.row, sealed](core::Transaction& tx) {
      return tx.link_state().Apply(row, {sealed});
    }));
  }
  void Start() {
    link::cloud::CloudParts parts{world_.store, secrets_, *world_.random, *pool_, *blobs_, graph_};
    link::cloud::GraphOptions options;
    options.url = FakeGraph::kUrl;
    factory_ = std::make_unique<link::cloud::CloudFactory>(parts, options);
    webhook_ = link::cloud::MakeWebhook(*factory_);
    runner_ = std::make_unique<core::ChannelRunner>(
        world_.store, *world_.random, *factory_, std::make_shared<const core::Channel>(channel_));
    runner_->Start();
    Pass(std::chrono::seconds(1));
  }
  void Stop() {
    world_.Await(StopIt());
    runner_.reset();
    webhook_.reset();
    factory_.reset();
  }
  void Pass(base::Duration duration) { world_.scheduler.RunFor(duration); }

  core::MessageId Queue(core::Content content) {
    core::SendWrite write;
    write.account = account_;
    write.channel = channel_.row;
    write.to = core::Address{core::AddressKind::kPhone, "15550100"};
    write.content = std::move(content);
    const auto queued = world_.Write([write, stamp = world_.NewStamp()](core::Transaction& tx) {
      return core::Send(tx, write, stamp);
    });
    if (runner_) runner_->Wake();
    return queued->id;
  }
  // What its link answers.
  base::Result<core::LinkAnswer> Ask(core::LinkRequest request) {
    return world_.Await(runner_->Request(std::move(request), std::chrono::seconds(20)));
  }
  core::MediaRef StoreFile(std::string mime_type, const std::string& bytes) {
    core::MediaRef file;
    file.id = world_.NewStamp().Next<core::MediaId>();
    file.mime_type = std::move(mime_type);
    file.size = static_cast<std::int64_t>(bytes.size());
    file.sha256 = base::ToHexText(base::AsText(base::Sha256(bytes)));
    EXPECT_TRUE(blobs_->Store(file.sha256, bytes));
    return file;
  }
  core::MessageId QueueText(const std::string& text) { return Queue(core::TextContent{text}); }
  core::Message Stored(core::MessageId id) {
    return (**world_.Read(
                [&](const core::Transaction& tx) { return tx.messages().FindById(account_, id); }))
        .message;
  }
  core::MessageStatus StatusOf(core::MessageId id) { return Stored(id).status; }
  core::Channel Current() {
    return **world_.Read(
        [&](const core::Transaction& tx) { return tx.channels().Find(account_, channel_.row); });
  }
  std::vector<core::LinkWrite> Records(const std::string& space) {
    return *world_.Read(
        [&](const core::Transaction& tx) { return tx.link_state().List(channel_.row, space); });
  }
  std::vector<GraphAsked> MessagesAsked() const {
    return graph_.AskedOf("POST", std::string(kNumberId) + "/messages");
  }
  // The texts of what came in, in order.
  std::vector<std::string> Received() {
    core::MessageStore::Page page;
    page.channel = channel_.row;
    page.newest_first = false;
    const auto found = *world_.Read(
        [&](const core::Transaction& tx) { return tx.messages().List(account_, page); });
    std::vector<std::string> texts;
    for (const core::MessageInChat& one : found)
      if (one.message.direction == core::Direction::kIn)
        texts.push_back(core::TextOf(one.message.content));
    return texts;
  }

  // A webhook about messages of the number: `value`'s members beside its metadata.
  static std::string Body(const std::string& members) {
    return R"({"object":"whatsapp_business_account","entry":[{"id":")" + std::string(kAccountId) +
           R"(","changes":[{"field":"messages","value":{"messaging_product":"whatsapp",)" +
           R"("metadata":{"display_phone_number":"15550201","phone_number_id":")" + kNumberId +
           R"("},)" + members + "}}]}]}";
  }
  static std::string TextMessage(const std::string& id, const std::string& text) {
    return R"("contacts":[{"profile":{"name":"Ada"},"wa_id":"15550100"}],"messages":[{"from":)"
           R"("15550100","id":")" +
           id + R"(","timestamp":"1799999990","type":"text","text":{"body":")" + text + R"("}}])";
  }
  http::Response Post(const std::string& body, const std::string& secret = kSecret) {
    http::Request request;
    request.method = http::Method::kPost;
    request.target = "/cloud/" + channel_.id.value.ToText() + "/webhook";
    request.body = body;
    request.headers.Set("X-Hub-Signature-256",
                        "sha256=" + base::ToHexText(base::AsText(base::HmacSha256(secret, body))));
    return world_.Await(webhook_->Handle(std::move(request)));
  }
  http::Response Get(const std::string& query) {
    http::Request request;
    request.target = "/cloud/" + channel_.id.value.ToText() + "/webhook?" + query;
    return world_.Await(webhook_->Handle(std::move(request)));
  }

  StoreWorld world_;
  FakeGraph graph_;
  core::Secrets secrets_;
  std::unique_ptr<base::BlockingPool> pool_;
  std::unique_ptr<core::BlobStore> blobs_;
  const core::AccountRow account_;
  const core::Channel channel_;
  std::unique_ptr<link::cloud::CloudFactory> factory_;
  std::unique_ptr<http::Service> webhook_;
  std::unique_ptr<core::ChannelRunner> runner_;

 private:
  base::Task<bool> StopIt() {
    co_await runner_->Stop(false);
    co_return true;
  }
};

}  // namespace parley::testing
