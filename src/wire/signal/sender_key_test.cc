#include "wire/signal/sender_key.h"

#include <gtest/gtest.h>

#include "base/encoding.h"
#include "tests/vectors/vectors.h"
#include "wire/signal/cipher.h"

namespace parley::wire::signal {
namespace {

constexpr std::size_t kSignature = 64;

// What Baileys hands out and sends is read; and with its keys the same is said, but for the
// signature, in which there is chance.
TEST(SenderKeys, GoAsThoseOfOthers) {
  const auto vectors = vectors::Load("wire/groups");
  const auto random = base::MakeSeededRandom(1);
  for (const auto& one : vectors.as_array()) {
    SenderKeys reader, sender;
    ASSERT_TRUE(LearnDistribution(reader, vectors::Bytes(one, "distribution")));
    sender.states.resize(1);
    SenderKey& own = sender.states[0];
    own = reader.states[0];
    own.private_key = crypto::PrivateKey::FromBytes(vectors::Bytes(one, "signing")).value();
    EXPECT_EQ(own.private_key->Public(), own.signing_key);
    EXPECT_EQ(MakeDistribution(sender).value(), vectors::Bytes(one, "distribution"));
    for (const auto& message : one.at("messages").as_array()) {
      const std::string bytes = vectors::Bytes(message, "bytes");
      const std::string plain = vectors::Bytes(message, "plain");
      reader = DecodeSenderKeys(EncodeSenderKeys(reader)).value();
      EXPECT_EQ(OpenFromGroup(reader, bytes).value(), plain);
      // Baileys leaves every other number out.
      while (own.keys.chain.index < message.at("iteration").to_number<std::uint32_t>())
        own.keys.chain = own.keys.chain.Next();
      const std::string sealed = SealForGroup(sender, plain, *random)->bytes;
      ASSERT_EQ(sealed.size(), bytes.size());
      EXPECT_EQ(base::ToHexText(sealed.substr(0, sealed.size() - kSignature)),
                base::ToHexText(bytes.substr(0, bytes.size() - kSignature)));
    }
  }
}

class Group : public testing::Test {
 protected:
  Group() {
    sender_.Begin(*random_);
    EXPECT_TRUE(LearnDistribution(reader_, MakeDistribution(sender_).value()));
  }
  std::string Send(std::string_view plain) {
    return SealForGroup(sender_, plain, *random_).value().bytes;
  }
  // As if that many messages had been sent.
  void Skip(std::uint32_t count) {
    ChainKey& chain = sender_.states[0].keys.chain;
    for (; count > 0; --count) chain = chain.Next();
  }
  void ExpectRefused(std::string_view bytes, FaultCode code) {
    const std::string before = EncodeSenderKeys(reader_);
    const auto opened = OpenFromGroup(reader_, bytes);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, code) << opened.error().what;
    EXPECT_EQ(EncodeSenderKeys(reader_), before);
  }

