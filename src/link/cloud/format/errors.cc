#include "link/cloud/format/errors.h"

#include <fmt/format.h>

#include "base/fields.h"
#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

using base::ErrorCode;
using Kind = core::SendRefused::Kind;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr std::size_t kMaxErrorText = 1000;

// What an answer says that has an HTTP status of its own, when the code says too little.
enum class Basis { kCode, kStatus };

struct ErrorRule {
  std::int64_t first, last;
  ErrorMeaning meaning;
  Basis basis = Basis::kCode;
};

constexpr ErrorMeaning Permanent(ErrorCode code, std::string_view reason = "") {
  return {Kind::kPermanent, reason.empty() ? ErrorScope::kMessage : ErrorScope::kChannel,
          base::Duration(0), code, reason};
}
constexpr ErrorMeaning Later(ErrorScope scope, base::Duration pause, ErrorCode code,
                             std::string_view reason = "") {
  return {Kind::kRetryable, scope, pause, code, reason};
}

// A message that met no valid token was not taken: it waits for the token. One that an account was
// locked over is refused for good, as it would come weeks later otherwise.
constexpr ErrorMeaning kBadToken =
    Later(ErrorScope::kChannel, minutes(1), ErrorCode::kChannelNotConnected, "token_invalid");
constexpr ErrorMeaning kNoPermission =
    Later(ErrorScope::kChannel, minutes(1), ErrorCode::kInvalidState, "permission_missing");
constexpr ErrorMeaning kLocked = Permanent(ErrorCode::kInvalidState, "account_locked");
constexpr ErrorMeaning kUnregistered =
    Permanent(ErrorCode::kChannelNotConnected, "number_not_registered");
constexpr ErrorMeaning kServerFailed = {Kind::kAmbiguous, ErrorScope::kMessage, seconds(30),
                                        ErrorCode::kUnavailable, ""};

