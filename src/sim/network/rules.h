// Rules: which well-formed messages the network takes from whom. Times and limits are WhatsApp's.
#pragma once

#include <optional>

#include "sim/network/ledger.h"

namespace parley::sim::network {

inline constexpr base::Duration kEditTime = std::chrono::minutes(15);
inline constexpr base::Duration kDeleteTime = std::chrono::hours(60);

struct Verdict {
  std::optional<Refused> refused;
  Serial target;  // of a modifier that is not refused
};

// `profile` is of the device that sends; absent: the phone. The sender may
// write there (recipients.h) and the content is in order. Codes:
//   unsupported-kind   this profile cannot send this kind; nobody can send it to many at once
//   message-not-found  the target, or what an answer quotes, is no message of this chat
//   not-yours          an edit or delete of somebody else's message
//   not-editable       an edit of something without body or caption
//   deleted            the target was deleted
//   too-late           after kEditTime or kDeleteTime
//   invalid-vote       not a poll that came in, or not its options
//   invalid-reply      no such row or button in the message quoted
//   131051             a product for a business; "Unsupported message type" of the Cloud API
//                      (developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes)
Verdict Judge(Ledger& ledger, base::Time now, const Message& message,
              std::optional<Profile> profile);

// The message with that id that one from `from` to `to` can mean: the newest in the same chat that
// is no modifier; the first serial of it.
base::Result<std::optional<Serial>> FindInChat(Ledger& ledger, std::string_view id,
                                               std::string_view from, std::string_view to);

}  // namespace parley::sim::network
