#include "wire/signal/cipher.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>

#include <algorithm>

#include "base/encoding.h"
#include "tests/vectors/vectors.h"
#include "wire/signal/test_device.h"

namespace parley::wire::signal {
namespace {

// --------------------------------------------------------------------------- what others have said

// Chance that gives what it is told, and counts.
class Told final : public base::Random {
 public:
  void Tell(const boost::json::value& keys) {
    for (const auto& key : keys.as_array())
      bytes_ += base::FromHexText(std::string_view(key.as_string())).value();
  }
  bool empty() const { return bytes_.empty(); }
  void Fill(std::span<std::uint8_t> out) override {
    ASSERT_LE(out.size(), bytes_.size()) << "drawn without need";
    std::copy_n(bytes_.begin(), out.size(), out.begin());
    bytes_.erase(0, out.size());
  }

 private:
  std::string bytes_;
};

crypto::KeyPair PairOf(const boost::json::value& of, std::string_view name) {
  return crypto::KeyPair(crypto::PrivateKey::FromBytes(vectors::Bytes(of, name)).value());
}

class ToldDevice final : public PreKeys {
 public:
  explicit ToldDevice(const boost::json::value& of)
      : own(PairOf(of, "identity"), of.at("registration").to_number<std::uint32_t>()),
        signed_id_(of.at("signedId").to_number<std::uint32_t>()),
        signed_(PairOf(of, "signed")) {
    bundle.registration_id = own.registration_id;
    bundle.identity = own.keys.public_key;
    bundle.signed_id = signed_id_;
    bundle.signed_key = signed_.public_key;
    bundle.signature = vectors::Bytes(of, "signature");
  }
  std::optional<crypto::KeyPair> FindOneTime(std::uint32_t id) const override {
    if (!bundle.one_time || bundle.one_time->id != id) return std::nullopt;
    return one_time;
  }
  std::optional<crypto::KeyPair> FindSigned(std::uint32_t id) const override {
    if (id != signed_id_) return std::nullopt;
    return signed_;
  }

  Identity own;
  Bundle bundle;
  std::optional<crypto::KeyPair> one_time;
  Record record;

 private:
  std::uint32_t signed_id_;
  crypto::KeyPair signed_;
};

// Both devices of libsignal's conversations are played, with the keys that it drew: they read what
// it read, and say the same, byte for byte.
TEST(Conversation, GoesAsThatOfOthers) {
  const auto vectors = vectors::Load("wire/conversations");
  for (const auto& one : vectors.as_array()) {
    ToldDevice devices[2] = {ToldDevice(one.at("a")), ToldDevice(one.at("b"))};
    if (one.as_object().contains("oneTime")) {
      devices[1].one_time = PairOf(one, "oneTime");
      devices[1].bundle.one_time = OneTimeKey{one.at("oneTimeId").to_number<std::uint32_t>(),
                                              devices[1].one_time->public_key};
    }
    Told random;
    random.Tell(one.at("drawn"));
    ASSERT_TRUE(StartSession(devices[0].record, devices[0].own, std::nullopt, devices[1].bundle,
                             base::Time(), random));
    std::size_t step_number = 0;
    for (const auto& step : one.at("steps").as_array()) {
      ToldDevice& device = devices[step.at("who").as_int64()];
      const crypto::PublicKey other = devices[1 - step.at("who").as_int64()].bundle.identity;
      const auto type =
          step.at("type").as_int64() == 3 ? MessageType::kPreKeyMessage : MessageType::kMessage;
      const std::string bytes = vectors::Bytes(step, "bytes");
      const std::string plain = vectors::Bytes(step, "plain");
      SCOPED_TRACE(step_number++);
      // What is stored between two steps is all there is.
      device.record = DecodeRecord(EncodeRecord(device.record)).value();
      if (step.at("do").as_string() == "seal") {
        const auto sealed = Seal(device.record, device.own, other, plain);
        ASSERT_TRUE(sealed);
        EXPECT_EQ(sealed->type, type);
        EXPECT_EQ(base::ToHexText(sealed->bytes), base::ToHexText(bytes));
        continue;
      }
      random.Tell(step.at("drawn"));
      const auto opened =
          type == MessageType::kMessage
              ? Open(device.record, device.own, other, bytes, random)
              : OpenPreKeyMessage(device.record, device.own, device, std::nullopt, bytes, random);
      ASSERT_TRUE(opened) << opened.error().what;
      EXPECT_EQ(opened->plain, plain);
      EXPECT_EQ(opened->identity, other);
      EXPECT_TRUE(random.empty());
    }
  }
}

// ------------------------------------------------------------------------------- two of our own

class TwoDevices : public testing::Test {
 protected:
  TestDevice a_{1}, b_{2};

