#include "admin/errors.h"

#include <array>

#include "admin/schema.h"

namespace parley::admin {
namespace {

using base::ErrorCode;

struct Mapping {
  ErrorCode code;
  int status;
};

// From the core's codes to HTTP statuses, in the order of the enum.
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
    {ErrorCode::kNotSupported, 422},
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

}  // namespace

std::string ErrorText(const base::Error& error) {
  ErrorReply reply;
  reply.error.code = base::KindOf(error.code).name;
  reply.error.message = error.public_text();
  for (const base::FieldFault& fault : error.faults)
    reply.error.faults.push_back(Fault{fault.path, fault.text});
  return base::EncodeText(reply);
}

http::Response EncodeError(const base::Error& error) {
  http::Response response = http::Response::Json(
      kMappings[static_cast<std::size_t>(error.code)].status, ErrorText(error));
  if (error.code == ErrorCode::kUnauthenticated) response.headers.Set("WWW-Authenticate", "Bearer");
  if (error.retry_after)
    response.headers.Set("Retry-After", std::to_string(error.retry_after->count()));
  return response;
}

http::Response EncodeError(int status, std::string code, std::string message) {
  ErrorReply reply;
  reply.error.code = std::move(code);
  reply.error.message = std::move(message);
  return http::Response::Json(status, base::EncodeText(reply));
}

}  // namespace parley::admin
