#include "sim/control/errors.h"

#include <array>
#include <optional>
#include <vector>

#include "base/fields.h"
#include "base/log.h"

namespace parley::sim::control {
namespace {

using base::ErrorCode;

struct StatusRow {
  ErrorCode code;
  int status;
};

// What the network and the router answer. Anything else is a fault of ours.
constexpr auto kStatuses = std::to_array<StatusRow>({
    {ErrorCode::kMalformedBody, 400},
    {ErrorCode::kInvalidFields, 422},
    {ErrorCode::kForbidden, 403},
    {ErrorCode::kNotFound, 404},
    {ErrorCode::kMethodNotAllowed, 405},
    {ErrorCode::kBodyTooLarge, 413},
    {ErrorCode::kInvalidState, 409},
    {ErrorCode::kAlreadyExists, 409},
    {ErrorCode::kOverloaded, 503},
    {ErrorCode::kUnavailable, 503},
    {ErrorCode::kNotOnNetwork, 422},
    {ErrorCode::kNotSupported, 422},
    {ErrorCode::kMediaTooLarge, 413},
    {ErrorCode::kMediaEmpty, 422},
    {ErrorCode::kGone, 410},
});

int StatusOf(ErrorCode code) {
  for (const StatusRow& row : kStatuses)
    if (row.code == code) return row.status;
  return 500;
}

struct FieldForm {
  std::string path, message;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("path", &FieldForm::path),
                           base::Required("message", &FieldForm::message));
  }
};
struct ErrorForm {
  std::string code, message;
  std::optional<std::vector<FieldForm>> fields;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("code", &ErrorForm::code),
                           base::Required("message", &ErrorForm::message),
                           base::Optional("fields", &ErrorForm::fields));
  }
};
struct ErrorBody {
  ErrorForm error;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("error", &ErrorBody::error));
  }
};

}  // namespace

http::Response ErrorResponse(const base::Error& error) {
  ErrorBody body;
  body.error.code = base::KindOf(error.code).name;
  body.error.message = error.public_text();
  for (const base::FieldFault& fault : error.faults) {
    if (!body.error.fields) body.error.fields.emplace();
    body.error.fields->push_back(FieldForm{fault.path, fault.text});
  }
  const int status = StatusOf(error.code);
  if (status >= 500)
    base::LogError("The simulated network could not answer a request",
                   {{"code", body.error.code}, {"detail", error.detail}});
  return http::Response::Json(status, base::EncodeText(body));
}

}  // namespace parley::sim::control
