// Any node as a stanza of any kind that the native link reads: nothing of it breaks a bound, and a
// receipt or device list that is read can be written down.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "link/multidevice/bundles.h"
#include "link/multidevice/device_lists.h"
#include "link/multidevice/envelope.h"
#include "link/multidevice/profiles.h"
#include "link/multidevice/receipts.h"
#include "link/multidevice/retry.h"
#include "link/multidevice/tokens.h"
#include "link/multidevice/usync.h"
#include "wire/binary/codec.h"

using namespace parley;
using namespace parley::link::multidevice;

namespace {

void Check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  (void)DecodeDeviceList(bytes);
  const auto node = wire::binary::DecodeNode(bytes);
  if (!node) return 0;
  Pairing own;
  own.number = Jid("15550100", JidServer::kUser, 3);
  own.lid = Jid("915550100", JidServer::kLid, 3);
  const base::Time now = base::FromUnixMs(1'800'000'000'000);
  if (const auto envelope = ReadEnvelope(*node, own, now)) {
    Check(envelope->parts.size() <= kMaxSealedParts);
    Check(!envelope->id.empty() || envelope->place == Envelope::Place::kElsewhere);
    Check(envelope->from_me || envelope->chat == envelope->sender);
  }
  if (const auto receipt = ReadReceipt(*node, own, now)) {
    Check(receipt->ids.size() <= kMaxReceipted);
    (void)ReportsOf(*receipt);
    if (!receipt->ids.empty()) (void)ReadReceiptFor(own.number, receipt->ids, false, now);
  }
  if (const auto attempt = AttemptIn(*node)) Check(*attempt <= kMaxRetriesAnswered);
  if (const auto users = ReadUsync(*node)) {
    Check(users->size() <= kMaxAsked);
    for (const UsyncUser& user : *users) {
      if (!user.devices) continue;
      Check(user.devices->size() <= kMaxDevices);
      DeviceList list;
      list.asked_at = now;
      list.devices = *user.devices;
      Check(DecodeDeviceList(EncodeDeviceList(list)) == list);
    }
  }
  (void)ReadKeys(*node);
  (void)ReadBundle(*node, node->FindChild("registration"));
  for (const Token& token : TokensIn(*node, now)) Check(token.bytes.size() <= kMaxTokenBytes);
  if (const auto url = PictureUrlIn(*node)) Check(url->size() <= kMaxPictureUrl);
  (void)AckOf(*node);
  return 0;
}
