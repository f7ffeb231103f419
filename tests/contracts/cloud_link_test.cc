// A channel on the Cloud API: connecting, sending, and what becomes of answers that are lost.
#include <gtest/gtest.h>

#include "tests/support/cloud_world.h"

namespace parley::testing {
namespace {

using core::ChannelState;
using core::MessageStatus;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

using CloudLinkTest = CloudWorld;

std::string WhatMessageSays(const GraphAsked& asked, const char* member) {
  const auto body = base::ParseJson(asked.body);
  return std::string(base::FindText(body->as_object(), member));
}

TEST_F(CloudLinkTest, IsConnectedWhileGraphTakesItsToken) {
  Start();
  EXPECT_EQ(Current().state, ChannelState::kConnected);
  EXPECT_EQ(Current().phone, "15550201");
  EXPECT_EQ(Current().profile.push_name, "Ours");
  EXPECT_TRUE(Current().profile.is_business);
  ASSERT_EQ(graph_.asked().size(), 1u);
  EXPECT_EQ(graph_.asked()[0].headers.Get("Authorization"), "Bearer EAAtoken");
}

TEST_F(CloudLinkTest, SaysWhyItIsNotConnectedAndTriesAgain) {
  graph_.Next("GET", kNumberId, Error(401, 190));
  graph_.Next("GET", kNumberId, GraphScript{GraphScript::Kind::kRefusesConnect, 0, ""});
  Start();
  EXPECT_EQ(Current().state, ChannelState::kDisconnected);
  const std::string refused = Current().state_reason;
  EXPECT_NE(refused, "");
  EXPECT_NE(refused, "unreachable");
  Pass(seconds(5));
  EXPECT_EQ(Current().state_reason, "unreachable");
  Pass(seconds(15));
  EXPECT_EQ(Current().state, ChannelState::kConnected);
}

TEST_F(CloudLinkTest, NeedsCredentials) {
  ASSERT_TRUE(
      world_.Write([&](core::Transaction& tx) { return tx.link_state().DeleteAll(channel_.row); }));
  Start();
  EXPECT_EQ(Current().state, ChannelState::kDisconnected);
  EXPECT_EQ(Current().state_reason, "no_credentials");
  EXPECT_EQ(graph_.asked().size(), 0u);
}

TEST_F(CloudLinkTest, SaysThatItsCredentialsAreOfAnotherKey) {
  core::LinkWrite broken = core::SealedCloud(secrets_, channel_.id, Credentials());
  broken.value->back() ^= 1;
  ASSERT_TRUE(world_.Write(
      [&](core::Transaction& tx) { return tx.link_state().Apply(channel_.row, {broken}); }));
  Start();
  EXPECT_EQ(Current().state_reason, "credentials_unreadable");
}

TEST_F(CloudLinkTest, BelongsToOneNumber) {
  Start();
  Stop();
  graph_.Always("GET", std::string(kNumberId) + "?", Number("15559999"));
  Start();
  EXPECT_EQ(Current().state, ChannelState::kDisconnected);
  EXPECT_EQ(Current().state_reason, "other_number");
  EXPECT_EQ(Current().phone, "15550201");
}

TEST_F(CloudLinkTest, ProvesThatItKnowsTheSecretWhereItIsAsked) {
  core::CloudCredentials credentials = Credentials();
  credentials.app_secret_proof = true;
  Give(credentials);
  Start();
  const std::string proof = base::ToHexText(base::AsText(base::HmacSha256(kSecret, "EAAtoken")));
  EXPECT_TRUE(graph_.asked()[0].path.ends_with("&appsecret_proof=" + proof));
}

TEST_F(CloudLinkTest, OffersNoPairing) {
  Start();
  const auto offered = world_.Await(runner_->OfferPairing("", seconds(1)));
  ASSERT_FALSE(offered);
  EXPECT_EQ(offered.error().code, base::ErrorCode::kNotSupported);
}

TEST_F(CloudLinkTest, SendsWithTheIdThatStatusesRepeat) {
  Start();
  const core::MessageId id = QueueText("hello");
  Pass(seconds(1));
  ASSERT_EQ(MessagesAsked().size(), 1u);
  EXPECT_EQ(WhatMessageSays(MessagesAsked()[0], "to"), "+15550100");
  EXPECT_NE(WhatMessageSays(MessagesAsked()[0], "biz_opaque_callback_data"), "");
  EXPECT_EQ(StatusOf(id), MessageStatus::kSent);
  EXPECT_EQ(Stored(id).link_id, "wamid.1");
  EXPECT_TRUE(Records("attempt").empty());
}

TEST_F(CloudLinkTest, SendsAFormAsMetaWantsIt) {
  Start();
  core::FlowContent flow;
  flow.body = "Book a table";
  flow.button = "Book";
  flow.flow_name = "tables";
  flow.token = "table-7";
  flow.screen = "BOOKING";
  flow.data = R"({"days":["Mon"]})";
  const core::MessageId id = Queue(flow);
  Pass(seconds(1));
  EXPECT_EQ(StatusOf(id), MessageStatus::kSent);
  ASSERT_EQ(MessagesAsked().size(), 1u);
  const auto body = base::ParseJson(MessagesAsked()[0].body);
  ASSERT_TRUE(body);
  EXPECT_EQ(base::ToText(body->at("interactive")),
            R"({"type":"flow","body":{"text":"Book a table"},"action":{"name":"flow",)"
            R"("parameters":{"flow_message_version":"3","flow_name":"tables","flow_cta":"Book",)"
            R"("flow_token":"table-7","mode":"published","flow_action":"navigate",)"
            R"("flow_action_payload":{"screen":"BOOKING","data":{"days":["Mon"]}}}}})");
}

TEST_F(CloudLinkTest, TellsNobodyTwiceWhenTheAnswerIsLost) {
  for (const GraphScript& lost :
       {GraphScript{GraphScript::Kind::kNeverAnswers, 0, ""},
        GraphScript{GraphScript::Kind::kAnswers, 502, "<html>Bad gateway</html>"},
        GraphScript{GraphScript::Kind::kAnswers, 200, "cut off"}})
    graph_.Next("POST", std::string(kNumberId) + "/messages", lost);
  Start();
  const core::MessageId timed_out = QueueText("one"), gateway = QueueText("two"),
                        unreadable = QueueText("three"), fine = QueueText("four");
  Pass(minutes(5));
  EXPECT_EQ(StatusOf(timed_out), MessageStatus::kUnconfirmed);
  EXPECT_EQ(StatusOf(gateway), MessageStatus::kUnconfirmed);
  EXPECT_EQ(StatusOf(unreadable), MessageStatus::kUnconfirmed);
  EXPECT_EQ(StatusOf(fine), MessageStatus::kSent);
  EXPECT_EQ(MessagesAsked().size(), 4u);

  // The status of the first one comes, by our id alone.
  const std::string ours = WhatMessageSays(MessagesAsked()[0], "biz_opaque_callback_data");
  EXPECT_EQ(Post(Body(R"("statuses":[{"id":"wamid.lost","status":"delivered","timestamp":)"
                      R"("1800000000","recipient_id":"15550100","biz_opaque_callback_data":")" +
                      ours + R"("}])"))
                .status,
            200);
  Pass(seconds(1));
  EXPECT_EQ(StatusOf(timed_out), MessageStatus::kDelivered);
  EXPECT_EQ(Stored(timed_out).link_id, "wamid.lost");
  EXPECT_EQ(StatusOf(gateway), MessageStatus::kUnconfirmed);
}

