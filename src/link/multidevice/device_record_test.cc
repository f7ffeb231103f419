#include "link/multidevice/device_record.h"

#include <gtest/gtest.h>

namespace parley::link::multidevice {
namespace {

Device PairedDevice() {
  const auto random = base::MakeSeededRandom(1);
  Device device = MakeDevice(*random);
  device.pairing.emplace();
  device.pairing->number = wire::binary::Jid("15550100", wire::binary::JidServer::kUser, 7);
  device.pairing->lid = wire::binary::Jid("90001", wire::binary::JidServer::kLid, 7);
  device.pairing->signed_identity = "signed";
  device.pairing->account_key = device.noise.public_key;
  device.pairing->push_name = "Ada";
  device.pairing->platform = "android";
  return device;
}

void ExpectSame(const Device& a, const Device& b) {
  EXPECT_EQ(a.noise.private_key, b.noise.private_key);
  EXPECT_EQ(a.noise.public_key, b.noise.public_key);
  EXPECT_EQ(a.identity.keys.private_key, b.identity.keys.private_key);
  EXPECT_EQ(a.identity.keys.public_key, b.identity.keys.public_key);
  EXPECT_EQ(a.identity.registration_id, b.identity.registration_id);
  EXPECT_EQ(a.signed_key.id, b.signed_key.id);
  EXPECT_EQ(a.signed_key.keys.private_key, b.signed_key.keys.private_key);
  EXPECT_EQ(a.signed_key.signature, b.signed_key.signature);
  EXPECT_EQ(a.adv_secret, b.adv_secret);
  ASSERT_EQ(a.pairing.has_value(), b.pairing.has_value());
  if (!a.pairing) return;
  EXPECT_EQ(a.pairing->number, b.pairing->number);
  EXPECT_EQ(a.pairing->lid, b.pairing->lid);
  EXPECT_EQ(a.pairing->signed_identity, b.pairing->signed_identity);
  EXPECT_EQ(a.pairing->account_key, b.pairing->account_key);
  EXPECT_EQ(a.pairing->push_name, b.pairing->push_name);
  EXPECT_EQ(a.pairing->platform, b.pairing->platform);
}

TEST(DeviceRecord, ComesBack) {
  Device device = PairedDevice();
  const auto paired = DecodeDevice(EncodeDevice(device));
  ASSERT_TRUE(paired);
  ExpectSame(device, *paired);
  device.pairing->lid = wire::binary::Jid();  // not known yet
  ASSERT_TRUE(DecodeDevice(EncodeDevice(device)));
  ExpectSame(device, *DecodeDevice(EncodeDevice(device)));
  device.pairing.reset();
  ASSERT_TRUE(DecodeDevice(EncodeDevice(device)));
  ExpectSame(device, *DecodeDevice(EncodeDevice(device)));
}

// Half a record must not become a device without a pairing: it would offer one.
TEST(DeviceRecord, IsWholeOrNothing) {
  const std::string bytes = EncodeDevice(PairedDevice());
  int taken = 0;
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto device = DecodeDevice(std::string_view(bytes).substr(0, size));
    taken += device ? 1 : 0;
    if (device && device->pairing) {
      EXPECT_FALSE(device->pairing->account_key == wire::crypto::PublicKey());
    }
  }
  EXPECT_FALSE(DecodeDevice(bytes + "\xa0\x01\x05"));  // a field of a newer version
  std::string newer = bytes;
  newer[1] = 2;
  EXPECT_FALSE(DecodeDevice(newer));
  EXPECT_FALSE(DecodeDevice("\xff"));
}

TEST(DeviceRecord, DrawsFreshKeys) {
  const auto random = base::MakeSeededRandom(1);
  const Device a = MakeDevice(*random), b = MakeDevice(*random);
  EXPECT_NE(a.noise.public_key, b.noise.public_key);
  EXPECT_NE(a.noise.public_key, a.identity.keys.public_key);
  for (int i = 0; i < 200; ++i) {
    const Device device = MakeDevice(*random);
    EXPECT_GT(device.identity.registration_id, 0u);
    EXPECT_LT(device.identity.registration_id, 1u << 14);
  }
}

}  // namespace
}  // namespace parley::link::multidevice
