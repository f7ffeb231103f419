#include "link/cloud/format/number.h"

#include <algorithm>

#include "base/encoding.h"
#include "core/addresses.h"
#include "link/cloud/format/errors.h"
#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

using base::MaxLength;
using base::Optional;
using base::json::object;
using Word = std::optional<std::string>;

constexpr std::size_t kMaxUploadText = 4096;
constexpr std::string_view kSessionHead = "upload:";

struct ThroughputIn {
  Word level;
  static constexpr auto Fields() {
    return base::FieldList(Optional("level", &ThroughputIn::level, MaxLength(kMaxMetaName)));
  }
};
struct NumberIn {
  std::string id;
  Word display, verified_name, quality, name_status, code_status, status, platform, mode, limit;
  std::optional<ThroughputIn> throughput;
  static constexpr auto Fields() {
    using N = NumberIn;
    return base::FieldList(
        base::Required("id", &N::id, base::MinLength(1), MaxLength(kMaxMetaId)),
        Optional("display_phone_number", &N::display, MaxLength(kMaxMetaId)),
        Optional("verified_name", &N::verified_name, MaxLength(kMaxMetaName)),
        Optional("quality_rating", &N::quality, MaxLength(kMaxMetaName)),
        Optional("throughput", &N::throughput),
        Optional("name_status", &N::name_status, MaxLength(kMaxMetaName)),
        Optional("code_verification_status", &N::code_status, MaxLength(kMaxMetaName)),
        Optional("status", &N::status, MaxLength(kMaxMetaName)),
        Optional("platform_type", &N::platform, MaxLength(kMaxMetaName)),
        Optional("account_mode", &N::mode, MaxLength(kMaxMetaName)),
        Optional("messaging_limit_tier", &N::limit, MaxLength(kMaxMetaName),
                 base::Alias("whatsapp_business_manager_messaging_limit")));
  }
};

// What a number's status says of its channel; the others can send.
constexpr struct {
  std::string_view status, reason;
} kNumberTroubles[] = {
    {"PENDING", "number_not_registered"},
    {"UNVERIFIED", "number_not_registered"},
    {"DELETED", "number_deleted"},
    {"MIGRATED", "number_deleted"},
    {"BANNED", "account_locked"},
    {"RESTRICTED", "account_locked"},
    {"DISCONNECTED", "number_not_registered"},
};

struct BlockedUserIn {
  Word input, wa_id;
  static constexpr auto Fields() {
    return base::FieldList(Optional("input", &BlockedUserIn::input, MaxLength(kMaxMetaId)),
                           Optional("wa_id", &BlockedUserIn::wa_id, MaxLength(kMaxMetaId)));
  }
};

struct UploadIn {
  std::string id;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("id", &UploadIn::id, base::MinLength(1), MaxLength(kMaxMetaId)));
  }
};
struct SessionIn {
  std::string id;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &SessionIn::id, MaxLength(kMaxUploadText)));
  }
};
struct HandleIn {
  std::string h;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("h", &HandleIn::h, base::MinLength(1), MaxLength(kMaxUploadText)));
  }
};
struct FileNodeIn {
  std::string url;
  Word mime_type, sha256;
  std::optional<std::int64_t> file_size;
  static constexpr auto Fields() {
    using F = FileNodeIn;
    return base::FieldList(
        base::Required("url", &F::url, base::MinLength(1), MaxLength(8192)),
        Optional("mime_type", &F::mime_type, MaxLength(kMaxMetaName)),
        Optional("sha256", &F::sha256, MaxLength(kMaxMetaId)),
        Optional("file_size", &F::file_size, base::Range(0, std::int64_t{1} << 40)));
  }
};

std::string Plain(const Word& word) { return Clean(word.value_or(""), kMaxMetaName); }

}  // namespace

base::Result<NumberNode> ReadNumber(const base::json::value& value) {
  PARLEY_TRY(given, ReadObject<NumberIn>(value));
  NumberNode number;
  number.id = Clean(given.id, kMaxMetaId);
  number.display_phone_number = Plain(given.display);
  if (const auto address = core::ParsePhone(number.display_phone_number))
    number.phone = address->value;
  number.verified_name = Plain(given.verified_name);
  number.quality_rating = Plain(given.quality);
  if (given.throughput) number.throughput = Plain(given.throughput->level);
  number.name_status = Plain(given.name_status);
  number.code_verification_status = Plain(given.code_status);
  number.status = Plain(given.status);
  number.platform_type = Plain(given.platform);
  number.account_mode = Plain(given.mode);
  number.messaging_limit = Plain(given.limit);
  return number;
}