// Meta names what a message is billed under with its statuses, after it was taken.
TEST_F(CloudLinkTest, CountsConversationsThatStatusesName) {
  Start();
  const core::MessageId id = QueueText("hello");
  Pass(seconds(1));
  const std::string status = R"("statuses":[{"id":"wamid.1","status":"delivered","timestamp":)"
                             R"("1800000000","recipient_id":"15550100","conversation":{"id":"c1",)"
                             R"("expiration_timestamp":"1800086400","origin":{"type":"utility"}},)"
                             R"("pricing":{"billable":true,"pricing_model":"CBP",)"
                             R"("category":"utility"}}])";
  EXPECT_EQ(Post(Body(status)).status, 200);
  Pass(seconds(1));
  EXPECT_EQ(StatusOf(id), MessageStatus::kDelivered);
  const auto counted = *world_.Read(
      [&](const core::Transaction& tx) { return tx.usage().List(channel_.row, std::nullopt); });
  std::int64_t messages = 0, billable = 0;
  for (const core::UsageRow& row : counted) {
    messages += row.count.messages;
    billable += row.count.billable;
    if (row.count.messages > 0) {
      EXPECT_EQ(row.key.category, core::ConversationCategory::kUtility);
    }
  }
  EXPECT_EQ(messages, 1);
  EXPECT_EQ(billable, 1);
}

