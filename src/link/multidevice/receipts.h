// Receipts: what others say has become of messages. Pure. docs/protocol/messages.md, "Receipts".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/channels/link.h"
#include "link/multidevice/addresses.h"
#include "link/multidevice/stanzas.h"

namespace parley::link::multidevice {

// Messages that one receipt may be about.
inline constexpr std::size_t kMaxReceipted = 1024;

enum class ReceiptKind {
  kStatus,    // delivered, read or played by the other side
  kOwnRead,   // read on another device of one's own
  kRetry,     // somebody could not open a message: retry.h
  kNoNews,    // between devices of one's own, or of no interest
  kElsewhere  // in a group or list
};
struct Receipt {
  ReceiptKind kind = ReceiptKind::kNoNews;
  Jid from;  // a device
  Who chat;  // the other side
  std::vector<std::string> ids;
  core::MessageStatus status = core::MessageStatus::kDelivered;  // of kStatus
  base::Time at;
};
// kMalformedBody. `now` stands for a time that is missing.
base::Result<Receipt> ReadReceipt(const wire::binary::Node& stanza, const Pairing& own,
                                  base::Time now);

// What the core is told: a report for each message. None for what is no news.
std::vector<core::LinkReport> ReportsOf(const Receipt& receipt);

// That the channel has read messages of somebody, or played them.
wire::binary::Node ReadReceiptFor(const Jid& chat, const std::vector<std::string>& ids, bool played,
                                  base::Time at);

}  // namespace parley::link::multidevice