// In the order of Meta's page; its own words for each code are in the comment.
constexpr ErrorRule kErrorRules[] = {
    // Authorization
    {0, 0, kBadToken},                // AuthException: token expired or invalidated
    {3, 3, kNoPermission},            // API Method: capability or permissions issue
    {10, 10, kNoPermission},          // Permission denied
    {102, 102, kBadToken},            // Graph's own: session key invalid
    {190, 190, kBadToken},            // Access token has expired
    {200, 299, kNoPermission},        // API permission
    {131005, 131005, kNoPermission},  // Access denied
    // Throttling
    {4, 4, Later(ErrorScope::kChannel, minutes(5), ErrorCode::kRateLimited)},  // API too many calls
    {80007, 80008,
     Later(ErrorScope::kChannel, minutes(5), ErrorCode::kRateLimited)},  // WABA's limit
    {130429, 130429,
     Later(ErrorScope::kChannel, seconds(1), ErrorCode::kRateLimited)},  // throughput
    {131048, 131048, Permanent(ErrorCode::kRateLimited)},  // Spam rate limit: quality is too low
    // Pair rate limit: "Throughput", one message in 6 seconds to the same number.
    {131056, 131056, Later(ErrorScope::kRecipient, seconds(6), ErrorCode::kRateLimited)},
    {131064, 131064, Permanent(ErrorCode::kRateLimited)},  // the portfolio's messaging limit
    {133016, 133016, Permanent(ErrorCode::kRateLimited)},  // registered too often
    // Integrity
    {368, 368, kLocked},  // Temporarily blocked for policies violations
    {130497, 130497, Permanent(ErrorCode::kInvalidState)},  // restricted in this country
    {131031, 131031, kLocked},                              // Account has been locked
    // Other
    {1, 1, kServerFailed, Basis::kStatus},  // API unknown: invalid request or server error
    {2, 2, kServerFailed, Basis::kStatus},  // API service: downtime or overload
    {33, 33, Permanent(ErrorCode::kNotFound, "number_deleted")},  // the number has been deleted
    {100, 100, Permanent(ErrorCode::kInvalidFields)},             // Invalid parameter
    {130472, 130472, Permanent(ErrorCode::kInvalidState)},        // part of an experiment
    {131000, 131000, kServerFailed, Basis::kStatus},              // Something went wrong
    {131008, 131009, Permanent(ErrorCode::kInvalidFields)},       // parameter missing, not valid
    {131016, 131016, kServerFailed, Basis::kStatus},              // Service unavailable
    {131021, 131021, Permanent(ErrorCode::kInvalidFields)},       // Recipient cannot be sender
    {131026, 131026, Permanent(ErrorCode::kNotOnNetwork)},        // Message undeliverable
    {131030, 131030, Permanent(ErrorCode::kInvalidState)},        // not in the test number's list
    {131037, 131037, Permanent(ErrorCode::kInvalidState)},        // display name not approved
    // Payment issue: of what is billed; answers within the window go on.
    {131042, 131042, Permanent(ErrorCode::kInvalidState)},
    {131045, 131045, kUnregistered},                            // Incorrect certificate
    {131047, 131047, Permanent(ErrorCode::kWindowClosed)},      // Re-engagement message
    {131049, 131050, Permanent(ErrorCode::kInvalidState)},      // chose not to deliver; stopped
    {131051, 131051, Permanent(ErrorCode::kNotSupported)},      // Unsupported message type
    {131052, 131053, Permanent(ErrorCode::kMediaUnreachable)},  // Media download, upload error
    {131057, 131057,
     Later(ErrorScope::kChannel, minutes(1), ErrorCode::kUnavailable)},  // maintenance
    {132000, 132000, Permanent(ErrorCode::kInvalidFields)},  // template: parameter count
    {132001, 132001, Permanent(ErrorCode::kNotFound)},       // template does not exist
    {132005, 132012, Permanent(ErrorCode::kInvalidFields)},  // too long, policy, format
    {132015, 132016, Permanent(ErrorCode::kInvalidState)},   // paused, disabled
    {132068, 132069, Permanent(ErrorCode::kInvalidState)},   // flow blocked, throttled
    {133000, 133010, kUnregistered},                         // registration; 133010: not registered
    {133015, 133015, kUnregistered},                         // deleted lately
    {135000, 135000, Permanent(ErrorCode::kInvalidFields)},  // Generic user error
};

// Subcodes of 100 that say more. Source: "Template management", error codes.
constexpr std::int64_t kInvalidParameter = 100;
constexpr struct {
  std::int64_t subcode;
  ErrorMeaning meaning;
} kSubcodeRules[] = {
    // "Object with ID ... does not exist, cannot be loaded due to missing permissions".
    {33, Permanent(ErrorCode::kNotFound)},
    {2388023, Permanent(ErrorCode::kInvalidState)},   // the language is being deleted
    {2388024, Permanent(ErrorCode::kAlreadyExists)},  // content in this language exists
    {2593002, Permanent(ErrorCode::kNotFound)},       // the template does not exist
};

// What is not in the table, and what only the status decides. 503 and 429 are refusals; any other
// failure of a server can be one in the middle of the work.
ErrorMeaning ByStatus(int http_status) {
  if (http_status == 429) return Later(ErrorScope::kChannel, seconds(30), ErrorCode::kRateLimited);
  if (http_status == 503) return Later(ErrorScope::kChannel, seconds(30), ErrorCode::kUnavailable);
  if (http_status == 401) return kBadToken;
  if (http_status >= 500) return kServerFailed;
  return Permanent(ErrorCode::kInvalidFields);
}

// Whatever of it is text or a number; the rest is not worth an error about an error.
std::string ErrorTextIn(const base::json::object& object, std::string_view name) {
  return Clean(base::FindText(object, name), kMaxErrorText);
}

std::int64_t ErrorNumberIn(const base::json::object& object, std::string_view name,
                           std::int64_t otherwise) {
  const base::json::value* value = base::Find(object, name);
  if (value == nullptr) return otherwise;
  if (const std::int64_t* number = value->if_int64()) return *number;
  return otherwise;
}

