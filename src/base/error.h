// What went wrong, as a value: the closed list of error codes and the Error that carries one.
//
// A code exists only where some caller acts differently on it. `text` may be shown to the outside;
// `detail` is for the log alone and may name paths, SQL or hosts. Each dialect has one table from
// ErrorCode to its own HTTP status and body (api/*/errors.cc).
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::base {

enum class ErrorCode : std::uint8_t {
  kMalformedBody,         // not JSON / form / multipart at all; text names the position
  kInvalidFields,         // one or more faults, all listed in Error::faults
  kUnauthenticated,       // no key, a wrong key, or a revoked one
  kPaymentRequired,       // trial or plan has expired
  kAccountBlocked,        // blocked by the operator; text is the reason
  kForbidden,             // a known caller who may not do this
  kNotFound,              // unknown, or belongs to somebody else: the two are not told apart
  kMethodNotAllowed,      // the path exists, the method does not
  kUnsupportedMediaType,  // Content-Type that the route does not take
  kBodyTooLarge,          // request body over the route's limit
  kInvalidState,          // the thing exists but cannot do this now
  kAlreadyExists,         // a unique value is taken
  kIdempotencyConflict,   // same Idempotency-Key, different request
  kRateLimited,           // Error::retry_after says when
  kOverloaded,            // a bounded queue is full; try again shortly
  kUnavailable,           // storage or another part of Parley cannot serve now
  kTimeout,               // no answer in time from the other side
  kInternal,              // a bug of ours
  kWindowClosed,          // the 24-hour customer-service window is shut
  kNotSupported,          // the channel's link cannot do this (Capabilities)
  kNotOnNetwork,          // the number has no WhatsApp account
  kChannelNotConnected,   // needs a live connection
  kMediaUnreachable,      // the source URL could not be fetched
  kMediaTooLarge,         // over the limit for its kind
  kMediaEmpty,            // zero bytes
  kMediaWrongType,        // the bytes are not what was declared or what the kind takes
  kAddressRefused,        // URL resolves into a network that is not allowed
  kCursorExpired,         // older than what retention kept; text names the oldest position
  kGone,                  // was here and ended for good
};

struct ErrorKind {
  ErrorCode code;
  std::string_view name;  // stable, snake_case; used in logs, metrics and the admin API
  std::string_view text;  // default public text
  bool retryable;         // the same request may succeed later without a change
};

// The one table, in the order of the enum.
inline constexpr auto kErrorKinds = std::to_array<ErrorKind>({
    {ErrorCode::kMalformedBody, "malformed_body", "The body could not be parsed", false},
    {ErrorCode::kInvalidFields, "invalid_fields", "Validation failed", false},
    {ErrorCode::kUnauthenticated, "unauthenticated", "Missing or invalid API key", false},
    {ErrorCode::kPaymentRequired, "payment_required", "The account has expired", false},
    {ErrorCode::kAccountBlocked, "account_blocked", "The account is blocked", false},
    {ErrorCode::kForbidden, "forbidden", "Not allowed with this key", false},
    {ErrorCode::kNotFound, "not_found", "Not found", false},
    {ErrorCode::kMethodNotAllowed, "method_not_allowed", "Method not allowed", false},
    {ErrorCode::kUnsupportedMediaType, "unsupported_media_type", "Unsupported content type", false},
    {ErrorCode::kBodyTooLarge, "body_too_large", "The request body is too large", false},
    {ErrorCode::kInvalidState, "invalid_state", "Not possible in the current state", false},
    {ErrorCode::kAlreadyExists, "already_exists", "Already exists", false},
    {ErrorCode::kIdempotencyConflict, "idempotency_conflict",
     "The Idempotency-Key was used with a different request", false},
    {ErrorCode::kRateLimited, "rate_limited", "Rate limit exceeded", true},
    {ErrorCode::kOverloaded, "overloaded", "Too many requests at the moment, try again", true},
    {ErrorCode::kUnavailable, "unavailable", "Temporarily unavailable, try again", true},
    {ErrorCode::kTimeout, "timeout", "No answer in time", true},
    {ErrorCode::kInternal, "internal", "Internal error", true},
    {ErrorCode::kWindowClosed, "window_closed", "The 24-hour conversation window is closed", false},
    {ErrorCode::kNotSupported, "not_supported", "This channel cannot do that", false},
    {ErrorCode::kNotOnNetwork, "not_on_network", "The number is not on WhatsApp", false},
    {ErrorCode::kChannelNotConnected, "channel_not_connected", "The channel is not connected",
     true},
    {ErrorCode::kMediaUnreachable, "media_unreachable", "The media URL could not be fetched", true},
    {ErrorCode::kMediaTooLarge, "media_too_large", "The media is too large", false},
    {ErrorCode::kMediaEmpty, "media_empty", "The media is empty", false},
    {ErrorCode::kMediaWrongType, "media_wrong_type", "The media has the wrong type", false},
    {ErrorCode::kAddressRefused, "address_refused", "The URL's address is not allowed", false},
    {ErrorCode::kCursorExpired, "cursor_expired", "The cursor is older than what is kept", false},
    {ErrorCode::kGone, "gone", "No longer available", false},
});
static_assert(kErrorKinds.size() == static_cast<std::size_t>(ErrorCode::kGone) + 1);
static_assert([] {
  for (std::size_t i = 0; i < kErrorKinds.size(); ++i)
    if (static_cast<std::size_t>(kErrorKinds[i].code) != i) return false;
  return true;
}());

constexpr const ErrorKind& KindOf(ErrorCode code) {
  return kErrorKinds[static_cast<std::size_t>(code)];
}

// Whether the very same call may succeed shortly: a queue was full, a disk or a peer was not there.
// What fails for another reason is not worth a loop.
constexpr bool IsTransient(ErrorCode code) {
  return code == ErrorCode::kOverloaded || code == ErrorCode::kUnavailable ||
         code == ErrorCode::kTimeout;
}

// One faulty field of a request: `path` is dotted with [n] for list items ("media.url",
// "options[2]"), `text` is a public sentence.
struct FieldFault {
  std::string path;
  std::string text;
  bool operator==(const FieldFault&) const = default;
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string text;    // public; empty means the code's default text
  std::string detail;  // log only
  std::vector<FieldFault> faults;
  std::optional<std::chrono::seconds> retry_after;

  Error() = default;
  Error(ErrorCode code) : code(code) {}  // NOLINT: a bare code is an error with its default text
  Error(ErrorCode code, std::string text, std::string detail = {})
      : code(code), text(std::move(text)), detail(std::move(detail)) {}

  // Adds the other's faults, so that all faulty fields are reported together. Both kInvalidFields.
  void Absorb(const Error& other) {
    faults.insert(faults.end(), other.faults.begin(), other.faults.end());
  }

  std::string_view public_text() const {
    return text.empty() ? KindOf(code).text : std::string_view(text);
  }
};

// The error with faults of one path told under another: a dialect's name for a core field.
inline Error RenameFault(Error error, std::string_view from, std::string_view to) {
  for (FieldFault& fault : error.faults)
    if (fault.path == from) fault.path = to;
  return error;
}

// An Error of kInvalidFields with one fault.
inline Error FieldError(std::string path, std::string text) {
  Error error(ErrorCode::kInvalidFields);
  error.faults.push_back(FieldFault{std::move(path), std::move(text)});
  return error;
}

}  // namespace parley::base