// Meta's answer said already that the message is sent: the status of that name is no news, but for
// what it costs. Told twice, it counts once.
TEST_F(CloudLinkTest, CountsConversationsThatTheSentStatusNames) {
  Start();
  const core::MessageId id = QueueText("hello");
  Pass(seconds(1));
  const std::string status =
      R"("statuses":[{"id":"wamid.1","status":"sent","timestamp":"1800000000",)"
      R"("recipient_id":"15550100","conversation":{"id":"c1","expiration_timestamp":"1800086400",)"
      R"("origin":{"type":"marketing"}},"pricing":{"billable":true,"pricing_model":"CBP",)"
      R"("category":"marketing"}}])";
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(Post(Body(status)).status, 200);
    Pass(seconds(1));
  }
  ASSERT_TRUE(Stored(id).conversation);
  EXPECT_EQ(Stored(id).conversation->id, "c1");
  EXPECT_EQ(base::ToUnixSeconds(Stored(id).conversation->expires_at), 1800086400);
  EXPECT_EQ(Stored(id).history.size(), 1u) << "sent, once";
  std::int64_t messages = 0, conversations = 0;
  const auto counted = *world_.Read(
      [&](const core::Transaction& tx) { return tx.usage().List(channel_.row, std::nullopt); });
  for (const core::UsageRow& row : counted) {
    if (row.key.category != core::ConversationCategory::kMarketing) {
      EXPECT_EQ(row.count.messages, 0);
      continue;
    }
    messages += row.count.messages;
    conversations += row.count.conversations;
  }
  EXPECT_EQ(messages, 1);
  EXPECT_EQ(conversations, 1);
}

TEST_F(CloudLinkTest, RepeatsWhatNeverLeft) {
  graph_.Next("POST", kNumberId, GraphScript{GraphScript::Kind::kRefusesConnect, 0, ""});
  Start();
  const core::MessageId id = QueueText("hello");
  Pass(base::Duration(500));
  EXPECT_EQ(StatusOf(id), MessageStatus::kQueued);
  EXPECT_TRUE(Records("attempt").empty());
  Pass(seconds(2));
  EXPECT_EQ(StatusOf(id), MessageStatus::kSent);
  EXPECT_EQ(MessagesAsked().size(), 2u);
}

// What a crash between the request and its answer leaves: the message queued, its attempt noted.
TEST_F(CloudLinkTest, DoesNotSendAgainWhatWasUnderWayInACrash) {
  const core::MessageId under_way = QueueText("one"), waiting = QueueText("two");
  core::LinkWrite attempt;
  attempt.space = "attempt";
  attempt.key = under_way.value.ToHex();
  attempt.value = "1";
  ASSERT_TRUE(world_.Write(
      [&](core::Transaction& tx) { return tx.link_state().Apply(channel_.row, {attempt}); }));
  Start();
  EXPECT_EQ(StatusOf(under_way), MessageStatus::kUnconfirmed);
  EXPECT_EQ(StatusOf(waiting), MessageStatus::kSent);
  EXPECT_EQ(MessagesAsked().size(), 1u);
  EXPECT_TRUE(Records("attempt").empty());
}

