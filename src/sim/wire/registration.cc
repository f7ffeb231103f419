#include "sim/wire/registration.h"

#include "base/digest.h"
#include "base/encoding.h"
#include "base/log.h"
#include "proto/adv.pb.h"
#include "proto/client_payload.pb.h"
#include "sim/wire/login.h"
#include "sim/wire/nodes.h"
#include "sim/wire/pairing_code.h"
#include "wire/crypto/xeddsa.h"
#include "wire/signal/pre_keys.h"

namespace parley::sim::wire {
namespace {

constexpr int kRefs = 6;
constexpr std::size_t kRefToken = 40;
constexpr std::int64_t kRestart = 515;
// In front of what is signed, so that no signature can stand for another one.
constexpr std::string_view kAccountPrefix("\x06\x00", 2), kDevicePrefix("\x06\x01", 2);

parley::wire::Fault Missing() {
  return {parley::wire::FaultCode::kMalformed, "a key for pairing is missing"};
}

}  // namespace

std::optional<QrText> ReadQr(std::string_view text) {
  if (const std::size_t hash = text.find('#'); hash != std::string_view::npos)
    text.remove_prefix(hash + 1);
  const std::vector<std::string_view> parts = Split(text, ',');
  if (parts.size() < 4 || parts.size() > 6) return std::nullopt;
  QrText qr;
  qr.ref = parts[0];
  std::string* const keys[] = {&qr.noise, &qr.identity, &qr.adv_secret};
  for (std::size_t i = 0; i < 3; ++i) {
    auto key = base::FromBase64(parts[i + 1]);
    if (!key || key->size() != crypto::PublicKey::kSize) return std::nullopt;
    *keys[i] = std::move(*key);
  }
  return qr;
}

parley::wire::Result<std::unique_ptr<Registration>> Registration::Begin(
    Client& client, const proto::DevicePairingRegistrationData& data) {
  std::unique_ptr<Registration> registration(new Registration(client));
  Companion& device = registration->device_;
  device.noise = client.noise_key();
  PARLEY_TRY(identity, crypto::PublicKey::FromBytes(data.identity()));
  PARLEY_TRY(signed_key, crypto::PublicKey::FromBytes(data.signed_key()));
  const auto registration_id = FromBigEndian(data.registration_id(), 4);
  const auto signed_id = FromBigEndian(data.signed_key_id(), 3);
  if (!registration_id || !signed_id) return Missing();
  device.identity = identity;
  device.signed_key = signed_key;
  device.registration_id = *registration_id;
  device.signed_id = *signed_id;
  device.signed_key_signature = data.signed_key_signature();
  PARLEY_CHECK(crypto::Verify(identity, signed_key.Typed(), device.signed_key_signature));
  return registration;
}

Registration::~Registration() {
  Withdraw();
  // Linked, and the client went before it signed.
  if (!device_.id.empty()) Fail("the client went away");
}

void Registration::Withdraw() {
  Parts& parts = client_.parts();
  for (const std::string& ref : refs_) parts.refs.erase(ref);
  refs_.clear();
  if (code_) {
    const auto standing = parts.codes.find(code_->number);
    if (standing != parts.codes.end() && standing->second == &client_) parts.codes.erase(standing);
  }
}

void Registration::Offer() {
  Parts& parts = client_.parts();
  std::vector<binary::Node> children;
  for (int i = 0; i < kRefs; ++i) {
    std::string ref = "2@" + parts.random.Token(kRefToken);
    children.push_back(MakeData("ref", ref));
    parts.refs.emplace(ref, &client_);
    refs_.push_back(std::move(ref));
  }
  client_.Send(MakeNode("iq",
                        {{"from", binary::NetworkServer().Text()},
                         {"type", "set"},
                         {"id", parts.MakeId()},
                         {"xmlns", "md"}},
                        {MakeNode("pair-device", {}, std::move(children))}));
  ExpireAfter(parts.options.first_ref_life + parts.options.ref_life * (kRefs - 1));
}

void Registration::ExpireAfter(base::Duration life) {
  client_.parts().scheduler.After(life, [weak = client_.weak_from_this()] {
    const auto client = weak.lock();
    if (client && client->is_open() && client->registration) client->Close();
  });
}

base::Result<net::DeviceInfo> Registration::Link(const std::string& number) {
  Parts& parts = client_.parts();
  if (!device_.id.empty())
    return base::Error(base::ErrorCode::kInvalidState, "This device is being linked already");
  PARLEY_CHECK(parts.network.CheckOnline(number));
  const auto device = parts.companions.TakeDevice(number);
  if (!device)
    return base::Error(base::ErrorCode::kInvalidState, "The person has too many devices");
  PARLEY_TRY(linked, parts.network.LinkDirectly(number, net::Profile::kPhone));
  device_.id = linked.id;
  device_.number = number;
  device_.device = *device;
  device_.key_index = *device;
  return linked;
}

base::Result<net::DeviceInfo> Registration::Scan(const std::string& number, const QrText& qr) {
  if (qr.noise != device_.noise.bytes() || qr.identity != device_.identity.bytes())
    return base::FieldError("qr", "Its keys are not those of the device that has this reference");
  PARLEY_TRY(linked, Link(number));
  Pair(*crypto::Secret<32>::From(qr.adv_secret));
  return linked;
}

void Registration::Pair(const crypto::Secret<32>& adv_secret) {
  Parts& parts = client_.parts();
  Withdraw();
  const signal::Identity& phone = parts.phones.IdentityOf(device_.number);
  proto::AdvDeviceIdentity details;
  details.set_raw_id(phone.registration_id);
  details.set_timestamp(static_cast<std::uint64_t>(parts.now_seconds()));
  details.set_key_index(device_.key_index);
  details.set_account_type(proto::ADV_E2EE);
  details.set_device_type(proto::ADV_E2EE);
  details_ = details.SerializeAsString();
  proto::AdvSignedDeviceIdentity identity;
  identity.set_details(details_);
  identity.set_account_signature_key(std::string(phone.keys.public_key.bytes()));
  identity.set_account_signature(
      crypto::Sign(phone.keys.private_key,
                   std::string(kAccountPrefix) + details_ + std::string(device_.identity.bytes()),
                   parts.random));
  device_.signed_identity = identity.SerializeAsString();
  proto::AdvSignedDeviceIdentityHmac container;
  container.set_details(device_.signed_identity);
  container.set_hmac(
      std::string(base::AsText(base::HmacSha256(adv_secret.view(), device_.signed_identity))));
  pair_id_ = parts.MakeId();
  const auto person = parts.network.FindPerson(device_.number);
  const std::string platform = person ? std::string(NameOf(person->platform)) : "android";
  client_.Send(MakeNode(
      "iq",
      {{"from", binary::NetworkServer().Text()},
       {"type", "set"},
       {"id", pair_id_},
       {"xmlns", "md"},
       {"t", std::to_string(parts.now_seconds())}},
      {MakeNode("pair-success", {},
                {MakeData("device-identity", container.SerializeAsString()),
                 MakeNode("biz", {{"name", parts.addresses.PushName(device_.number)}}),
                 MakeNode("device",
                          {{"jid", parts.addresses.ByNumber(device_.number, device_.device).Text()},
                           {"lid", parts.addresses.ByLid(device_.number, device_.device).Text()}}),
                 MakeNode("platform", {{"name", platform}})})}));
}

void Registration::OnResult(const binary::Node& iq) {
  if (pair_id_.empty() || Get(iq, "id") != pair_id_) return;
  Parts& parts = client_.parts();
  const binary::Node* sign = iq.FindChild("pair-device-sign");
  const std::string_view answer = sign ? ChildData(*sign, "device-identity") : std::string_view();
  proto::AdvSignedDeviceIdentity answered, identity;
  if (answer.empty() || !answered.ParseFromArray(answer.data(), static_cast<int>(answer.size())) ||
      !identity.ParseFromString(device_.signed_identity))
    return Fail("the client did not sign");
  const std::string signed_text = std::string(kDevicePrefix) + details_ +
                                  std::string(device_.identity.bytes()) +
                                  identity.account_signature_key();
  if (answered.details() != details_ ||
      !crypto::Verify(device_.identity, signed_text, answered.device_signature()))
    return Fail("the client's signature is wrong");
  identity.set_device_signature(answered.device_signature());
  device_.signed_identity = identity.SerializeAsString();
  ++parts.counters.paired;
  parts.companions.Put(std::exchange(device_, Companion()));
  pair_id_.clear();
  client_.SendLast(StreamError(kRestart));
}

void Registration::Fail(const char* why) {
  Parts& parts = client_.parts();
  ++parts.counters.pairings_failed;
  base::LogInfo("A device was not paired", {{"why", why}});
  if (const std::string id = std::exchange(device_.id, ""); !id.empty())
    static_cast<void>(parts.network.Unlink(device_.number, id));
  client_.Close();
}

// ------------------------------------------------------------------------------------------ codes

void Registration::OnCodeHello(const binary::Node& iq, const binary::Node& hello) {
  Parts& parts = client_.parts();
  const auto number = parts.addresses.NumberOf(Get(hello, "jid"));
  const std::string wrapped(ChildData(hello, "link_code_pairing_wrapped_companion_ephemeral_pub"));
  const bool is_ours = ChildData(hello, "companion_server_auth_key_pub") == device_.noise.bytes();
  if (!number || wrapped.size() != kWrappedKeySize || !is_ours)
    return client_.Send(ErrorOf(iq, 400, "bad-request"));
  if (code_) parts.codes.erase(code_->number);
  code_.emplace();
  code_->number = *number;
  code_->wrapped_ephemeral = wrapped;
  code_->ref = parts.random.Token(kRefToken);
  parts.codes.insert_or_assign(*number, &client_);
  client_.Send(ResultOf(iq, {MakeNode("link_code_companion_reg", {{"stage", "companion_hello"}},
                                      {MakeData("link_code_pairing_ref", code_->ref)})}));
}

base::Result<net::DeviceInfo> Registration::EnterCode(const std::string& number,
                                                      std::string_view code) {
  const std::string plain = PlainCode(code);
  if (plain.size() != kCodeLength)
    return base::FieldError("code", "Must be 8 letters and digits, with or without a dash");
  PARLEY_TRY(linked, Link(number));
  Parts& parts = client_.parts();
  code_->companion_ephemeral = UnwrapKey(code_->wrapped_ephemeral, plain);
  code_->ephemeral.emplace(crypto::KeyPair::Generate(parts.random));
  client_.Send(MakeNode(
      "notification",
      {{"from", binary::NetworkServer().Text()},
       {"id", parts.MakeId()},
       {"t", std::to_string(parts.now_seconds())},
       {"type", "link_code_companion_reg"}},
      {MakeNode(
          "link_code_companion_reg", {{"stage", "primary_hello"}},
          {MakeData("link_code_pairing_ref", code_->ref),
           MakeData("link_code_pairing_wrapped_primary_ephemeral_pub",
                    WrapKey(code_->ephemeral->public_key, plain, parts.random)),
           MakeData("primary_identity_pub",
                    std::string(parts.phones.IdentityOf(number).keys.public_key.bytes()))})}));
  return linked;
}

void Registration::OnCodeFinish(const binary::Node& iq, const binary::Node& finish) {
  if (!code_ || !code_->ephemeral || device_.id.empty() || !pair_id_.empty() ||
      ChildData(finish, "link_code_pairing_ref") != code_->ref ||
      ChildData(finish, "companion_identity_public") != device_.identity.bytes())
    return client_.Send(ErrorOf(iq, 400, "bad-request"));
  const auto secret = OpenBundle(finish);
  if (!secret) {
    client_.Send(ErrorOf(iq, 400, "bad-request"));
    return Fail("the code was another one");
  }
  client_.Send(ResultOf(iq));
  Pair(*secret);
}

parley::wire::Result<crypto::Secret<32>> Registration::OpenBundle(const binary::Node& finish) {
  CodeKeys keys;
  keys.own_identity = &client_.parts().phones.IdentityOf(device_.number).keys;
  keys.own_ephemeral = &*code_->ephemeral;
  keys.their_identity = device_.identity;
  keys.their_ephemeral = *code_->companion_ephemeral;
  return OpenKeyBundle(keys, ChildData(finish, "link_code_pairing_wrapped_key_bundle"));
}

}  // namespace parley::sim::wire
