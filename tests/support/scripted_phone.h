// A phone that a test holds in its hand: it scans a QR code or gets a code typed, and says what the
// network then says in its place. Made of the primitives alone, by the page
// docs/protocol/multidevice-connection.md.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/random.h"
#include "wire/binary/node.h"
#include "wire/binary/protobuf.h"
#include "wire/crypto/aes.h"
#include "wire/crypto/derive.h"
#include "wire/crypto/xeddsa.h"

namespace parley::testing {

class ScriptedPhone {
 public:
  using Node = wire::binary::Node;

  explicit ScriptedPhone(base::Random& random)
      : random_(random), identity(wire::crypto::KeyPair::Generate(random)) {}

  struct Scanned {
    std::string ref, noise, identity, secret, client;
  };
  static Scanned Scan(const std::string& qr) {
    Scanned scanned;
    std::string rest = qr.substr(qr.find('#') + 1);
    std::vector<std::string> parts;
    for (std::size_t comma = 0; comma != std::string::npos;) {
      comma = rest.find(',');
      parts.push_back(rest.substr(0, comma));
      if (comma != std::string::npos) rest.erase(0, comma + 1);
    }
    EXPECT_EQ(parts.size(), 5u) << qr;
    parts.resize(5);
    scanned.ref = parts[0];
    scanned.noise = base::FromBase64(parts[1]).value_or("");
    scanned.identity = base::FromBase64(parts[2]).value_or("");
    scanned.secret = base::FromBase64(parts[3]).value_or("");
    scanned.client = parts[4];
    return scanned;
  }

  // What may be wrong.
  enum class Fault { kNone, kWrongSecret, kWrongSignature, kNoNumber, kBrokenContainer };

