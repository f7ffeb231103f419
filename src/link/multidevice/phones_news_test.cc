#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/contacts/contact_store.h"
#include "link/multidevice/test_messages.h"
#include "proto/history.pb.h"
#include "wire/binary/inflate.h"

namespace parley::link::multidevice {
namespace {

using ::testing::IsEmpty;

std::string EncodedHistory() {
  proto::HistorySync sync;
  auto& pair = *sync.add_phone_number_to_lid_mappings();
  pair.set_pn_jid("15550700@s.whatsapp.net");
  pair.set_lid_jid("915550700@lid");
  auto& name = *sync.add_pushnames();
  name.set_id("915550700@lid");
  name.set_pushname("Grace");
  proto::Message message;
  auto& news = *message.mutable_protocol_message();
  news.set_type(proto::ProtocolMessage::HISTORY_SYNC_NOTIFICATION);
  news.mutable_history_sync_notification()->set_initial_hist_bootstrap_inline_payload(
      wire::binary::Deflate(sync.SerializeAsString()));
  return message.SerializeAsString();
}

TEST_F(MessagesBetween, TheOwnPhoneTellsNamesAndWhoIsWho) {
  TestVoice phone(world, ann_phone);
  phone.Say(ann, EncodedHistory(), {{"category", "peer"}});
  EXPECT_EQ(Sent(ann, "receipt", "peer_msg"), 1);
  EXPECT_EQ(Sent(ann, "receipt", "hist_sync"), 1);
  const auto person = *world.Read([account = ann.channel.account](const core::Transaction& tx) {
    return tx.contacts().FindPerson(account, core::Address{core::AddressKind::kPhone, "15550700"});
  });
  ASSERT_TRUE(person);
  EXPECT_EQ(person->peer.push_name, "Grace");
  EXPECT_EQ(person->peer.lid, "915550700");
}

TEST_F(MessagesBetween, ThePhonesNewsSurviveADeathAtAnyWrite) {
  for (int at = 1; at < 4; ++at) {
    ann.events->dies_at = ann.events->reports + at;
    TestVoice phone(world, ann_phone);
    phone.Say(ann, EncodedHistory(), {{"category", "peer"}});
    ann.Crash();
    ann.Connect();
    world.Run();
    EXPECT_THAT(ann.member.pending, IsEmpty());
    const auto person = *world.Read([account = ann.channel.account](const core::Transaction& tx) {
      return tx.contacts().FindPerson(account,
                                      core::Address{core::AddressKind::kPhone, "15550700"});
    });
    ASSERT_TRUE(person) << at;
    EXPECT_EQ(person->peer.push_name, "Grace");
  }
}

TEST_F(MessagesBetween, NobodyElseTellsThem) {
  TestVoice stranger(world, bob_phone);
  stranger.Say(ann, EncodedHistory(), {{"category", "peer"}});
  EXPECT_EQ(Sent(ann, "receipt", "hist_sync"), 0);
  EXPECT_EQ(ann.topic->unreported().kinds, 1u);
  const auto person = *world.Read([account = ann.channel.account](const core::Transaction& tx) {
    return tx.contacts().FindPerson(account, core::Address{core::AddressKind::kPhone, "15550700"});
  });
  EXPECT_FALSE(person);
}

}  // namespace
}  // namespace parley::link::multidevice