TEST_F(CloudLinkTest, NotesTheAttemptBeforeTheRequestLeaves) {
  graph_.Next("POST", kNumberId, GraphScript{GraphScript::Kind::kNeverAnswers, 0, ""});
  Start();
  const core::MessageId id = QueueText("hello");
  Pass(seconds(1));
  ASSERT_EQ(MessagesAsked().size(), 1u);
  ASSERT_EQ(Records("attempt").size(), 1u);
  EXPECT_EQ(Records("attempt")[0].key, id.value.ToHex());
  Stop();  // does not wait for the answer
  EXPECT_EQ(StatusOf(id), MessageStatus::kUnconfirmed);
}

TEST_F(CloudLinkTest, KeepsMetasReasonOfAFailure) {
  graph_.Next("POST", kNumberId, Error(400, 131047));
  Start();
  const core::MessageId id = QueueText("hello");
  Pass(seconds(1));
  EXPECT_EQ(StatusOf(id), MessageStatus::kFailed);
  EXPECT_EQ(Stored(id).failure->code, "131047");
  EXPECT_TRUE(Records("attempt").empty());
}

TEST_F(CloudLinkTest, WaitsWhileMetaSaysThatThereAreTooMany) {
  graph_.Next("POST", kNumberId, Error(400, 130429));
  Start();
  const core::MessageId id = QueueText("hello");
  Pass(base::Duration(500));
  EXPECT_EQ(StatusOf(id), MessageStatus::kQueued);
  Pass(minutes(5));
  EXPECT_EQ(StatusOf(id), MessageStatus::kSent);
}

TEST_F(CloudLinkTest, StopsSendingWhenTheTokenIsRefused) {
  Start();
  graph_.Next("POST", kNumberId, Error(401, 190));
  graph_.Always("GET", std::string(kNumberId) + "?", Error(401, 190));
  const core::MessageId id = QueueText("hello");
  Pass(hours(1));
  EXPECT_EQ(Current().state, ChannelState::kDisconnected);
  EXPECT_EQ(StatusOf(id), MessageStatus::kQueued) << "it is no fault of the message";
  EXPECT_EQ(MessagesAsked().size(), 1u);
  graph_.Always("GET", std::string(kNumberId) + "?", Number("15550201"));
  Pass(hours(1));
  EXPECT_EQ(Current().state, ChannelState::kConnected);
  EXPECT_EQ(StatusOf(id), MessageStatus::kSent);
}

TEST_F(CloudLinkTest, HandsAFileUpAndSendsItsId) {
  Start();
  core::MediaRef file = StoreFile("image/png", "PNGbytes");
  file.file_name = "a\"b.png";
  GraphScript uploaded;
  uploaded.body = R"({"id":"4490709327384033"})";
  graph_.Next("POST", std::string(kNumberId) + "/media", Error(500, 131000));
  graph_.Next("POST", std::string(kNumberId) + "/media", uploaded);
  core::ImageContent image;
  image.media = file;
  image.caption = "look";
  const core::MessageId id = Queue(image);
  Pass(minutes(1));
  EXPECT_EQ(StatusOf(id), MessageStatus::kSent);
  const auto uploads = graph_.AskedOf("POST", std::string(kNumberId) + "/media");
  ASSERT_EQ(uploads.size(), 2u) << "an upload may be repeated";
  EXPECT_NE(uploads[1].body.find("PNGbytes"), std::string::npos);
  EXPECT_NE(uploads[1].body.find("filename=\"a_b.png\""), std::string::npos);
  ASSERT_EQ(MessagesAsked().size(), 1u);
  EXPECT_NE(MessagesAsked()[0].body.find(R"("id":"4490709327384033")"), std::string::npos);
}

