// The way of a request through the dialect.
#include "api/wapio/dialect.h"

#include "api/wapio/auth.h"
#include "api/wapio/errors.h"
#include "base/uuid.h"
#include "core/media/uploads.h"

namespace parley::api::wapio {
namespace {

class Dialect final : public http::Service {
 public:
  explicit Dialect(core::Services& core) : core_(core), router_(Routes()) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    const Match match = router_.Find(head.method, head.path());
    if (match.row == nullptr) return http::kDefaultBodyLimit;
    if (match.row->access != Access::kAnybody) return match.row->spec.max_body;
    // As much as was asked leave for, and nothing without leave.
    return static_cast<std::size_t>(core_.uploads.GrantedSize(match["upload"]).value_or(0));
  }

  base::Task<http::Response> Handle(http::Request request) override {
    core::Admission admission;
    http::Response response = co_await Answer(request, admission);
    if (admission.rate) AddRateHeaders(*admission.rate, core_.scheduler.Now(), response.headers);
    const core::CallerPtr& caller = admission.caller;
    if (caller && caller->account.settings.wapio_envelope && IsEnveloped(request))
      Envelop(response);
    response.headers.Set("X-Request-Id", RequestId(request));
    co_return response;
  }

 private:
  // Both outlive the call.
  base::Task<http::Response> Answer(const http::Request& request, core::Admission& admission) {
    const Match match = router_.Find(request.method, request.path());
    if (match.row == nullptr && !match.path_known)
      co_return EncodeError(base::ErrorCode::kNotFound);
    if (match.row == nullptr) {
      http::Response response = EncodeError(base::ErrorCode::kMethodNotAllowed);
      response.headers.Set("Allow", http::AllowValue(match.allowed));
      co_return response;
    }
    if (match.row->access == Access::kAnybody) {
      Call call(core_, request, match, nullptr);
      auto result = co_await match.row->handler(call);
      if (!result) co_return EncodeError(result.error());
      co_return std::move(*result);
    }
    admission = co_await Authenticate(core_.directory, request);
    if (admission.error) co_return EncodeError(*admission.error);
    if (match.row->access == Access::kAccount && admission.caller->credential.channel)
      co_return EncodeError(base::Error(base::ErrorCode::kForbidden,
                                        "This route needs an account token (bps_pat_...)"));
    Call call(core_, request, match, admission.caller);
    auto result = co_await match.row->handler(call);
    if (!result) co_return EncodeError(result.error());
    co_return std::move(*result);
  }

  bool IsEnveloped(const http::Request& request) const {
    const Match match = router_.Find(request.method, request.path());
    return match.row == nullptr || match.row->enveloped;
  }

  // {"success": true, "data": ...} around successful answers on /api and /v1, for clients of that
  // generation.
  static void Envelop(http::Response& response) {
    auto* text = std::get_if<std::string>(&response.body);
    if (text == nullptr || response.status >= 300 || response.status == 204) return;
    *text = "{\"success\":true,\"data\":" + (text->empty() ? "null" : *text) + "}";
  }

  std::string RequestId(const http::Request& request) {
    const std::string_view given = request.headers.Get("X-Request-Id");
    if (!given.empty() && given.size() <= 128) return std::string(given);
    return base::MakeUuidV7(core_.scheduler.Now(), core_.random).ToText();
  }

  core::Services& core_;
  const http::Router<Row> router_;
};

}  // namespace

std::unique_ptr<http::Service> MakeDialect(core::Services& core) {
  return std::make_unique<Dialect>(core);
}

}  // namespace parley::api::wapio
