#include "wire/signal/address.h"

#include <gtest/gtest.h>

namespace parley::wire::signal {
namespace {

std::string AddressText(std::string_view jid) {
  return AddressOf(binary::ParseJid(jid).value()).value().Text();
}

TEST(Address, HasTheDomainInTheUser) {
  EXPECT_EQ(AddressText("15550100@s.whatsapp.net"), "15550100.0");
  EXPECT_EQ(AddressText("15550100:7@s.whatsapp.net"), "15550100.7");
  EXPECT_EQ(AddressText("123:7@lid"), "123_1.7");
  EXPECT_EQ(AddressText("123:99@hosted"), "123_128.99");
  EXPECT_EQ(AddressText("123:99@hosted.lid"), "123_129.99");
  EXPECT_EQ(AddressText("123.5:7@s.whatsapp.net"), "123_5.7");
}

TEST(Address, IsOfOneUser) {
  for (const char* jid : {"123_1@s.whatsapp.net", "123_1:7@s.whatsapp.net", "12-3@lid", "abc@lid"})
    EXPECT_EQ(AddressOf(binary::ParseJid(jid).value()).error().code, FaultCode::kMalformed) << jid;
}

TEST(Address, IsOfADevice) {
  for (const char* jid : {"120363@g.us", "status@broadcast", "120363@newsletter", "@s.whatsapp.net",
                          "867@bot", "123@c.us"})
    EXPECT_FALSE(AddressOf(binary::ParseJid(jid).value())) << jid;
}

}  // namespace
}  // namespace parley::wire::signal