TEST_F(CloudLinkTest, ChangesThePictureByAResumableUpload) {
  Start();
  core::ChangeProfile change;
  change.about = "Open";
  change.picture = StoreFile("image/jpeg", "JPEGbytes");
  GraphScript token, opened, uploaded, done;
  token.body = R"({"data":{"app_id":"634974688087057","is_valid":true,"scopes":[]}})";
  opened.body = R"({"id":"upload:MTphdHRhY2g=?sig=ARZqkGCA"})";
  uploaded.body = R"({"h":"4:aW1hZ2U=:aGFuZGxl"})";
  done.body = R"({"success":true})";
  graph_.Next("GET", "debug_token?", token);
  graph_.Next("POST", "634974688087057/uploads?", opened);
  graph_.Next("POST", "upload:", uploaded);
  graph_.Next("POST", std::string(kNumberId) + "/whatsapp_business_profile", done);
  ASSERT_TRUE(Ask(change));
  EXPECT_EQ(graph_.AskedOf("POST", "634974688087057/uploads?").at(0).path,
            "634974688087057/uploads?file_name=picture.jpg&file_length=9&file_type=image/jpeg");
  const GraphAsked bytes = graph_.AskedOf("POST", "upload:").at(0);
  EXPECT_EQ(bytes.path, "upload:MTphdHRhY2g=?sig=ARZqkGCA");
  EXPECT_EQ(bytes.body, "JPEGbytes");
  EXPECT_EQ(bytes.headers.Get("Authorization"), "OAuth EAAtoken");
  EXPECT_EQ(bytes.headers.Get("file_offset"), "0");
  EXPECT_EQ(
      graph_.AskedOf("POST", std::string(kNumberId) + "/whatsapp_business_profile").at(0).body,
      R"({"messaging_product":"whatsapp","about":"Open",)"
      R"("profile_picture_handle":"4:aW1hZ2U=:aGFuZGxl"})");
}

TEST_F(CloudLinkTest, ChangesNothingWhenThePictureIsNotTaken) {
  Start();
  core::ChangeProfile change;
  change.picture = StoreFile("image/webp", "WEBPbytes");
  EXPECT_EQ(Ask(change).error().code, base::ErrorCode::kMediaWrongType);
  change.picture = StoreFile("image/png", "PNGbytes");
  change.about = std::string(200, 'a');
  EXPECT_EQ(Ask(change).error().code, base::ErrorCode::kInvalidFields);
  EXPECT_TRUE(graph_.AskedOf("GET", "debug_token?").empty());
  change.about.reset();
  GraphScript token, opened;
  token.body = R"({"data":{"app_id":"634974688087057","is_valid":true,"scopes":[]}})";
  opened.body = R"({"id":"../me/accounts"})";
  graph_.Next("GET", "debug_token?", token);
  graph_.Next("POST", "634974688087057/uploads?", opened);
  EXPECT_EQ(Ask(change).error().code, base::ErrorCode::kUnavailable);
  token.body = R"({"data":{"is_valid":true,"scopes":[]}})";
  graph_.Next("GET", "debug_token?", token);
  EXPECT_EQ(Ask(change).error().code, base::ErrorCode::kUnavailable) << "of no app";
  graph_.Next("GET", "debug_token?", Error(400, 190));
  EXPECT_FALSE(Ask(change));
  EXPECT_TRUE(
      graph_.AskedOf("POST", std::string(kNumberId) + "/whatsapp_business_profile").empty());
}

TEST_F(CloudLinkTest, ShowsItsPictureWithoutGivingTheTokenAway) {
  Start();
  GraphScript profile, picture;
  profile.body = R"({"data":[{"about":"Open","profile_picture_url":"https://pps.test/a.jpg"}]})";
  picture.body = "JPEGbytes";
  graph_.Always("GET", std::string(kNumberId) + "/whatsapp_business_profile", profile);
  graph_.Next("GET", "https://pps.test/a.jpg", picture);
  auto answer = Ask(core::GetProfile());
  ASSERT_TRUE(answer);
  const auto& own = std::get<core::OwnProfile>(*answer);
  ASSERT_TRUE(own.picture);
  EXPECT_EQ(own.picture->ref.mime_type, "image/jpeg");
  EXPECT_EQ(*blobs_->Read(own.picture->ref.sha256), "JPEGbytes");
  EXPECT_EQ(graph_.AskedOf("GET", "https://pps.test/").at(0).headers.Get("Authorization"), "");
  // When it cannot be had, the rest is told all the same.
  answer = Ask(core::GetProfile());
  ASSERT_TRUE(answer);
  EXPECT_EQ(std::get<core::OwnProfile>(*answer).about, "Open");
  EXPECT_FALSE(std::get<core::OwnProfile>(*answer).picture);
}

}  // namespace
}  // namespace parley::testing
