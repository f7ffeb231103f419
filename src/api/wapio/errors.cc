#include "api/wapio/errors.h"

#include <array>

#include "base/json.h"
#include "http/retry_after.h"

namespace parley::api::wapio {
namespace {

using base::ErrorCode;

struct Mapping {
  ErrorCode code;
  int status;
  std::string_view reason_code;
};

// From the core's codes to Wapio's, in the order of the enum. Sources: the collection
// (validation_error, rate_limited), the PHP SDK; the other reason codes are ours.
constexpr auto kMappings = std::to_array<Mapping>({
    {ErrorCode::kMalformedBody, 400, "malformed_json"},
    {ErrorCode::kInvalidFields, 422, "validation_error"},
    {ErrorCode::kUnauthenticated, 401, "unauthenticated"},
    {ErrorCode::kPaymentRequired, 402, "payment_required"},
    {ErrorCode::kAccountBlocked, 403, "account_blocked"},
    {ErrorCode::kForbidden, 403, "forbidden"},
    {ErrorCode::kNotFound, 404, "not_found"},
    {ErrorCode::kMethodNotAllowed, 405, "method_not_allowed"},
    {ErrorCode::kUnsupportedMediaType, 415, "unsupported_media_type"},
    {ErrorCode::kBodyTooLarge, 413, "payload_too_large"},
    {ErrorCode::kInvalidState, 409, "invalid_state"},
    {ErrorCode::kAlreadyExists, 409, "already_exists"},
    {ErrorCode::kIdempotencyConflict, 409, "idempotency_conflict"},
    {ErrorCode::kRateLimited, 429, "rate_limited"},
    {ErrorCode::kOverloaded, 503, "overloaded"},
    {ErrorCode::kUnavailable, 503, "unavailable"},
    {ErrorCode::kTimeout, 504, "timeout"},
    {ErrorCode::kInternal, 500, "internal_error"},
    {ErrorCode::kWindowClosed, 409, "window_closed"},
    {ErrorCode::kNotSupported, 422, "not_supported"},
    {ErrorCode::kNotOnNetwork, 422, "not_on_whatsapp"},
    {ErrorCode::kChannelNotConnected, 409, "session_not_connected"},
    {ErrorCode::kMediaUnreachable, 422, "media_unreachable"},
    {ErrorCode::kMediaTooLarge, 422, "media_too_large"},
    {ErrorCode::kMediaEmpty, 422, "media_empty"},
    {ErrorCode::kMediaWrongType, 422, "media_wrong_type"},
    {ErrorCode::kAddressRefused, 422, "url_not_allowed"},
    {ErrorCode::kCursorExpired, 410, "cursor_expired"},
    {ErrorCode::kGone, 410, "gone"},
});
static_assert(kMappings.size() == base::kErrorKinds.size());
static_assert([] {
  for (std::size_t i = 0; i < kMappings.size(); ++i)
    if (static_cast<std::size_t>(kMappings[i].code) != i) return false;
  return true;
}());

// COMPAT: the PHP SDK's fixtures have this word where the message, and no field, says what is
// wrong.
constexpr std::string_view kNoField = "validation_failed";

// field -> list of sentences
base::json::object FaultsOf(const base::Error& error) {
  base::json::object faults;
  for (const base::FieldFault& fault : error.faults) {
    base::json::value& list = faults[base::JsonView(fault.path)];
    if (!list.is_array()) list = base::json::array();
    list.get_array().push_back(base::json::string(base::JsonView(fault.text)));
  }
  return faults;
}

}  // namespace

http::Response EncodeError(const base::Error& error) {
  const Mapping& mapping = kMappings[static_cast<std::size_t>(error.code)];
  base::json::object body;
  body["success"] = false;
  body["message"] = base::JsonView(error.public_text());
  const bool no_field = error.code == ErrorCode::kInvalidFields && error.faults.empty();
  body["reason_code"] = base::JsonView(no_field ? kNoField : mapping.reason_code);
  if (!error.faults.empty()) body["errors"] = FaultsOf(error);
  http::Response response = http::Response::Json(mapping.status, base::ToText(body));
  http::AddRetryAfter(error, response.headers);
  return response;
}

}  // namespace parley::api::wapio
