#include "wire/signal/messages.h"

#include <gtest/gtest.h>

#include "wire/binary/protobuf.h"

namespace parley::wire::signal {
namespace {

using binary::FieldWriter;

crypto::PublicKey Key(char of) { return crypto::PublicKey::FromBytes(std::string(32, of)).value(); }

const crypto::Secret<32> kMacKey = *crypto::Secret<32>::From(std::string(32, 'm'));
const Parties kParties{Key('s'), Key('r')};

Message Example() {
  Message message;
  message.ratchet_key = Key('k');
  message.counter = 300;
  message.previous_counter = 2;
  message.ciphertext = "ciphertext";
  return message;
}

TEST(Messages, ThereAndBack) {
  const std::string bytes = Encode(Example(), kMacKey, kParties);
  const Message read = ReadMessage(bytes).value();
  EXPECT_EQ(read.ratchet_key, Key('k'));
  EXPECT_EQ(read.counter, 300u);
  EXPECT_EQ(read.previous_counter, 2u);
  EXPECT_EQ(read.ciphertext, "ciphertext");
  EXPECT_TRUE(HasRightMac(bytes, kMacKey, kParties));
  EXPECT_FALSE(HasRightMac(bytes, crypto::Secret<32>(), kParties));
  EXPECT_FALSE(HasRightMac(bytes, kMacKey, {kParties.receiver, kParties.sender}));
  EXPECT_FALSE(HasRightMac("short", kMacKey, kParties));
}

TEST(Messages, FieldsMustBeThere) {
  const auto read = [](FieldWriter& writer) {
    return ReadMessage("\x33" + writer.Take() + "12345678");
  };
  FieldWriter without_key;
  EXPECT_FALSE(read(without_key.Number(2, 0).Bytes(4, "x")));
  FieldWriter without_counter;
  EXPECT_FALSE(read(without_counter.Bytes(1, Key('k').Typed()).Bytes(4, "x")));
  FieldWriter without_ciphertext;
  EXPECT_FALSE(read(without_ciphertext.Bytes(1, Key('k').Typed()).Number(2, 0)));
  FieldWriter untyped;
  EXPECT_FALSE(read(untyped.Bytes(1, Key('k').bytes()).Number(2, 0).Bytes(4, "x")));
  FieldWriter without_previous;
  EXPECT_TRUE(read(without_previous.Bytes(1, Key('k').Typed()).Number(2, 0).Bytes(4, "x")));
  EXPECT_FALSE(ReadMessage("\x33"));
  EXPECT_FALSE(ReadMessage(""));
}

TEST(PreKeyMessages, ThereAndBack) {
  PreKeyMessage message;
  message.one_time_id = 9;
  message.signed_id = 77;
  message.registration_id = 16000;
  message.base_key = Key('b');
  message.identity = Key('i');
  message.message = "inside";
  for (const bool has_one_time : {true, false}) {
    if (!has_one_time) message.one_time_id.reset();
    const PreKeyMessage read = ReadPreKeyMessage(Encode(message)).value();
    EXPECT_EQ(read.one_time_id, message.one_time_id);
    EXPECT_EQ(read.signed_id, 77u);
    EXPECT_EQ(read.registration_id, 16000u);
    EXPECT_EQ(read.base_key, Key('b'));
    EXPECT_EQ(read.identity, Key('i'));
    EXPECT_EQ(read.message, "inside");
  }
}

TEST(PreKeyMessages, FieldsMustBeThere) {
  for (const std::uint32_t missing : {2, 3, 4, 6}) {
    FieldWriter writer;
    if (missing != 2) writer.Bytes(2, Key('b').Typed());
    if (missing != 3) writer.Bytes(3, Key('i').Typed());
    if (missing != 4) writer.Bytes(4, "inside");
    if (missing != 6) writer.Number(6, 77);
    EXPECT_FALSE(ReadPreKeyMessage("\x33" + writer.Take())) << missing;
  }
}

}  // namespace
}  // namespace parley::wire::signal
