#include "link/multidevice/receipts.h"

#include <algorithm>

#include "base/encoding.h"

namespace parley::link::multidevice {
namespace {

struct KindOfType {
  std::string_view type;
  ReceiptKind kind;
  core::MessageStatus status;
};
// The one table of the attribute `type`; "" is a receipt without it.
constexpr KindOfType kTypes[] = {
    {"", ReceiptKind::kStatus, core::MessageStatus::kDelivered},
    {"delivery", ReceiptKind::kStatus, core::MessageStatus::kDelivered},
    // The other side's device has it, but nobody is there to look.
    {"inactive", ReceiptKind::kStatus, core::MessageStatus::kDelivered},
    {"read", ReceiptKind::kStatus, core::MessageStatus::kRead},
    {"played", ReceiptKind::kStatus, core::MessageStatus::kPlayed},
    {"read-self", ReceiptKind::kOwnRead, core::MessageStatus::kRead},
    {"played-self", ReceiptKind::kOwnRead, core::MessageStatus::kPlayed},
    {"retry", ReceiptKind::kRetry, core::MessageStatus::kDelivered},
    {"sender", ReceiptKind::kNoNews, core::MessageStatus::kDelivered},
    {"peer_msg", ReceiptKind::kNoNews, core::MessageStatus::kDelivered},
    {"hist_sync", ReceiptKind::kNoNews, core::MessageStatus::kDelivered},
    {"server-error", ReceiptKind::kNoNews, core::MessageStatus::kDelivered},
};

base::Error BrokenReceipt(const char* detail) {
  return base::Error(base::ErrorCode::kMalformedBody, "", detail);
}

bool IsId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdLength && base::IsUtf8(id);
}

}  // namespace

base::Result<Receipt> ReadReceipt(const Node& stanza, const Pairing& own, base::Time now) {
  Receipt receipt;
  const auto from = stanza.FindJid("from");
  if (!from) return BrokenReceipt("a receipt from nobody");
  receipt.from = *from;
  receipt.at = TimeIn(stanza, "t", now);
  if (!IsPerson(*from)) {
    receipt.kind = ReceiptKind::kElsewhere;
    return receipt;
  }
  const auto id = stanza.Find("id");
  if (!id || !IsId(*id)) return BrokenReceipt("a receipt without an id");
  receipt.ids.emplace_back(*id);
  if (const Node* list = stanza.FindChild("list"))
    for (const Node& item : list->children()) {
      const auto more = item.Find("id");
      if (item.tag == "item" && more && IsId(*more) && receipt.ids.size() < kMaxReceipted)
        receipt.ids.emplace_back(*more);
    }
  receipt.chat = WhoIs(AccountOf(*from));
  const std::string_view type = stanza.Find("type").value_or("");
  for (const KindOfType& row : kTypes)
    if (row.type == type) {
      receipt.kind = row.kind;
      receipt.status = row.status;
    }
  if (!IsOwn(own, *from)) return receipt;
  // Of another device of one's own: it says what happens here, not that somebody has read.
  if (const auto recipient = stanza.FindJid("recipient"))
    receipt.chat = WhoIs(AccountOf(*recipient));
  if (receipt.kind == ReceiptKind::kStatus)
    receipt.kind = receipt.status == core::MessageStatus::kDelivered ? ReceiptKind::kNoNews
                                                                     : ReceiptKind::kOwnRead;
  return receipt;
}

std::vector<core::LinkReport> ReportsOf(const Receipt& receipt) {
  std::vector<core::LinkReport> reports;
  if (receipt.kind == ReceiptKind::kStatus)
    for (const std::string& id : receipt.ids) {
      core::ReceiptReport report;
      report.link_id = id;
      report.chat = PeerOf(receipt.chat);
      report.status = receipt.status;
      report.at = receipt.at;
      reports.emplace_back(std::move(report));
    }
  if (receipt.kind == ReceiptKind::kOwnRead && !receipt.chat.empty()) {
    core::ChatReport report;
    report.with = PeerOf(receipt.chat);
    report.action = core::ChatAction::kRead;
    reports.emplace_back(std::move(report));
  }
  return reports;
}

Node ReadReceiptFor(const Jid& chat, const std::vector<std::string>& ids, bool played,
                    base::Time at) {
  Node receipt("receipt", {{"id", ids.front()},
                           {"to", chat.Text()},
                           {"type", played ? "played" : "read"},
                           {"t", std::to_string(base::ToUnixSeconds(at))}});
  if (ids.size() == 1) return receipt;
  Node::Children items;
  for (std::size_t i = 1; i < ids.size(); ++i) items.push_back(Node("item", {{"id", ids[i]}}));
  Node::Children children;
  children.push_back(Node("list", {}, std::move(items)));
  receipt.content = std::move(children);
  return receipt;
}

}  // namespace parley::link::multidevice
