#include "api/onemsg/errors.h"

#include <array>

#include "base/json.h"
#include "http/retry_after.h"

namespace parley::api::onemsg {
namespace {

using base::ErrorCode;

enum class Body { kJson, kText };

struct Mapping {
  ErrorCode code;
  int status;
  std::string_view text;  // 1MSG's words; empty: ours
  Body body = Body::kJson;
};

// From the core's codes to 1MSG's, in the order of the enum. Sources: the documentation (400, 401,
// 429, 500), the vendor's node and its tests (window, plain text for the subscription).
constexpr auto kMappings = std::to_array<Mapping>({
    {ErrorCode::kMalformedBody, 400, ""},
    {ErrorCode::kInvalidFields, 400, ""},
    {ErrorCode::kUnauthenticated, 401, ""},
    {ErrorCode::kPaymentRequired, 403, "Your subscription has expired", Body::kText},
    {ErrorCode::kAccountBlocked, 403, "", Body::kText},
    {ErrorCode::kForbidden, 403, ""},
    {ErrorCode::kNotFound, 404, ""},
    {ErrorCode::kMethodNotAllowed, 405, ""},
    {ErrorCode::kUnsupportedMediaType, 415, ""},
    {ErrorCode::kBodyTooLarge, 413, ""},
    {ErrorCode::kInvalidState, 409, ""},
    {ErrorCode::kAlreadyExists, 409, ""},
    {ErrorCode::kIdempotencyConflict, 409, ""},
    {ErrorCode::kRateLimited, 429, "rate limit exceeded"},
    {ErrorCode::kOverloaded, 503, ""},
    {ErrorCode::kUnavailable, 503, ""},
    {ErrorCode::kTimeout, 504, ""},
    {ErrorCode::kInternal, 500, ""},
    {ErrorCode::kWindowClosed, 400, "Dialog window is closed"},
    {ErrorCode::kNotSupported, 400, ""},
    {ErrorCode::kNotOnNetwork, 400, ""},
    {ErrorCode::kChannelNotConnected, 409, ""},
    {ErrorCode::kMediaUnreachable, 400, ""},
    {ErrorCode::kMediaTooLarge, 400, ""},
    {ErrorCode::kMediaEmpty, 400, ""},
    {ErrorCode::kMediaWrongType, 400, ""},
    {ErrorCode::kAddressRefused, 400, ""},
    {ErrorCode::kCursorExpired, 410, ""},
    {ErrorCode::kGone, 410, ""},
});
static_assert(kMappings.size() == base::kErrorKinds.size());
static_assert([] {
  for (std::size_t i = 0; i < kMappings.size(); ++i)
    if (static_cast<std::size_t>(kMappings[i].code) != i) return false;
  return true;
}());

// The sentence with every fault in it: "Validation failed. body: Required. phone: ...".
std::string TextOf(const base::Error& error, const Mapping& mapping) {
  std::string text(mapping.text.empty() ? error.public_text() : mapping.text);
  // Clients look for the vendor's words.
  if (error.code == ErrorCode::kRateLimited && !error.text.empty()) text += ": " + error.text;
  for (const base::FieldFault& fault : error.faults) text += ". " + fault.path + ": " + fault.text;
  return text;
}

}  // namespace

http::Response EncodeError(const base::Error& error, ErrorShape shape) {
  const Mapping& mapping = kMappings[static_cast<std::size_t>(error.code)];
  const std::string text = TextOf(error, mapping);
  if (mapping.body == Body::kText) return http::Response::Text(mapping.status, text);
  base::json::object body;
  if (shape == ErrorShape::kSend) {
    body["sent"] = false;
    body["message"] = base::JsonView(text);
  } else {
    body["error"] = base::JsonView(text);
    if (error.code == ErrorCode::kRateLimited) body["message"] = base::JsonView(text);
  }
  http::Response response = http::Response::Json(mapping.status, base::ToText(body));
  http::AddRetryAfter(error, response.headers);
  return response;
}

}  // namespace parley::api::onemsg
