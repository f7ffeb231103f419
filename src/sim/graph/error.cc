#include "sim/graph/error.h"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace parley::sim::graph {
namespace {

constexpr std::string_view kErrorPage =
    "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/";
constexpr std::size_t kTraceLength = 23;

struct ErrorRow {
  int code;
  int status;
  bool told_later;  // by a webhook of the message, as a rule
  std::string_view title;
  std::string_view details;  // when there is nothing better to say
};

constexpr auto kErrors = std::to_array<ErrorRow>({
    {0, 401, false, "AuthException", ""},
    {1, 400, false, "API Unknown", ""},
    {2, 503, false, "API Service", ""},
    {3, 500, false, "API Method", ""},
    {4, 400, false, "API Too Many Calls", ""},
    {10, 403, false, "Application does not have permission for this action", ""},
    {33, 400, false, "Parameter value is not valid", ""},
    {100, 400, false, "Invalid parameter", ""},
    {104, 401, false, "An access token is required to request this resource.", ""},
    {190, 401, false, "Invalid OAuth access token - Cannot parse access token", ""},
    {200, 403, false, "You do not have the necessary permissions", ""},
    {368, 403, false, "Temporarily blocked for policies violations", ""},
    {803, 404, false, "Some of the aliases you requested do not exist", ""},
    {2500, 400, false, "Unknown path components", ""},
    {2635, 400, false, "You are calling a version of the API that is not available", ""},
    {80007, 400, false, "Rate limit issues", ""},
    {130429, 400, false, "Rate limit hit",
     "Message failed to send because there were too many messages sent from this phone number in "
     "a short period of time"},
    {130472, 400, true, "User's number is part of an experiment",
     "Failed to send message because this user's phone number is part of an experiment"},
    {130497, 403, false, "Business account is restricted from messaging users in this country", ""},
    {131000, 500, false, "Something went wrong", ""},
    {131005, 403, false, "Access denied", ""},
    {131008, 400, false, "Required parameter is missing", ""},
    {131009, 400, false, "Parameter value is not valid", ""},
    {131016, 500, false, "Service unavailable", ""},
    {131021, 400, false, "Recipient cannot be sender",
     "Sender and recipient phone number is the same"},
    {131026, 400, true, "Message undeliverable", "Message Undeliverable."},
    {131031, 403, false, "Account has been locked", ""},
    {131037, 400, false, "Display name approval needed", ""},
    {131042, 400, true, "Business eligibility payment issue",
     "Message failed to send because there were one or more errors related to your payment method"},
    {131045, 500, false, "Incorrect certificate", ""},
    {131047, 400, true, "Re-engagement message",
     "Message failed to send because more than 24 hours have passed since the customer last "
     "replied to this number."},
    {131048, 400, true, "Spam rate limit hit", ""},
    {131049, 400, true, "This message was not delivered to maintain healthy ecosystem engagement.",
     "In order to maintain a healthy ecosystem engagement, the message failed to be delivered."},
    {131050, 400, true, "User has stopped marketing messages", ""},
    {131051, 400, false, "Unsupported message type", "Message type is currently not supported."},
    {131052, 400, true, "Media download error", ""},
    {131053, 400, true, "Media upload error", ""},
    {131056, 400, false, "(Business Account, Consumer Account) pair rate limit hit",
     "Message failed to send because there were too many messages sent from this phone number to "
     "the same phone number in a short period of time."},
    {131057, 500, false, "Account in maintenance mode", ""},
    {132000, 400, false, "Number of parameters does not match the expected number of params", ""},
    {132001, 404, false, "Template name does not exist in the translation", ""},
    {132005, 400, false, "Translated text too long", ""},
    {132007, 400, false, "Template content policy violated", ""},
    {132012, 400, false, "Parameter format does not match format in the created template", ""},
    {132015, 400, false, "Template is paused", ""},
    {132016, 400, false, "Template is disabled", ""},
    {133010, 400, false, "Account not registered", ""},
    {133016, 400, false, "Account register deregister rate limit exceeded", ""},
});

const ErrorRow& RowOf(int code) {
  const ErrorRow* otherwise = nullptr;
  for (const ErrorRow& row : kErrors) {
    if (row.code == code) return row;
    if (row.code == kSomethingWrong) otherwise = &row;
  }
  return *otherwise;
}

// The codes below are Graph's, the others WhatsApp's own, which say which product they are of.
constexpr int kFirstOfWhatsApp = 10'000;

std::string_view DetailsOf(const GraphError& error) {
  return error.details.empty() ? RowOf(error.code).details : std::string_view(error.details);
}

}  // namespace

void throw_exception_from_error(const GraphError& error, const boost::source_location& where) {
  std::fprintf(stderr, "fatal: value() of a failed Outcome (%d) at %s:%d\n", error.code,
               where.file_name(), static_cast<int>(where.line()));
  std::abort();
}

GraphError InvalidParameter(std::string sentence) {
  GraphError error{kInvalidParameter};
  error.message = "(#100) " + std::move(sentence);
  return error;
}

GraphError NoSuchObject(http::Method method, std::string_view id) {
  std::string verb(NameOf(method));
  for (char& c : verb) c = static_cast<char>(c | 0x20);
  GraphError error{kInvalidParameter};
  error.subcode = kNoSuchObject;
  error.message = fmt::format(
      "Unsupported {} request. Object with ID '{}' does not exist, cannot be loaded due to missing "
      "permissions, or does not support this operation. Please read the Graph API documentation at "
      "https://developers.facebook.com/docs/graph-api",
      verb, id);
  return error;
}

GraphError ErrorOfCode(std::string_view code, std::string_view text) {
  int number = 0;
  const auto [end, failed] = std::from_chars(code.data(), code.data() + code.size(), number);
  const bool is_number = failed == std::errc() && end == code.data() + code.size();
  GraphError error{is_number ? RowOf(number).code : kSomethingWrong};
  error.details = text;
  return error;
}

bool IsToldLater(int code) { return RowOf(code).told_later; }

http::Response ErrorResponse(const GraphError& error, base::Random& random) {
  const ErrorRow& row = RowOf(error.code);
  base::json::object inner;
  inner["message"] =
      error.message.empty() ? fmt::format("(#{}) {}", row.code, row.title) : error.message;
  inner["type"] = error.subcode == kNoSuchObject ? "GraphMethodException" : "OAuthException";
  inner["code"] = row.code;
  if (error.subcode != 0) inner["error_subcode"] = error.subcode;
  const std::string_view details = DetailsOf(error);
  if (row.code >= kFirstOfWhatsApp || !details.empty()) {
    base::json::object data;
    data["messaging_product"] = "whatsapp";
    data["details"] = base::JsonView(details.empty() ? row.title : details);
    inner["error_data"] = std::move(data);
  }
  inner["fbtrace_id"] = random.Token(kTraceLength);
  base::json::object body;
  body["error"] = std::move(inner);
  const int status = error.status != 0 ? error.status : row.status;
  return http::Response::Json(status, base::ToText(body));
}

base::json::object WebhookError(const GraphError& error) {
  const ErrorRow& row = RowOf(error.code);
  base::json::object item;
  item["code"] = row.code;
  item["title"] = base::JsonView(row.title);
  item["message"] = base::JsonView(row.title);
  const std::string_view details = DetailsOf(error);
  base::json::object data;
  data["details"] = base::JsonView(details.empty() ? row.title : details);
  item["error_data"] = std::move(data);
  item["href"] = base::JsonView(kErrorPage);
  return item;
}

}  // namespace parley::sim::graph
