#include "wire/noise/messages.h"

#include <gtest/gtest.h>

#include "wire/binary/protobuf.h"

namespace parley::wire::noise {
namespace {

using binary::FieldWriter;

TEST(Messages, ThereAndBack) {
  const auto key = crypto::PublicKey::FromBytes(std::string(32, 'k')).value();
  EXPECT_EQ(ReadClientHello(Encode(ClientHello{key}))->ephemeral, key);
  const auto hello = ReadServerHello(Encode(ServerHello{key, "static", "payload"})).value();
  EXPECT_EQ(hello.ephemeral, key);
  EXPECT_EQ(hello.static_key, "static");
  EXPECT_EQ(hello.payload, "payload");
  const auto finish = ReadClientFinish(Encode(ClientFinish{"static", "payload"})).value();
  EXPECT_EQ(finish.static_key, "static");
  EXPECT_EQ(finish.payload, "payload");
}

TEST(Messages, AnotherOneIsRefused) {
  const auto key = crypto::PublicKey::FromBytes(std::string(32, 'k')).value();
  const std::string hello = Encode(ClientHello{key});
  EXPECT_FALSE(ReadServerHello(hello));
  EXPECT_FALSE(ReadClientFinish(hello));
  EXPECT_FALSE(ReadClientHello(hello + hello));
  EXPECT_FALSE(ReadClientHello(hello + Encode(ClientFinish{"static", "payload"})));
  EXPECT_FALSE(ReadClientHello(""));
}

TEST(Messages, FieldsMustBeThere) {
  EXPECT_FALSE(ReadClientHello(FieldWriter().Bytes(2, "").Take()));
  EXPECT_FALSE(ReadClientHello(FieldWriter().Number(2, 1).Take()));
  EXPECT_FALSE(ReadClientHello(
      FieldWriter().Bytes(2, FieldWriter().Bytes(1, std::string(31, 'k')).Take()).Take()));
  EXPECT_FALSE(ReadClientHello(FieldWriter().Bytes(2, FieldWriter().Number(1, 1).Take()).Take()));
  EXPECT_FALSE(
      ReadClientFinish(FieldWriter().Bytes(4, FieldWriter().Bytes(1, "static").Take()).Take()));
  EXPECT_FALSE(ReadServerHello(
      FieldWriter().Bytes(3, FieldWriter().Bytes(1, std::string(32, 'k')).Take()).Take()));
}

}  // namespace
}  // namespace parley::wire::noise
