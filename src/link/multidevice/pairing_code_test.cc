// The vectors were made with Baileys 7.0.0-rc14 (derivePairingCodeKey, aesEncryptCTR, Curve, hkdf)
// and, for the bundle, with Node's crypto: what is drawn at random is what CountingRandom gives.
#include "link/multidevice/pairing_code.h"

#include <gtest/gtest.h>

#include <set>

#include "base/encoding.h"

namespace parley::link::multidevice {
namespace {

using wire::crypto::KeyPair;
using wire::crypto::PrivateKey;

std::string Hex(std::string_view text) { return base::FromHexText(text).value(); }
std::string Repeat(char byte) { return std::string(32, byte); }
KeyPair Keys(char byte) { return KeyPair(PrivateKey::FromBytes(Repeat(byte)).value()); }

class CountingRandom final : public base::Random {
 public:
  void Fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = next_++;
  }

 private:
  std::uint8_t next_ = 0;
};

Device TestDevice() {
  const auto random = base::MakeSeededRandom(1);
  const wire::signal::Identity identity(Keys(0x33), 7);
  const auto signed_key = wire::signal::MakeSignedPreKey(identity, 1, *random);
  return Device(Keys(0x77), identity, signed_key, wire::crypto::Secret<32>());
}

constexpr std::string_view kWrapped =
    "5555555555555555555555555555555555555555555555555555555555555555666666666666666666666666666666"
    "66"
    "255aec03f3abbd86e002926aa462083b27e154b259c30e4e02818930bd4faaf6";

TEST(PairingCode, IsOfEightCharacters) {
  const auto random = base::MakeSeededRandom(1);
  std::set<std::string> codes;
  for (int i = 0; i < 100; ++i) {
    const std::string code = MakePairingCode(*random);
    EXPECT_EQ(code.size(), 8u);
    EXPECT_EQ(code.find_first_of("0IOU"), std::string::npos);
    codes.insert(code);
  }
  EXPECT_EQ(codes.size(), 100u);
}

TEST(PairingCode, WrapsAKey) {
  WrapSalt salt;
  salt.salt = Repeat(0x55);
  salt.iv.fill(0x66);
  EXPECT_EQ(base::ToHexText(WrapKey(Keys(0x11).public_key, "ABCD1234", salt)), kWrapped);
  EXPECT_EQ(UnwrapKey(Hex(kWrapped), "ABCD1234"), Keys(0x11).public_key);
  EXPECT_NE(UnwrapKey(Hex(kWrapped), "ABCD1235"), Keys(0x11).public_key);
  EXPECT_EQ(UnwrapKey(Hex(kWrapped) + "x", "ABCD1234"), std::nullopt);
  EXPECT_EQ(UnwrapKey("", "ABCD1234"), std::nullopt);
}

TEST(PairingCode, AgreesOnASecret) {
  const CodeOffer offer("15550100", "ABCD1234", Keys(0x11));
  PrimaryHello hello;
  hello.ref = "a ref";
  hello.identity = Keys(0x44).public_key;
  CountingRandom random;
  const auto finish =
      MakeCompanionFinish(offer, hello, Keys(0x22).public_key, TestDevice(), random);
  ASSERT_TRUE(finish);
  EXPECT_EQ(base::ToHexText(finish->adv_secret.view()),
            "adaf0cf8cae3d5affd81202343e1e41cf3724ccfffaafba30cbcf9da754bf82e");
  const auto* registration = finish->query.FindChild("link_code_companion_reg");
  ASSERT_NE(registration, nullptr);
  EXPECT_EQ(registration->Find("stage"), "companion_finish");
  EXPECT_EQ(registration->Find("jid"), "15550100@s.whatsapp.net");
  EXPECT_EQ(
      base::ToHexText(registration->FindChild("link_code_pairing_wrapped_key_bundle")->data()),
      "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b"
      "b8a89e698e4b4542237ff151630d3870ef902c598a1edbb56667de79db7e378fb388b09d955c03e1b1a5b0a0"
      "ed0458f79bb45967f4a2ed6510b56fdb822bea9d20e7252f7f71007eb413e8a3dcaeee54c6be7b66a8dc3b70"
      "fe8d57391da6b9c07c392a9b708e75ffdf6717c9bb483947");
  EXPECT_EQ(registration->FindChild("link_code_pairing_ref")->data(), "a ref");
}

// With such a key the secret would be zero.
TEST(PairingCode, TakesNoKeyOfSmallOrder) {
  const CodeOffer offer("15550100", "ABCD1234", Keys(0x11));
  PrimaryHello hello;
  hello.identity = Keys(0x44).public_key;
  CountingRandom random;
  EXPECT_FALSE(MakeCompanionFinish(offer, hello, wire::crypto::PublicKey(), TestDevice(), random));
  hello.identity = wire::crypto::PublicKey();
  EXPECT_FALSE(MakeCompanionFinish(offer, hello, Keys(0x22).public_key, TestDevice(), random));
}

wire::binary::Node HelloWith(std::string wrapped, std::string identity, std::string ref) {
  using wire::binary::Node;
  Node::Children children;
  const std::pair<const char*, std::string> parts[] = {
      {"link_code_pairing_ref", std::move(ref)},
      {"link_code_pairing_wrapped_primary_ephemeral_pub", std::move(wrapped)},
      {"primary_identity_pub", std::move(identity)}};
  for (const auto& [tag, bytes] : parts) {
    children.emplace_back(tag);
    children.back().content = wire::binary::Bytes{bytes};
  }
  Node registration("link_code_companion_reg");
  registration.content = std::move(children);
  Node notification("notification");
  Node::Children of_notification;
  of_notification.push_back(std::move(registration));
  notification.content = std::move(of_notification);
  return notification;
}

TEST(PairingCode, ReadsOnlyWholeHellos) {
  const std::string wrapped(80, 'w'), key(32, 'k');
  EXPECT_TRUE(ReadPrimaryHello(HelloWith(wrapped, key, "ref")));
  EXPECT_FALSE(ReadPrimaryHello(HelloWith(wrapped + "w", key, "ref")));
  EXPECT_FALSE(ReadPrimaryHello(HelloWith("", key, "ref")));
  EXPECT_FALSE(ReadPrimaryHello(HelloWith(wrapped, key + "k", "ref")));
  EXPECT_FALSE(ReadPrimaryHello(HelloWith(wrapped, key, "")));
  EXPECT_FALSE(ReadPrimaryHello(wire::binary::Node("notification")));
}

}  // namespace
}  // namespace parley::link::multidevice