GraphError ReadError(const base::json::object& object) {
  GraphError error;
  error.code = ErrorNumberIn(object, "code", -1);
  error.subcode = ErrorNumberIn(object, "error_subcode", 0);
  error.type = ErrorTextIn(object, "type");
  error.message = ErrorTextIn(object, "message");
  error.title = ErrorTextIn(object, "title");
  error.user_title = ErrorTextIn(object, "error_user_title");
  error.user_text = ErrorTextIn(object, "error_user_msg");
  error.fbtrace_id = ErrorTextIn(object, "fbtrace_id");
  if (const base::json::object* data = ObjectIn(object, "error_data"))
    error.details = ErrorTextIn(*data, "details");
  else
    error.details =
        ErrorTextIn(object, "error_data");  // COMPAT: template management sends a sentence
  const base::json::value* transient = base::Find(object, "is_transient");
  error.is_transient = transient != nullptr && transient->is_bool() && transient->get_bool();
  return error;
}

}  // namespace

std::string GraphError::Text() const {
  for (const std::string* text : {&details, &user_text, &message, &title})
    if (!text->empty()) return *text;
  return http_status > 0 ? fmt::format("Meta answered with status {}", http_status)
                         : "Meta gave no reason";
}

std::string GraphError::Detail() const {
  std::string text = fmt::format("status {}, code {}", http_status, code);
  if (subcode != 0) text += fmt::format(", subcode {}", subcode);
  if (!type.empty()) text += ", " + type;
  if (!fbtrace_id.empty()) text += ", fbtrace_id " + fbtrace_id;
  return text;
}

GraphError ReadGraphError(int http_status, const base::json::object& body) {
  const base::json::object* object = ObjectIn(body, "error");
  GraphError error = object == nullptr ? GraphError() : ReadError(*object);
  error.http_status = http_status;
  return error;
}

GraphError ReadWebhookError(const base::json::value& value) {
  const base::json::object* object = value.if_object();
  return object == nullptr ? GraphError() : ReadError(*object);
}

std::vector<GraphError> ReadWebhookErrors(const base::json::array* errors) {
  std::vector<GraphError> read;
  if (errors == nullptr) return read;
  for (const base::json::value& error : *errors)
    if (read.size() < kMaxErrorsRead) read.push_back(ReadWebhookError(error));
  return read;
}

ErrorMeaning MeaningOf(const GraphError& error) {
  if (error.code == kInvalidParameter)
    for (const auto& rule : kSubcodeRules)
      if (rule.subcode == error.subcode) return rule.meaning;
  for (const ErrorRule& rule : kErrorRules)
    if (error.code >= rule.first && error.code <= rule.last)
      return rule.basis == Basis::kStatus && error.http_status > 0 ? ByStatus(error.http_status)
                                                                   : rule.meaning;
  return ByStatus(error.http_status);
}

core::Failure FailureOf(const GraphError& error) {
  core::Failure failure;
  failure.code =
      error.code >= 0 ? std::to_string(error.code) : fmt::format("http_{}", error.http_status);
  failure.text = error.Text();
  return failure;
}

core::SendRefused RefusalOf(const GraphError& error, std::optional<base::Duration> retry_after) {
  const ErrorMeaning meaning = MeaningOf(error);
  core::SendRefused refused;
  refused.kind = meaning.kind;
  refused.failure = FailureOf(error);
  if (meaning.kind == Kind::kRetryable)
    refused.retry_after = std::max(meaning.pause, retry_after.value_or(base::Duration(0)));
  return refused;
}

base::Error ErrorOf(const GraphError& error) {
  const ErrorMeaning meaning = MeaningOf(error);
  base::Error told(meaning.code, error.Text(), error.Detail());
  if (meaning.pause.count() > 0)
    told.retry_after = std::chrono::ceil<std::chrono::seconds>(meaning.pause);
  return told;
}

}  // namespace parley::link::cloud::format