  const std::unique_ptr<base::Random> random_ = base::MakeSeededRandom(1);
  SenderKeys sender_, reader_;
};

TEST_F(Group, ReadsInAnyOrderAndOnce) {
  std::vector<std::string> sent;
  for (int i = 0; i < 6; ++i) sent.push_back(Send("message " + std::to_string(i)));
  for (const int i : {3, 0, 5, 1, 4, 2}) {
    EXPECT_EQ(OpenFromGroup(reader_, sent[i]).value(), "message " + std::to_string(i));
    ExpectRefused(sent[i], FaultCode::kDuplicate);
  }
}

TEST_F(Group, ALaterReaderReadsFromThenOn) {
  const std::string before = Send("before");
  SenderKeys later;
  ASSERT_TRUE(LearnDistribution(later, MakeDistribution(sender_).value()));
  EXPECT_EQ(OpenFromGroup(later, before).error().code, FaultCode::kNoSession);
  later = DecodeSenderKeys(EncodeSenderKeys(later)).value();
  EXPECT_EQ(OpenFromGroup(later, before).error().code, FaultCode::kNoSession);
  EXPECT_EQ(OpenFromGroup(later, Send("after")).value(), "after");
}

TEST_F(Group, AMessageComesWithTheKeyThatReadsIt) {
  Send("before");
  const SealedForGroup sealed = SealForGroup(sender_, "message", *random_).value();
  SenderKeys later;
  ASSERT_TRUE(LearnDistribution(later, sealed.distribution));
  EXPECT_EQ(OpenFromGroup(later, sealed.bytes).value(), "message");
}

TEST_F(Group, EveryChangeIsRefused) {
  const std::string message = Send("message");
  for (std::size_t i = 0; i < message.size(); ++i) {
    std::string changed = message;
    changed[i] = static_cast<char>(changed[i] ^ 0x40);
    EXPECT_FALSE(OpenFromGroup(reader_, changed)) << i;
  }
  for (std::size_t size = 0; size < message.size(); ++size)
    EXPECT_FALSE(OpenFromGroup(reader_, message.substr(0, size)));
  std::string signature = message;
  signature.back() = static_cast<char>(signature.back() ^ 1);
  ExpectRefused(signature, FaultCode::kWrongSignature);
  EXPECT_EQ(OpenFromGroup(reader_, message).value(), "message");
}

// Whoever has the key can read, but cannot write in the sender's name.
TEST_F(Group, ReadersCannotWrite) {
  EXPECT_EQ(SealForGroup(reader_, "forged", *random_).error().code, FaultCode::kNoSession);
  EXPECT_EQ(MakeDistribution(reader_).error().code, FaultCode::kNoSession);
  SenderKeys forger = reader_;
  forger.states[0].private_key = crypto::PrivateKey::Generate(*random_);
  ExpectRefused(SealForGroup(forger, "forged", *random_)->bytes, FaultCode::kWrongSignature);
}

TEST_F(Group, TheSameKeyAgainForgetsNothing) {
  const std::string distribution = MakeDistribution(sender_).value();
  const std::string message = Send("message");
  EXPECT_TRUE(OpenFromGroup(reader_, message));
  ASSERT_TRUE(LearnDistribution(reader_, distribution));
  ExpectRefused(message, FaultCode::kDuplicate);
}

TEST_F(Group, OldKeysAreKeptForAWhile) {
  std::vector<std::string> sent;
  for (std::size_t i = 0; i < kMaxSenderKeys; ++i) {
    sent.push_back(Send("message"));
    sender_.Begin(*random_);
    ASSERT_TRUE(LearnDistribution(reader_, MakeDistribution(sender_).value()));
  }
  EXPECT_EQ(reader_.states.size(), kMaxSenderKeys);
  ExpectRefused(sent[0], FaultCode::kNoSession);
  EXPECT_TRUE(OpenFromGroup(reader_, sent[1]));
  EXPECT_EQ(OpenFromGroup(reader_, Send("new")).value(), "new");
  EXPECT_EQ(EncodeSenderKeys(DecodeSenderKeys(EncodeSenderKeys(reader_)).value()),
            EncodeSenderKeys(reader_));
}

TEST_F(Group, MissingMessagesAreBounded) {
  const std::string first = Send("first");
  Skip(kMaxMissingInGroup - 2);
  const std::string late = Send("late"), last = Send("last"), over = Send("over");
  ExpectRefused(over, FaultCode::kTooFarAhead);
  EXPECT_TRUE(OpenFromGroup(reader_, last));
  EXPECT_EQ(reader_.missing_seeds(), kMaxGroupSeeds);
  ExpectRefused(first, FaultCode::kNoSession);
  EXPECT_EQ(OpenFromGroup(reader_, late).value(), "late");
  ExpectRefused(late, FaultCode::kDuplicate);
  Send("missing");
  Send("missing");
  EXPECT_TRUE(OpenFromGroup(reader_, Send("here")));
  EXPECT_EQ(reader_.missing_seeds(), kMaxGroupSeeds);
}

TEST_F(Group, MissingMessagesOfOldKeysAreForgottenFirst) {
  const std::string old = Send("old"), old_last = Send("old, last");
  EXPECT_TRUE(OpenFromGroup(reader_, Send("here")));
  sender_.Begin(*random_);
  ASSERT_TRUE(LearnDistribution(reader_, MakeDistribution(sender_).value()));
  const std::string first = Send("first");
  Skip(kMaxGroupSeeds - 2);
  EXPECT_TRUE(OpenFromGroup(reader_, Send("here")));
  EXPECT_EQ(reader_.missing_seeds(), kMaxGroupSeeds);
  ExpectRefused(old, FaultCode::kNoSession);
  EXPECT_EQ(OpenFromGroup(reader_, first).value(), "first");
  EXPECT_EQ(OpenFromGroup(reader_, old_last).value(), "old, last");
  EXPECT_EQ(EncodeSenderKeys(DecodeSenderKeys(EncodeSenderKeys(reader_)).value()),
            EncodeSenderKeys(reader_));
}

// Whoever has been away for longer than that is given the key as it is now.
TEST_F(Group, TheSameKeyFarAheadIsTaken) {
  const std::string read = Send("read"), late = Send("late");
  EXPECT_TRUE(OpenFromGroup(reader_, read));
  EXPECT_TRUE(OpenFromGroup(reader_, Send("read")));
  Skip(kMaxMissingInGroup);
  ASSERT_TRUE(LearnDistribution(reader_, MakeDistribution(sender_).value()));
  EXPECT_EQ(reader_.states[0].keys.chain.index, 3u);  // not yet
  const std::string between = Send("between");
  ASSERT_TRUE(LearnDistribution(reader_, MakeDistribution(sender_).value()));
  EXPECT_EQ(OpenFromGroup(reader_, Send("here")).value(), "here");
  EXPECT_EQ(OpenFromGroup(reader_, late).value(), "late");
  for (const std::string& gone : {read, late, between})
    EXPECT_EQ(OpenFromGroup(reader_, gone).error().code, FaultCode::kNoSession);
  EXPECT_EQ(reader_.states.size(), 1u);
}

TEST_F(Group, RefusesWhatIsNoDistribution) {
  const std::string distribution = MakeDistribution(sender_).value();
  SenderKeys reader;
  for (std::size_t size = 0; size < distribution.size(); ++size)
    EXPECT_FALSE(LearnDistribution(reader, distribution.substr(0, size)));
  EXPECT_EQ(LearnDistribution(reader, "\x44" + distribution.substr(1)).error().code,
            FaultCode::kOldVersion);
  EXPECT_TRUE(reader.states.empty());
}

TEST_F(Group, LongMessagesAreRefused) {
  ExpectRefused(std::string(kMaxMessage + 1, 'x'), FaultCode::kTooLarge);
  const std::string before = EncodeSenderKeys(sender_);
  const std::string longest(kMaxPlain, 'x');
  EXPECT_EQ(SealForGroup(sender_, longest + 'x', *random_).error().code, FaultCode::kTooLarge);
  EXPECT_EQ(EncodeSenderKeys(sender_), before);
  EXPECT_TRUE(OpenFromGroup(reader_, Send(longest)).value() == longest);
}

}  // namespace
}  // namespace parley::wire::signal
