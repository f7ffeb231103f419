#include "link/multidevice/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "wire/binary/inflate.h"

namespace parley::link::multidevice {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

proto::HistorySync Sample() {
  proto::HistorySync sync;
  auto& pair = *sync.add_phone_number_to_lid_mappings();
  pair.set_pn_jid("15550200@s.whatsapp.net");
  pair.set_lid_jid("915550200@lid");
  sync.add_phone_number_to_lid_mappings()->set_pn_jid("15550300@s.whatsapp.net");  // half a pair
  auto& chat = *sync.add_conversations();
  chat.set_id("915550400@lid");
  chat.set_pn_jid("15550400@s.whatsapp.net");
  chat.set_name("Dora");
  sync.add_conversations()->set_id("123-456@g.us");
  auto& name = *sync.add_pushnames();
  name.set_id("15550200@s.whatsapp.net");
  name.set_pushname("Bob");
  sync.add_pushnames()->set_id("no jid");
  return sync;
}

TEST(History, TellsNamesAndWhoIsWho) {
  const auto history = ReadHistory(wire::binary::Deflate(Sample().SerializeAsString()));
  ASSERT_TRUE(history);
  EXPECT_THAT(history->people,
              ElementsAre(Who{"15550200", "915550200"}, Who{"15550400", "915550400"}));
  ASSERT_THAT(history->names, SizeIs(2));
  EXPECT_EQ(history->names[0].name, "Dora");
  EXPECT_EQ(history->names[1].push_name, "Bob");
}

TEST(History, ThatIsNoneOrTooMuchIsRefused) {
  EXPECT_FALSE(ReadHistory("no zlib"));
  EXPECT_FALSE(ReadHistory(wire::binary::Deflate("no protobuf")));
  const std::string bomb = wire::binary::Deflate(std::string(kMaxHistory + 1, '\0'));
  EXPECT_LT(bomb.size(), 100'000u);
  EXPECT_EQ(ReadHistory(bomb).error().code, wire::FaultCode::kTooLarge);
}

TEST(History, OfAMigrationHasTheLatestLid) {
  proto::LidMigrationMappingSyncPayload payload;
  auto& pair = *payload.add_pn_to_lid_mappings();
  pair.set_pn(15550200);
  pair.set_assigned_lid(1);
  pair.set_latest_lid(915550200);
  payload.add_pn_to_lid_mappings()->set_pn(5);
  const auto people = ReadMappings(wire::binary::Deflate(payload.SerializeAsString()));
  ASSERT_TRUE(people);
  EXPECT_THAT(*people, ElementsAre(Who{"15550200", "915550200"}));
}

}  // namespace
}  // namespace parley::link::multidevice