base::Result<NumberPage> ReadNumberPage(const object& body) {
  const base::json::array* data = ListIn(body, "data");
  if (data == nullptr) return base::FieldError("data", "Required");
  if (data->size() > kMaxNumbersOfPage) return base::FieldError("data", "Too many items");
  NumberPage page;
  for (std::size_t i = 0; i < data->size(); ++i) {
    auto number = ReadNumber((*data)[i]);
    if (!number) return Under(PathOf("data", i), std::move(number).error());
    page.numbers.push_back(std::move(*number));
  }
  page.after = NextCursor(body);
  return page;
}

base::Result<core::PairedReport> PairedOf(const NumberNode& number) {
  if (number.phone.empty())
    return base::FieldError("display_phone_number", "Must be a phone number");
  core::PairedReport report;
  report.phone = number.phone;
  report.profile.push_name = number.verified_name;
  report.profile.is_business = true;
  return report;
}

std::string_view TroubleOf(const NumberNode& number) {
  for (const auto& row : kNumberTroubles)
    if (row.status == number.status) return row.reason;
  // A number that is set up and not registered for the Cloud API.
  if (number.platform_type == "NOT_APPLICABLE") return "number_not_registered";
  return "";
}

object BlockBody(std::string_view phone) {
  object user;
  user["user"] = base::JsonView("+" + std::string(phone));
  base::json::array users;
  users.emplace_back(std::move(user));
  object body;
  body["messaging_product"] = "whatsapp";
  body["block_users"] = std::move(users);
  return body;
}

base::Result<void> ReadBlockAnswer(const object& body) {
  const object* answer = ObjectIn(body, "block_users");
  if (answer == nullptr) return base::FieldError("block_users", "Required");
  if (const base::json::array* failed = ListIn(*answer, "failed_users");
      failed && !failed->empty()) {
    const object* user = (*failed)[0].if_object();
    const auto errors =
        user == nullptr ? std::vector<GraphError>() : ReadWebhookErrors(ListIn(*user, "errors"));
    const GraphError error = errors.empty() ? GraphError() : errors.front();
    return base::Error(base::ErrorCode::kInvalidState, error.Text(), error.Detail());
  }
  return {};
}

base::Result<BlockedPage> ReadBlockedPage(const object& body) {
  PARLEY_TRY(data, ReadList<BlockedUserIn>(base::Find(body, "data"), "data", kMaxBlockedOfPage));
  BlockedPage page;
  for (const BlockedUserIn& user : data)
    if (const auto phone = core::ParsePhone(user.wa_id.value_or("")))
      page.phones.push_back(phone->value);
  page.after = NextCursor(body);
  return page;
}

base::Result<std::string> ReadUploadAnswer(const object& body) {
  const base::json::value value(body);
  PARLEY_TRY(given, ReadObject<UploadIn>(value));
  return Clean(given.id, kMaxMetaId);
}

base::Result<std::string> ReadUploadSession(const object& body) {
  const base::json::value value(body);
  PARLEY_TRY(given, ReadObject<SessionIn>(value));
  // It becomes a part of an address.
  const bool is_plain = std::all_of(given.id.begin(), given.id.end(),
                                    [](char c) { return c > ' ' && c < 0x7F && c != '#'; });
  if (!given.id.starts_with(kSessionHead) || !is_plain)
    return base::FieldError("id", "Must be the session of an upload");
  return std::move(given.id);
}

base::Result<std::string> ReadUploadHandle(const object& body) {
  const base::json::value value(body);
  PARLEY_TRY(given, ReadObject<HandleIn>(value));
  return Clean(given.h);
}

base::Result<FileNode> ReadFileNode(const object& body) {
  const base::json::value value(body);
  PARLEY_TRY(given, ReadObject<FileNodeIn>(value));
  FileNode file;
  file.url = Clean(given.url);
  file.mime_type = Plain(given.mime_type);
  file.sha256 = DigestIn(given.sha256.value_or(""));
  file.size = given.file_size.value_or(-1);
  return file;
}

std::string DigestIn(std::string_view text) {
  constexpr std::size_t kDigest = 32;
  if (text.size() == 2 * kDigest)
    if (const auto bytes = base::FromHexText(text)) return base::ToHexText(*bytes);
  const auto bytes = base::FromBase64(text);
  return bytes && bytes->size() == kDigest ? base::ToHexText(*bytes) : "";
}

}  // namespace parley::link::cloud::format
