#include "wire/binary/jid.h"

#include <gtest/gtest.h>

namespace parley::wire::binary {
namespace {

TEST(Jid, ParsesWhatItSpells) {
  for (const char* text : {"15550100@s.whatsapp.net",
                           "15550100:7@s.whatsapp.net",
                           "15550100.3:7@s.whatsapp.net",
                           "15550100.255:0@s.whatsapp.net",
                           "15550100@c.us",
                           "server@c.us",
                           "123@lid",
                           "123:255@lid",
                           "123-456@g.us",
                           "120363@g.us",
                           "status@broadcast",
                           "99@broadcast",
                           "120363@newsletter",
                           "867051314767696@bot",
                           "123:99@hosted",
                           "123:99@hosted.lid",
                           "100@msgr",
                           "100:65535@msgr",
                           "5-abc@interop",
                           "0-abc:2@interop",
                           "@interop",
                           "@s.whatsapp.net",
                           "@g.us",
                           "A1B2@call"}) {
    const auto jid = ParseJid(text);
    ASSERT_TRUE(jid) << text;
    EXPECT_EQ(jid->Text(), text);
  }
}

TEST(Jid, KnowsTheParts) {
  const Jid jid = ParseJid("15550100.3:7@s.whatsapp.net").value();
  EXPECT_EQ(jid.user, "15550100");
  EXPECT_EQ(jid.agent, 3);
  EXPECT_EQ(jid.device, 7);
  EXPECT_EQ(jid.server, JidServer::kUser);
  const Jid interop = ParseJid("5-abc-d:2@interop").value();
  EXPECT_EQ(interop.user, "abc-d");
  EXPECT_EQ(interop.integrator, 5);
  EXPECT_EQ(interop.device, 2);
  EXPECT_EQ(ParseJid("123:99@hosted.lid").value(), Jid("123", JidServer::kHostedLid, 99));
}

TEST(Jid, AServerMayStandAlone) {
  EXPECT_EQ(ParseJid("s.whatsapp.net").value(), NetworkServer());
  EXPECT_EQ(ParseJid("@s.whatsapp.net").value(), NetworkServer());
  EXPECT_EQ(NetworkServer().Text(), "@s.whatsapp.net");
  EXPECT_EQ(StatusBroadcast().Text(), "status@broadcast");
}

TEST(Jid, RefusesTheRest) {
  for (const char* text : {"",
                           "@",
                           "1@",
                           "1",
                           "1@example.org",
                           "1@lid ",
                           "1@LID",
                           " 1@lid",
                           "1@@lid",
                           "1@2@lid",
                           "1:@lid",
                           ":1@lid",
                           "1:0@lid",
                           "1:01@lid",
                           "1:+1@lid",
                           "1:-1@lid",
                           "1:256@lid",
                           "1:1:1@lid",
                           "1:65536@msgr",
                           "1:1@g.us",
                           "1:1@newsletter",
                           "1.2:3@lid",
                           "1.2@s.whatsapp.net",
                           "1.0:2@s.whatsapp.net",
                           "1.1:2@s.whatsapp.net",
                           "1.128:2@s.whatsapp.net",
                           "1.256:2@s.whatsapp.net",
                           "1.2.3:4@s.whatsapp.net",
                           ".2:3@s.whatsapp.net",
                           "abc@interop",
                           "-abc@interop",
                           "5-@interop",
                           "05-abc@interop",
                           "65536-abc@interop",
                           "a b@lid",
                           "a/b@lid",
                           "\xc3\xa9@lid"})
    EXPECT_FALSE(ParseJid(text)) << text;
  EXPECT_TRUE(ParseJid(std::string(kMaxJidUser, '1') + "@lid"));
  EXPECT_FALSE(ParseJid(std::string(kMaxJidUser + 1, '1') + "@lid"));
  EXPECT_FALSE(ParseJid(std::string("1\0@lid", 6)));
}

TEST(Jid, DevicesOfAnAccount) {
  const Jid device("123", JidServer::kLid, 5);
  EXPECT_EQ(device.WithoutDevice(), Jid("123", JidServer::kLid));
  EXPECT_EQ(device.WithDevice(6).Text(), "123:6@lid");
  EXPECT_EQ(ParseJid("1.2:3@s.whatsapp.net")->WithoutDevice().Text(), "1@s.whatsapp.net");
}

}  // namespace
}  // namespace parley::wire::binary
