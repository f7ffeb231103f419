// Any bytes as what a network says while a device pairs and logs in: as a device identity, as the
// signed part of one with a hmac that is right, and as a whole stanza. A pairing comes only of what
// the phone has signed, which none of it is; a refusal is an error with the query's id.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/digest.h"
#include "link/multidevice/device_record.h"
#include "link/multidevice/login.h"
#include "link/multidevice/pairing.h"
#include "link/multidevice/pairing_code.h"
#include "link/multidevice/pre_keys.h"
#include "link/multidevice/queries.h"
#include "link/multidevice/stream_errors.h"
#include "wire/binary/codec.h"
#include "wire/binary/protobuf.h"

using namespace parley;
using namespace parley::link::multidevice;
using wire::binary::Node;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

const Device& OwnDevice() {
  static const Device device = [] {
    const auto random = base::MakeSeededRandom(1);
    return MakeDevice(*random);
  }();
  return device;
}

void TryPairSuccess(const Node& pair_success) {
  const auto random = base::MakeSeededRandom(2);
  const auto answer = AnswerPairSuccess("an id", pair_success, OwnDevice(), *random);
  const auto* refused = std::get_if<PairingRefused>(&answer);
  Check(refused != nullptr);
  Check(refused->answer.Find("id") == "an id");
  Check(ErrorIn(refused->answer)->code != 0);
}

Node WithIdentity(std::string bytes) {
  Node success("pair-success");
  Node::Children children;
  children.emplace_back("device-identity");
  children.back().content = wire::binary::Bytes{std::move(bytes)};
  children.emplace_back("device");
  children.back().attributes.push_back({"jid", "15550100:3@s.whatsapp.net"});
  success.content = std::move(children);
  return success;
}

std::string Container(std::string_view details) {
  const auto hmac = base::HmacSha256(OwnDevice().adv_secret.view(), details);
  wire::binary::FieldWriter container;
  container.Bytes(1, details).Bytes(2, base::AsText(hmac));
  return container.Take();
}

void TryStanza(const Node& stanza) {
  TryPairSuccess(stanza);
  Check(RefsIn(stanza).size() <= kMaxRefs);
  if (const auto hello = ReadPrimaryHello(stanza)) Check(hello->wrapped.size() == kWrappedKey);
  (void)RefOfHello(stanza);
  (void)ErrorIn(stanza);
  Check(!EndingOfFailure(stanza).reason.empty());
  Check(!EndingOfStreamError(stanza).reason.empty());
  Check(MakeAck(stanza).tag == "ack");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  TryPairSuccess(WithIdentity(bytes));
  TryPairSuccess(WithIdentity(Container(bytes)));
  if (const auto stanza = wire::binary::DecodeNode(bytes)) TryStanza(*stanza);
  if (const auto device = DecodeDevice(bytes))
    Check(DecodeDevice(EncodeDevice(*device)).has_value());
  if (const auto state = DecodeKeyState(bytes))
    Check(DecodeKeyState(EncodeKeyState(*state)).has_value());
  (void)ParseVersion(bytes);
  return 0;
}
