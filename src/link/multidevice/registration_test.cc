#include "link/multidevice/registration.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/encoding.h"
#include "link/multidevice/device_record.h"
#include "wire/binary/protobuf.h"
#include "wire/crypto/xeddsa.h"

namespace parley::link::multidevice {
namespace {

// The fields of a payload by their path, as "5.2.3"; numbers in decimal, bytes in hex where they
// are no text.
void Flatten(std::string_view bytes, const std::string& path, const std::set<std::string>& nested,
             std::map<std::string, std::string>& out) {
  wire::binary::FieldReader reader(bytes);
  while (true) {
    const auto field = reader.Next();
    ASSERT_TRUE(field);
    if (!*field) return;
    const std::string name = path + std::to_string((*field)->number);
    if ((*field)->type != wire::binary::WireType::kBytes)
      out[name] = std::to_string((*field)->value);
    else if (nested.contains(name))
      Flatten((*field)->bytes, name + ".", nested, out);
    else
      out[name] = std::string((*field)->bytes);
  }
}
std::map<std::string, std::string> FieldsOf(const std::string& payload) {
  std::map<std::string, std::string> fields;
  Flatten(payload, "", {"5", "5.2", "6", "19", "19.8", "19.8.2", "19.8.5"}, fields);
  return fields;
}

TEST(Registration, SaysWhoTheDeviceIs) {
  const auto random = base::MakeSeededRandom(1);
  const Device device = MakeDevice(*random);
  ClientInfo client;
  client.version = {2, 3000, 1043857760};
  client.browser = *FindBrowser("Safari");
  client.os = "Mac OS";
  const auto fields = FieldsOf(RegistrationPayload(client, device));
  EXPECT_EQ(fields.at("3"), "0");
  EXPECT_EQ(fields.at("33"), "0");
  EXPECT_EQ(fields.at("5.1"), "14");
  EXPECT_EQ(fields.at("5.2.1") + "." + fields.at("5.2.2") + "." + fields.at("5.2.3"),
            "2.3000.1043857760");
  EXPECT_EQ(fields.at("6.4"), "0");
  EXPECT_EQ(fields.count("1"), 0u);
  const std::string& id = fields.at("19.1");
  ASSERT_EQ(id.size(), 4u);
  EXPECT_EQ(static_cast<std::uint8_t>(id[2]) * 256u + static_cast<std::uint8_t>(id[3]),
            device.identity.registration_id);
  EXPECT_EQ(fields.at("19.2"), "\x05");
  EXPECT_EQ(fields.at("19.3"), device.identity.keys.public_key.bytes());
  EXPECT_EQ(fields.at("19.4"), std::string("\0\0\1", 3));
  EXPECT_EQ(fields.at("19.5"), device.signed_key.keys.public_key.bytes());
  EXPECT_TRUE(wire::crypto::Verify(device.identity.keys.public_key,
                                   device.signed_key.keys.public_key.Typed(), fields.at("19.6")));
  // Of Python: hashlib.md5(b"2.3000.1043857760")
  EXPECT_EQ(base::ToHexText(fields.at("19.7")), "f6f65c0607a1cdffd8752b051fc95edf");
  EXPECT_EQ(fields.at("19.8.5.4"), "1");  // history comes inside of the message
  EXPECT_EQ(fields.at("19.8.1"), "Mac OS");
  EXPECT_EQ(fields.at("19.8.3"), "5");
  EXPECT_EQ(DisplayOf(client), "Safari (Mac OS)");
}

TEST(Registration, SaysWhoLogsIn) {
  Pairing pairing;
  pairing.number = wire::binary::Jid("15550100", wire::binary::JidServer::kUser, 7);
  const auto fields = FieldsOf(LoginPayload(ClientInfo(), pairing));
  EXPECT_EQ(fields.at("1"), "15550100");
  EXPECT_EQ(fields.at("18"), "7");
  EXPECT_EQ(fields.at("3"), "1");
  EXPECT_EQ(fields.at("33"), "1");
  EXPECT_EQ(fields.count("19"), 0u);
}

TEST(Registration, ReadsVersions) {
  EXPECT_EQ(ParseVersion("2.3000.1043857760"), (std::array<std::uint32_t, 3>{2, 3000, 1043857760}));
  for (const char* wrong : {"", "2", "2.3000", "2.3000.", "2.3000.1.4", "2.3000.x", "2.3000.-1",
                            "2.3000.99999999999", " 2.3000.1", "2,3000,1"})
    EXPECT_EQ(ParseVersion(wrong), std::nullopt) << wrong;
}

}  // namespace
}  // namespace parley::link::multidevice