  // A writes, B answers: nothing is pending any more.
  void Meet() {
    ASSERT_TRUE(a_.Start(b_.MakeBundle()));
    ASSERT_EQ(b_.Receive(a_.Send("hello")).value(), "hello");
    ASSERT_EQ(a_.Receive(b_.Send("hello yourself")).value(), "hello yourself");
  }
  // The record stays as it was, and so do the pre-keys.
  void ExpectRefused(TestDevice& device, const Sealed& sealed, FaultCode code) {
    const std::string before = EncodeRecord(device.record());
    const std::size_t keys = device.one_time_keys();
    const auto received = device.Receive(sealed);
    ASSERT_FALSE(received);
    EXPECT_EQ(received.error().code, code) << received.error().what;
    EXPECT_EQ(EncodeRecord(device.record()), before);
    EXPECT_EQ(device.one_time_keys(), keys);
  }
};

TEST_F(TwoDevices, PreKeyMessagesUntilTheFirstAnswer) {
  ASSERT_TRUE(a_.Start(b_.MakeBundle()));
  const Sealed one = a_.Send("one"), two = a_.Send("two");
  EXPECT_EQ(one.type, MessageType::kPreKeyMessage);
  EXPECT_EQ(two.type, MessageType::kPreKeyMessage);
  EXPECT_EQ(b_.Receive(two).value(), "two");
  EXPECT_EQ(b_.one_time_keys(), 0u);
  EXPECT_EQ(b_.Receive(one).value(), "one");  // the same session, though its pre-key is gone
  const Sealed answer = b_.Send("answer");
  EXPECT_EQ(answer.type, MessageType::kMessage);
  EXPECT_EQ(a_.Receive(answer).value(), "answer");
  EXPECT_EQ(a_.Send("three").type, MessageType::kMessage);
}

TEST_F(TwoDevices, WithoutAOneTimePreKey) {
  ASSERT_TRUE(a_.Start(b_.MakeBundle(false)));
  EXPECT_EQ(b_.Receive(a_.Send("hello")).value(), "hello");
}

TEST_F(TwoDevices, AWrongBundleStartsNothing) {
  Bundle bundle = b_.MakeBundle();
  bundle.signature[10] ^= 1;
  EXPECT_EQ(a_.Start(bundle).error().code, FaultCode::kWrongSignature);
  bundle = b_.MakeBundle();
  bundle.identity = TestDevice(3).own().keys.public_key;
  EXPECT_EQ(a_.Start(bundle).error().code, FaultCode::kWrongSignature);
  bundle = b_.MakeBundle();
  bundle.one_time->key = crypto::PublicKey();
  EXPECT_EQ(a_.Start(bundle).error().code, FaultCode::kInvalidKey);
  EXPECT_FALSE(a_.record().current);
  EXPECT_EQ(a_.TrySend("x").error().code, FaultCode::kNoSession);
}

TEST_F(TwoDevices, LongConversation) {
  Meet();
  for (int turn = 0; turn < 50; ++turn) {
    TestDevice& from = turn % 2 == 0 ? a_ : b_;
    TestDevice& to = turn % 2 == 0 ? b_ : a_;
    for (int i = 0; i <= turn % 4; ++i) {
      const std::string plain = "message " + std::to_string(turn) + "." + std::to_string(i);
      EXPECT_EQ(to.Receive(from.Send(plain)).value(), plain);
    }
  }
  EXPECT_EQ(a_.record().archived.size(), 0u);
  EXPECT_LE(a_.record().current->receiving.size(), kMaxReceivingChains);
}

TEST_F(TwoDevices, NoMessageIsReadTwice) {
  ASSERT_TRUE(a_.Start(b_.MakeBundle()));
  const Sealed hello = a_.Send("hello");
  EXPECT_TRUE(b_.Receive(hello));
  ExpectRefused(b_, hello, FaultCode::kDuplicate);
  EXPECT_TRUE(a_.Receive(b_.Send("answer")));
  const Sealed one = a_.Send("one"), two = a_.Send("two");
  EXPECT_TRUE(b_.Receive(two));
  EXPECT_TRUE(b_.Receive(one));
  ExpectRefused(b_, one, FaultCode::kDuplicate);
  ExpectRefused(b_, two, FaultCode::kDuplicate);
}

TEST_F(TwoDevices, InAnyOrderOverTurns) {
  Meet();
  std::vector<Sealed> late;
  for (int turn = 0; turn < 4; ++turn) {
    late.push_back(a_.Send("late " + std::to_string(turn)));
    EXPECT_TRUE(b_.Receive(a_.Send("now")));
    EXPECT_TRUE(a_.Receive(b_.Send("answer")));
  }
  for (int turn = 3; turn >= 0; --turn)
    EXPECT_EQ(b_.Receive(late[turn]).value(), "late " + std::to_string(turn));
}

TEST_F(TwoDevices, ChainsAreForgottenInTheEnd) {
  Meet();
  const Sealed late = a_.Send("late");
  for (std::size_t turn = 0; turn <= kMaxReceivingChains; ++turn) {
    EXPECT_TRUE(b_.Receive(a_.Send("now")));
    EXPECT_TRUE(a_.Receive(b_.Send("answer")));
  }
  ExpectRefused(b_, late, FaultCode::kWrongMac);
}

TEST_F(TwoDevices, EveryChangedByteIsRefused) {
  Meet();
  const Sealed message = a_.Send("message");
  for (std::size_t i = 0; i < message.bytes.size(); ++i) {
    for (const int bit : {1, 0x80}) {
      Sealed changed = message;
      changed.bytes[i] = static_cast<char>(changed.bytes[i] ^ bit);
      const std::string before = EncodeRecord(b_.record());
      EXPECT_FALSE(b_.Receive(changed)) << i;
      EXPECT_EQ(EncodeRecord(b_.record()), before);
    }
  }
  EXPECT_EQ(b_.Receive(message).value(), "message");
}

TEST_F(TwoDevices, EveryCutIsRefused) {
  ASSERT_TRUE(a_.Start(b_.MakeBundle()));
  const Sealed hello = a_.Send("hello");
  for (std::size_t size = 0; size < hello.bytes.size(); ++size) {
    EXPECT_FALSE(b_.Receive({hello.type, hello.bytes.substr(0, size)}));
    EXPECT_FALSE(b_.record().current);
  }
  EXPECT_TRUE(b_.Receive(hello));
}

TEST_F(TwoDevices, TheMacIsBoundToBothIdentities) {
  Meet();
  const Sealed message = a_.Send("message");
  b_.record().current->their_identity = TestDevice(3).own().keys.public_key;
  b_.Trust(b_.record().current->their_identity);
  ExpectRefused(b_, message, FaultCode::kWrongMac);
}

TEST_F(TwoDevices, UpTo2000MayBeMissing) {
  Meet();
  for (std::uint32_t i = 0; i < kMaxMissing; ++i) a_.Send("missing");
  const Sealed last = a_.Send("last"), over = a_.Send("over");
  ExpectRefused(b_, over, FaultCode::kTooFarAhead);
  EXPECT_EQ(b_.Receive(last).value(), "last");
  EXPECT_EQ(b_.record().current->missing_seeds(), kMaxMissing);
  EXPECT_EQ(b_.Receive(over).value(), "over");
}

TEST_F(TwoDevices, TheOldestMissingAreForgotten) {
  Meet();
  const Sealed oldest = a_.Send("oldest"), next = a_.Send("next");
  for (std::uint32_t i = 0; i < kMaxMissing - 2; ++i) a_.Send("missing");
  EXPECT_TRUE(b_.Receive(a_.Send("here")));
  a_.Send("one more");
  EXPECT_TRUE(b_.Receive(a_.Send("here")));
  EXPECT_EQ(b_.record().current->missing_seeds(), kMaxSeeds);
  ExpectRefused(b_, oldest, FaultCode::kNoSession);  // it was not read
  EXPECT_EQ(b_.Receive(next).value(), "next");
  ExpectRefused(b_, next, FaultCode::kDuplicate);
  b_.record() = DecodeRecord(EncodeRecord(b_.record())).value();
  ExpectRefused(b_, oldest, FaultCode::kNoSession);
}

TEST_F(TwoDevices, BothStartAtOnce) {
  ASSERT_TRUE(a_.Start(b_.MakeBundle()));
  ASSERT_TRUE(b_.Start(a_.MakeBundle()));
  const Sealed from_a = a_.Send("from a"), from_b = b_.Send("from b");
  EXPECT_EQ(b_.Receive(from_a).value(), "from a");
  EXPECT_EQ(a_.Receive(from_b).value(), "from b");
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(b_.Receive(a_.Send("a")).value(), "a");
    EXPECT_EQ(a_.Receive(b_.Send("b")).value(), "b");
  }
  EXPECT_EQ(a_.record().current->base_key, b_.record().current->base_key);  // and ended up in one
}

TEST_F(TwoDevices, ArchivedSessionsStillRead) {
  Meet();
  const Sealed late = a_.Send("late");
  ASSERT_TRUE(a_.Start(b_.MakeBundle()));
  EXPECT_TRUE(b_.Receive(a_.Send("anew")));
  EXPECT_EQ(b_.record().archived.size(), 1u);
  EXPECT_EQ(b_.Receive(late).value(), "late");
  EXPECT_EQ(b_.record().archived.size(), 1u);
  ExpectRefused(b_, late, FaultCode::kDuplicate);
}

TEST_F(TwoDevices, ArchivedSessionsAreBounded) {
  for (std::size_t i = 0; i < kMaxArchived + 5; ++i) {
    ASSERT_TRUE(a_.Start(b_.MakeBundle(false)));
    EXPECT_TRUE(b_.Receive(a_.Send("hello")));
  }
  EXPECT_EQ(a_.record().archived.size(), kMaxArchived);
  EXPECT_EQ(b_.record().archived.size(), kMaxArchived);
  EXPECT_EQ(DecodeRecord(EncodeRecord(b_.record()))->archived.size(), kMaxArchived);
}

// A message that is far ahead in a chain that nobody knows costs as many steps in each session.
TEST_F(TwoDevices, FewSessionsAreTriedWithWhatIsFarAhead) {
  std::vector<Sealed> near, far;
  for (int session = 0; session < 5; ++session) {
    Meet();
    near.push_back(a_.Send("near"));
    for (std::uint32_t i = 1; i < kMaxMissing / 2; ++i) a_.Send("missing");
    far.push_back(a_.Send("far"));
  }
  ExpectRefused(b_, far[1], FaultCode::kWrongMac);
  EXPECT_EQ(b_.Receive(far[2]).value(), "far");
  EXPECT_EQ(b_.Receive(near[1]).value(), "near");
  EXPECT_EQ(b_.Receive(far[1]).value(), "far");  // its chain is known now
}

TEST_F(TwoDevices, AnArchivedSessionDoesNotSend) {
  Meet();
  a_.record().ArchiveCurrent();
  EXPECT_EQ(a_.TrySend("x").error().code, FaultCode::kNoSession);
  EXPECT_EQ(a_.Receive(b_.Send("come back")).value(), "come back");
  EXPECT_EQ(b_.Receive(a_.Send("here")).value(), "here");
}

TEST_F(TwoDevices, PreKeysThatAreNotThere) {
  const Bundle bundle = b_.MakeBundle();
  ASSERT_TRUE(a_.Start(bundle));
  EXPECT_TRUE(b_.Receive(a_.Send("hello")));
  TestDevice c(3);
  ASSERT_TRUE(c.Start(bundle));  // a server that gives it out twice
  b_.Trust(c.own().keys.public_key);
  ExpectRefused(b_, c.Send("me too"), FaultCode::kUnknownPreKey);
  Bundle other = b_.MakeBundle();
  other.signed_id = 78;
  ASSERT_TRUE(c.Start(other));
  ExpectRefused(b_, c.Send("me too"), FaultCode::kUnknownPreKey);
}

TEST_F(TwoDevices, AnotherIdentityIsTold) {
  Meet();
  TestDevice again(4);  // A after it was installed anew
  ASSERT_TRUE(again.Start(b_.MakeBundle()));
  const Sealed hello = again.Send("hello");
  ExpectRefused(b_, hello, FaultCode::kChangedIdentity);
  const std::string before = EncodeRecord(b_.record());
  EXPECT_EQ(b_.Start(again.MakeBundle()).error().code, FaultCode::kChangedIdentity);
  EXPECT_EQ(EncodeRecord(b_.record()), before);
  b_.Trust(again.own().keys.public_key);
  EXPECT_EQ(b_.Receive(hello).value(), "hello");
}

// Neither is anything said to the device that was there before, nor is it listened to.
TEST_F(TwoDevices, SessionsWithAnotherIdentityArePassedOver) {
  Meet();
  const Sealed early = a_.Send("early");
  EXPECT_TRUE(b_.Receive(a_.Send("now")));
  EXPECT_TRUE(a_.Receive(b_.Send("answer")));
  const Sealed late = a_.Send("late");  // under a ratchet key that B has not seen
  TestDevice again(4);
  b_.Trust(again.own().keys.public_key);
  EXPECT_EQ(b_.TrySend("x").error().code, FaultCode::kNoSession);
  ASSERT_TRUE(again.Start(b_.MakeBundle()));
  EXPECT_TRUE(b_.Receive(again.Send("hello")));
  ExpectRefused(b_, early, FaultCode::kChangedIdentity);
  ExpectRefused(b_, late, FaultCode::kWrongMac);
  EXPECT_EQ(again.Receive(b_.Send("to the new one")).value(), "to the new one");

  EXPECT_EQ(b_.record().archived.size(), 1u);
  b_.record().Forget(a_.own().keys.public_key);
  EXPECT_EQ(b_.record().archived.size(), 0u);
  EXPECT_TRUE(b_.record().current);
  b_.record().Forget(again.own().keys.public_key);
  EXPECT_FALSE(b_.record().current);
}

TEST_F(TwoDevices, SessionsOfAnIdentityThatWasOursArePassedOver) {
  Meet();
  const Sealed late = a_.Send("late");
  const auto random = base::MakeSeededRandom(9);
  const Identity own(crypto::KeyPair::Generate(*random), 9);  // B after it was paired anew
  const crypto::PublicKey a = a_.own().keys.public_key;
  EXPECT_EQ(Seal(b_.record(), own, a, "x").error().code, FaultCode::kNoSession);
  EXPECT_EQ(Open(b_.record(), own, a, late.bytes, *random).error().code, FaultCode::kNoSession);
  EXPECT_EQ(b_.Receive(late).value(), "late");
}

// Whatever is around the message: it is read in the session that is named there, or not at all.
TEST_F(TwoDevices, APreKeyMessageIsOfOneSession) {
  ASSERT_TRUE(a_.Start(b_.MakeBundle()));
  const Sealed first = a_.Send("first");
  EXPECT_TRUE(b_.Receive(first));
  ASSERT_TRUE(a_.Start(b_.MakeBundle()));
  const Sealed second = a_.Send("second");
  EXPECT_TRUE(b_.Receive(second));
  PreKeyMessage crossed = ReadPreKeyMessage(first.bytes).value();
  crossed.message = ReadPreKeyMessage(a_.Send("third").bytes)->message;
  ExpectRefused(b_, {MessageType::kPreKeyMessage, Encode(crossed)}, FaultCode::kWrongMac);
}

// 1/u modulo p: the key with the point of order 2 added.
crypto::PublicKey WithPointOfOrder2(const crypto::PublicKey& key) {
  BN_CTX* room = BN_CTX_new();
  BIGNUM* u = BN_lebin2bn(key.data(), crypto::PublicKey::kSize, nullptr);
  BIGNUM* p = BN_new();
  BN_set_bit(p, 255);
  BN_sub_word(p, 19);
  BN_mod_inverse(u, u, p, room);
  std::array<std::uint8_t, crypto::PublicKey::kSize> bytes;
  BN_bn2lebinpad(u, bytes.data(), bytes.size());
  BN_free(p);
  BN_free(u);
  BN_CTX_free(room);
  return crypto::PublicKey(bytes);
}

// Without a one-time key nothing is used up by a message: what keeps it from being read again is
// that its base key is known. Other keys give the same secrets.
TEST_F(TwoDevices, ABaseKeyHasOneForm) {
  ASSERT_TRUE(a_.Start(b_.MakeBundle(false)));
  const Sealed hello = a_.Send("hello");
  EXPECT_TRUE(b_.Receive(hello));
  ExpectRefused(b_, hello, FaultCode::kDuplicate);
  PreKeyMessage again = ReadPreKeyMessage(hello.bytes).value();
  const crypto::PublicKey base_key = again.base_key;
  again.base_key = WithPointOfOrder2(base_key);
  ExpectRefused(b_, {MessageType::kPreKeyMessage, Encode(again)}, FaultCode::kInvalidKey);
  std::string top_bit(base_key.bytes());
  top_bit.back() = static_cast<char>(top_bit.back() ^ 0x80);
  again.base_key = crypto::PublicKey::FromBytes(top_bit).value();
  ExpectRefused(b_, {MessageType::kPreKeyMessage, Encode(again)}, FaultCode::kInvalidKey);
}

TEST_F(TwoDevices, NobodyToRead) {
  Meet();
  TestDevice c(3);
  ExpectRefused(c, a_.Send("message"), FaultCode::kNoSession);
}

TEST_F(TwoDevices, OtherVersionsAreRefused) {
  Meet();
  Sealed message = a_.Send("message");
  message.bytes[0] = 0x44;
  ExpectRefused(b_, message, FaultCode::kOldVersion);
  message.bytes[0] = 0x23;
  ExpectRefused(b_, message, FaultCode::kOldVersion);
}

TEST_F(TwoDevices, KeysOfSmallOrderAreRefused) {
  Meet();
  Message message;
  message.ciphertext = std::string(16, 'x');
  const std::string bytes = Encode(message, crypto::Secret<32>(), {});
  ExpectRefused(b_, {MessageType::kMessage, bytes}, FaultCode::kInvalidKey);
  PreKeyMessage start;
  start.identity = a_.own().keys.public_key;
  start.signed_id = 77;
  start.message = bytes;
  ExpectRefused(b_, {MessageType::kPreKeyMessage, Encode(start)}, FaultCode::kInvalidKey);
  start.base_key = start.identity;
  start.identity = crypto::PublicKey();
  b_.Trust(start.identity);
  ExpectRefused(b_, {MessageType::kPreKeyMessage, Encode(start)}, FaultCode::kInvalidKey);
}

TEST_F(TwoDevices, AChainEnds) {
  Meet();
  a_.record().current->sending.index = 0xffffffff;
  EXPECT_EQ(a_.TrySend("x").error().code, FaultCode::kInvalidState);
}

TEST_F(TwoDevices, LongMessagesAreRefused) {
  const std::string over(kMaxMessage + 1, 'x'), longest(kMaxPlain, 'x');
  ExpectRefused(b_, {MessageType::kMessage, over}, FaultCode::kTooLarge);
  ExpectRefused(b_, {MessageType::kPreKeyMessage, over}, FaultCode::kTooLarge);
  ASSERT_TRUE(a_.Start(b_.MakeBundle()));
  const std::string before = EncodeRecord(a_.record());
  EXPECT_EQ(a_.TrySend(longest + 'x').error().code, FaultCode::kTooLarge);
  EXPECT_EQ(EncodeRecord(a_.record()), before);
  const Sealed sealed = a_.Send(longest);
  EXPECT_TRUE(binary::EncodeNode(binary::Node("enc", {}, binary::Bytes{sealed.bytes})));
  EXPECT_TRUE(b_.Receive(sealed).value() == longest);
}

}  // namespace
}  // namespace parley::wire::signal
