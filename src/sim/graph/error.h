// Errors as Meta's Graph answers them, and as its webhooks report them of a message:
//   {"error": {"message": "(#131009) Parameter value is not valid", "type": "OAuthException",
//              "code": 131009, "error_data": {"messaging_product": "whatsapp", "details": "..."},
//              "fbtrace_id": "..."}}
// Codes, titles and HTTP statuses: developers.facebook.com/docs/whatsapp/cloud-api/support/
// error-codes, which are one table in error.cc.
#pragma once

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/random.h"
#include "http/message.h"

namespace parley::sim::graph {

// The codes that this folder names itself; the table has more, for fault rules.
inline constexpr int kServiceTrouble = 2, kPermissionDenied = 10, kInvalidParameter = 100,
                     kNoSuchObject = 33,  // a subcode of 100
    kNoToken = 104, kBadToken = 190, kNoPermission = 200, kBlockedForPolicy = 368,
                     kUnknownPath = 2500, kRateLimitHit = 130429, kSomethingWrong = 131000,
                     kMissingParameter = 131008, kInvalidValue = 131009,
                     kServiceUnavailable = 131016, kSelfRecipient = 131021, kUndeliverable = 131026,
                     kAccountLocked = 131031, kReEngagement = 131047, kUnsupportedKind = 131051,
                     kMediaDownload = 131052, kMediaUpload = 131053, kPairRateLimit = 131056,
                     kTemplateMissing = 132001, kNotRegistered = 133010;

struct GraphError {
  int code = kSomethingWrong;
  std::string details = {};  // error_data.details; empty: none
  std::string message = {};  // instead of "(#code) title"
  int subcode = 0;           // 0: none
  int status = 0;            // HTTP; 0: that of the table
};

template <class T>
using Outcome = boost::system::result<T, GraphError>;

// Called by value() on an error, which is a bug of the caller: check first.
[[noreturn]] void throw_exception_from_error(const GraphError& error,
                                             const boost::source_location& where);

// "(#100) Invalid parameter" with a sentence of its own, which takes the title's place.
GraphError InvalidParameter(std::string sentence);
// What Graph says of an id that is none of the caller's, whatever the reason.
GraphError NoSuchObject(http::Method method, std::string_view id);

// Of a code that the network or a fault rule gave. Those that the table does not have are 131000.
GraphError ErrorOfCode(std::string_view code, std::string_view text);
// Whether Meta takes such a message and tells of the error by a webhook.
bool IsToldLater(int code);

http::Response ErrorResponse(const GraphError& error, base::Random& random);
// An item of `errors` of a status or of a message.
base::json::object WebhookError(const GraphError& error);

}  // namespace parley::sim::graph