  Node PairSuccess(std::string_view secret, std::string_view companion, Fault fault = Fault::kNone,
                   bool hosted = false) {
    using wire::binary::FieldWriter;
    FieldWriter details;
    details.Number(1, 99).Number(2, 1'800'000'000).Number(3, 1);
    if (hosted) details.Number(4, 1).Number(5, 1);
    const std::string identity_bytes = details.Take();
    std::string signed_bytes(hosted ? "\x06\x05" : std::string("\x06\x00", 2));
    signed_bytes.append(identity_bytes).append(companion);
    std::string signature = wire::crypto::Sign(identity.private_key, signed_bytes, random_);
    if (fault == Fault::kWrongSignature) signature[5] ^= 1;
    FieldWriter signed_identity;
    signed_identity.Bytes(1, identity_bytes).Bytes(2, identity.public_key.bytes());
    signed_identity.Bytes(3, signature);
    details_ = signed_identity.Take();
    const std::string mac_input = (hosted ? std::string("\x06\x05") : std::string()) + details_;
    const std::string key =
        fault == Fault::kWrongSecret ? std::string(32, 'x') : std::string(secret);
    FieldWriter container;
    container.Bytes(1, details_).Bytes(2, base::AsText(base::HmacSha256(key, mac_input)));
    if (hosted) container.Number(3, 1);
    identity_details_ = identity_bytes;

    Node success("pair-success");
    Node::Children children;
    Node device_identity("device-identity");
    device_identity.content = wire::binary::Bytes{
        fault == Fault::kBrokenContainer ? std::string("\x0a\xff") : container.Take()};
    children.push_back(std::move(device_identity));
    children.push_back(WithAttribute("biz", "name", "Ada"));
    Node device = WithAttribute("device", "lid", lid + ":3@lid");
    if (fault != Fault::kNoNumber)
      device.attributes.push_back({"jid", number + ":3@s.whatsapp.net"});
    children.push_back(std::move(device));
    children.push_back(WithAttribute("platform", "name", "smbi"));
    success.content = std::move(children);
    return MakeSet("s1", std::move(success));
  }

  // Checks what the device signed of the last PairSuccess.
  bool IsSigned(const Node& answer, std::string_view companion) const {
    const Node* sign = answer.FindChild("pair-device-sign");
    const Node* device = sign == nullptr ? nullptr : sign->FindChild("device-identity");
    if (device == nullptr || device->Find("key-index") != "1") return false;
    std::string details, signature, account_key;
    wire::binary::FieldReader reader(device->data());
    while (true) {
      const auto field = reader.Next();
      if (!field) return false;
      if (!*field) break;
      if ((*field)->number == 1) details = (*field)->bytes;
      if ((*field)->number == 2) account_key = (*field)->bytes;
      if ((*field)->number == 4) signature = (*field)->bytes;
    }
    std::string message("\x06\x01", 2);
    message.append(details).append(companion).append(identity.public_key.bytes());
    const auto key = wire::crypto::PublicKey::FromBytes(companion);
    return account_key.empty() && details == identity_details_ && key &&
           wire::crypto::Verify(*key, message, signature).has_value();
  }

  // Types the code that the device offered with `hello` (<link_code_companion_reg>): gives the
  // notification.
  Node TypeCode(const std::string& code, const Node& hello, std::string_view ref) {
    const std::string wrapped(
        hello.FindChild("link_code_pairing_wrapped_companion_ephemeral_pub")->data());
    wire::crypto::AesIv iv;
    std::copy_n(wrapped.begin() + 32, 16, iv.begin());
    companion_key_ =
        wire::crypto::PublicKey::FromBytes(
            wire::crypto::CtrApply(Stretch(code, wrapped.substr(0, 32)), iv, wrapped.substr(48)))
            .value();
    std::string own(32, 's');
    own.append(reinterpret_cast<const char*>(iv.data()), iv.size());
    own +=
        wire::crypto::CtrApply(Stretch(code, own.substr(0, 32)), iv, ephemeral_.public_key.bytes());
    Node::Children children;
    children.push_back(Leaf("link_code_pairing_ref", std::string(ref)));
    children.push_back(Leaf("link_code_pairing_wrapped_primary_ephemeral_pub", own));
    children.push_back(Leaf("primary_identity_pub", std::string(identity.public_key.bytes())));
    Node registration("link_code_companion_reg");
    registration.attributes.push_back({"stage", "primary_hello"});
    registration.content = std::move(children);
    Node notification("notification");
    notification.attributes.push_back({"from", "s.whatsapp.net"});
    notification.attributes.push_back({"type", "link_code_companion_reg"});
    notification.attributes.push_back({"id", "n1"});
    Node::Children of_notification;
    of_notification.push_back(std::move(registration));
    notification.content = std::move(of_notification);
    return notification;
  }

  // The ADV secret that follows from the device's `finish` (<link_code_companion_reg>); empty when
  // its bundle does not open.
  std::string SecretOf(const Node& finish) const {
    const std::string wrapped(finish.FindChild("link_code_pairing_wrapped_key_bundle")->data());
    const auto shared = wire::crypto::Agree(ephemeral_.private_key, companion_key_).value();
    const auto key = wire::crypto::Hkdf<32>(shared.view(), wrapped.substr(0, 32),
                                            "link_code_pairing_key_bundle_encryption_key");
    wire::crypto::GcmNonce nonce;
    std::copy_n(wrapped.begin() + 32, 12, nonce.begin());
    const auto bundle = wire::crypto::GcmOpen(key, nonce, "", wrapped.substr(44));
    if (!bundle || bundle->size() != 96) return "";
    const auto companion = wire::crypto::PublicKey::FromBytes(bundle->substr(0, 32)).value();
    EXPECT_EQ(bundle->substr(32, 32), identity.public_key.bytes());
    EXPECT_EQ(finish.FindChild("companion_identity_public")->data(), companion.bytes());
    std::string secret(shared.view());
    secret += wire::crypto::Agree(identity.private_key, companion).value().view();
    secret += bundle->substr(64);
    return std::string(wire::crypto::Hkdf<32>(secret, "", "adv_secret").view());
  }

  static Node PairDevice(int refs) {
    Node pair("pair-device");
    Node::Children children;
    for (int i = 1; i <= refs; ++i) children.push_back(Leaf("ref", "ref" + std::to_string(i)));
    pair.content = std::move(children);
    return MakeSet("p1", std::move(pair));
  }

  static Node Leaf(std::string tag, std::string bytes) {
    Node node(std::move(tag));
    node.content = wire::binary::Bytes{std::move(bytes)};
    return node;
  }
  static Node WithAttribute(std::string tag, std::string name, std::string value) {
    Node node(std::move(tag));
    node.attributes.push_back({std::move(name), std::move(value)});
    return node;
  }

 private:
  base::Random& random_;

 public:
  const wire::crypto::KeyPair identity;
  std::string number = "15550100", lid = "90001";

 private:
  static Node MakeSet(std::string id, Node child) {
    Node iq("iq");
    iq.attributes.push_back({"from", "s.whatsapp.net"});
    iq.attributes.push_back({"type", "set"});
    iq.attributes.push_back({"id", std::move(id)});
    iq.attributes.push_back({"xmlns", "md"});
    Node::Children children;
    children.push_back(std::move(child));
    iq.content = std::move(children);
    return iq;
  }
  static wire::crypto::AesKey Stretch(const std::string& code, const std::string& salt) {
    wire::crypto::AesKey key;
    wire::crypto::Pbkdf2Sha256(code, salt, 131'072, key.bytes());
    return key;
  }

  const wire::crypto::KeyPair ephemeral_ = wire::crypto::KeyPair::Generate(random_);
  wire::crypto::PublicKey companion_key_;
  std::string details_, identity_details_;
};

}  // namespace parley::testing
