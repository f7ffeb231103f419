// Errors of Meta's Graph API: reading them, and what each means for a message, a request and the
// channel.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Error codes"
// (/documentation/business-messaging/whatsapp/support/error-codes) and Graph API, "Handling
// errors". The table is in errors.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/channels/link.h"

namespace parley::link::cloud::format {

// One error, of an answer ("error" in its body) or of a webhook ("errors" of a status, a message or
// the whole). Texts are cut; what is absent is empty.
struct GraphError {
  int http_status = 0;     // 0: it came in a webhook
  std::int64_t code = -1;  // -1: the answer was no error of Graph's
  std::int64_t subcode = 0;
  std::string type;     // OAuthException, ...
  std::string message;  // "(#131030) Recipient phone number not in allowed list"
  std::string title;    // of a webhook
  std::string details;  // error_data.details: the sentence that says what is wrong
  std::string user_title, user_text;
  std::string fbtrace_id;
  bool is_transient = false;

  // The best sentence there is for people.
  std::string Text() const;
  // For the log: status, code, subcode, type and trace. Nothing of the message.
  std::string Detail() const;
};

// Never fails: an answer without an error object is one with code -1.
GraphError ReadGraphError(int http_status, const base::json::object& body);
// An element of `errors` in a webhook.
GraphError ReadWebhookError(const base::json::value& value);
inline constexpr std::size_t kMaxErrorsRead = 16;
std::vector<GraphError> ReadWebhookErrors(const base::json::array* errors);

// Whom an error is about: the message (or request) alone, everything to that recipient, or
// everything that the channel does.
enum class ErrorScope { kMessage, kRecipient, kChannel };

struct ErrorMeaning {
  // Of a message that was refused with it. kAmbiguous where Meta's server failed in the middle, so
  // that nobody knows whether it has the message; a status may still tell.
  core::SendRefused::Kind kind = core::SendRefused::Kind::kPermanent;
  ErrorScope scope = ErrorScope::kMessage;
  // How long to wait before the next try, of what is retryable: at least that.
  base::Duration pause{0};
  // Of a request: what its caller is told.
  base::ErrorCode code = base::ErrorCode::kUnavailable;
  // What the channel's state becomes the reason of (core::StateReport), as it cannot work until
  // somebody acts; empty: nothing.
  std::string_view state_reason;
};
ErrorMeaning MeaningOf(const GraphError& error);

core::Failure FailureOf(const GraphError& error);
// `retry_after`: what the answer's header said, if it did.
core::SendRefused RefusalOf(const GraphError& error,
                            std::optional<base::Duration> retry_after = std::nullopt);
// Of a request that is no message. Its detail is GraphError::Detail.
base::Error ErrorOf(const GraphError& error);

}  // namespace parley::link::cloud::format
