// A business' phone number: its node in the Graph, its block list, its files. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Business phone numbers",
// "Throughput", "Block users", "Media".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/channels/link.h"

namespace parley::link::cloud::format {

// GET /{phone-number-id}
inline constexpr std::string_view kNumberFields =
    "id,display_phone_number,verified_name,quality_rating,throughput,name_status,"
    "code_verification_status,status,platform_type,account_mode,messaging_limit_tier";
inline constexpr std::size_t kMaxNumbersOfPage = 1000;

// Words are Meta's; what it did not tell is empty.
struct NumberNode {
  std::string id;
  std::string phone;  // digits of display_phone_number; empty: unreadable
  std::string display_phone_number, verified_name;
  std::string quality_rating;  // GREEN, YELLOW, RED, UNKNOWN
  std::string throughput;      // STANDARD (80 messages a second), HIGH (1,000), NOT_APPLICABLE
  std::string name_status, code_verification_status;
  std::string status;           // CONNECTED, PENDING, RESTRICTED, FLAGGED, BANNED, ...
  std::string platform_type;    // CLOUD_API; NOT_APPLICABLE: not registered
  std::string account_mode;     // LIVE, SANDBOX
  std::string messaging_limit;  // TIER_250, ...
  // Messages a second that Meta takes.
  int messages_per_second() const { return throughput == "HIGH" ? 1000 : 80; }
};
base::Result<NumberNode> ReadNumber(const base::json::value& value);

// A page of GET /{business-account-id}/phone_numbers.
struct NumberPage {
  std::vector<NumberNode> numbers;
  std::string after;  // the cursor of the next page; empty: it was the last
};
base::Result<NumberPage> ReadNumberPage(const base::json::object& body);

// Who the channel is. kInvalidFields when the number cannot be read.
base::Result<core::PairedReport> PairedOf(const NumberNode& number);
// Why the number cannot send, as the reason of a channel's state; empty: it can.
std::string_view TroubleOf(const NumberNode& number);

// ------------------------------------------------------------------------------------- block list

// The body of POST (blocks) and DELETE (unblocks) /{phone-number-id}/block_users, of one person.
base::json::object BlockBody(std::string_view phone);
// kInvalidState with Meta's reason: only people who wrote within a day can be blocked.
base::Result<void> ReadBlockAnswer(const base::json::object& body);

inline constexpr std::size_t kMaxBlockedOfPage = 1000;
struct BlockedPage {
  std::vector<std::string> phones;  // digits
  std::string after;                // as NumberPage::after
};
base::Result<BlockedPage> ReadBlockedPage(const base::json::object& body);

// ------------------------------------------------------------------------------------------ files

// What POST /{phone-number-id}/media is answered with: the file's id, good for 30 days.
base::Result<std::string> ReadUploadAnswer(const base::json::object& body);

// A resumable upload, as the picture of a profile comes by (Graph API, "Resumable Upload API"):
// what POST /{app-id}/uploads is answered with, to be put into a path as it stands ("upload:...");
// and what its bytes are answered with, a handle that other nodes take.
base::Result<std::string> ReadUploadSession(const base::json::object& body);
base::Result<std::string> ReadUploadHandle(const base::json::object& body);

// GET /{media-id}: where the bytes are for five minutes.
struct FileNode {
  std::string url, mime_type;
  std::string sha256;      // hex; empty: not told
  std::int64_t size = -1;  // -1: not told
};
base::Result<FileNode> ReadFileNode(const base::json::object& body);

// A digest as Meta writes it, hex or Base64, in hex; empty: it is none.
std::string DigestIn(std::string_view text);

}  // namespace parley::link::cloud::format
