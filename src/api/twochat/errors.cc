#include "api/twochat/errors.h"

#include <array>

#include "base/json.h"
#include "http/retry_after.h"

namespace parley::api::twochat {
namespace {

using base::ErrorCode;

struct Mapping {
  ErrorCode code;
  int status;
};

// From the core's codes to 2Chat's statuses, in the order of the enum. 406 = the resource does not
// support it, 409 = number booting, 422 = malformed number or invalid request.
constexpr auto kMappings = std::to_array<Mapping>({
    {ErrorCode::kMalformedBody, 400},
    {ErrorCode::kInvalidFields, 422},
    {ErrorCode::kUnauthenticated, 401},
    {ErrorCode::kPaymentRequired, 402},
    {ErrorCode::kAccountBlocked, 403},
    {ErrorCode::kForbidden, 403},
    {ErrorCode::kNotFound, 404},
    {ErrorCode::kMethodNotAllowed, 405},
    {ErrorCode::kUnsupportedMediaType, 415},
    {ErrorCode::kBodyTooLarge, 413},
    {ErrorCode::kInvalidState, 409},
    {ErrorCode::kAlreadyExists, 409},
    {ErrorCode::kIdempotencyConflict, 409},
    {ErrorCode::kRateLimited, 429},
    {ErrorCode::kOverloaded, 503},
    {ErrorCode::kUnavailable, 503},
    {ErrorCode::kTimeout, 504},
    {ErrorCode::kInternal, 500},
    {ErrorCode::kWindowClosed, 409},
    {ErrorCode::kNotSupported, 406},
    {ErrorCode::kNotOnNetwork, 422},
    {ErrorCode::kChannelNotConnected, 409},
    {ErrorCode::kMediaUnreachable, 422},
    {ErrorCode::kMediaTooLarge, 422},
    {ErrorCode::kMediaEmpty, 422},
    {ErrorCode::kMediaWrongType, 422},
    {ErrorCode::kAddressRefused, 422},
    {ErrorCode::kCursorExpired, 410},
    {ErrorCode::kGone, 410},
});
static_assert(kMappings.size() == base::kErrorKinds.size());
static_assert([] {
  for (std::size_t i = 0; i < kMappings.size(); ++i)
    if (static_cast<std::size_t>(kMappings[i].code) != i) return false;
  return true;
}());

// The sentence with every fault in it: "Validation failed. from_number: Required. text: ...".
std::string TextOf(const base::Error& error) {
  std::string text(error.public_text());
  for (const base::FieldFault& fault : error.faults) text += ". " + fault.path + ": " + fault.text;
  return text;
}

}  // namespace

http::Response EncodeError(const base::Error& error) {
  const std::string text = TextOf(error);
  base::json::object body;
  body["success"] = false;
  body["error"] = true;
  for (const char* name : {"error_message", "message", "detail"}) body[name] = base::JsonView(text);
  if (!error.faults.empty()) {
    base::json::array faults;
    for (const base::FieldFault& fault : error.faults) {
      base::json::object item;
      item["field"] = base::JsonView(fault.path);
      item["message"] = base::JsonView(fault.text);
      faults.push_back(std::move(item));
    }
    body["errors"] = std::move(faults);
  }
  http::Response response = http::Response::Json(
      kMappings[static_cast<std::size_t>(error.code)].status, base::ToText(body));
  http::AddRetryAfter(error, response.headers);
  return response;
}

}  // namespace parley::api::twochat
