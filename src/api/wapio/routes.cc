// Wapio's routes, and the way of a request through the dialect.
#include "api/wapio/auth.h"
#include "api/wapio/dialect.h"
#include "api/wapio/errors.h"
#include "api/wapio/handlers.h"
#include "api/wapio/schema.h"
#include "base/uuid.h"

namespace parley::api::wapio {
namespace {

using http::Method;

constexpr http::QuerySpec kListQuery[] = {
    {"status",
     "Comma list of pending, connecting, connected, disconnected, pending_deletion, deleted"},
    {"limit", "1 to 200, 50 when left out"},
    {"before_id", "The next_cursor of the page before"},
};
constexpr http::ResponseSpec kQueued[] = {
    {202, "Queued for dispatch", &base::Describe<SendReply>},
    {409, "The session has no phone, or the Idempotency-Key was used otherwise"},
    {422, "Validation failed"},
    {429, "Rate limit exceeded"},
};
constexpr http::ResponseSpec kInfo[] = {{200, "Message info", &base::Describe<MessageInfo>}};
constexpr http::ResponseSpec kSession[] = {{200, "The session", &base::Describe<Session>}};
constexpr http::ResponseSpec kSessions[] = {{200, "Sessions", &base::Describe<SessionList>}};
constexpr http::ResponseSpec kCreated[] = {
    {201, "The session and its key, shown this once", &base::Describe<CreatedSession>}};
constexpr http::ResponseSpec kOperation[] = {
    {200, "The operation", &base::Describe<OperationReply>}};
constexpr http::ResponseSpec kDeletion[] = {
    {202, "Deletion queued", &base::Describe<OperationReply>}};
constexpr http::ResponseSpec kQr[] = {{200, "The code to scan", &base::Describe<QrReply>},
                                      {409, "Paired already"}};
constexpr http::ResponseSpec kKey[] = {{200, "A new key", &base::Describe<RenewedKey>}};
constexpr http::ResponseSpec kWebhook[] = {
    {200, "The webhook, or null", &base::Describe<WebhookReply>}};
constexpr http::ResponseSpec kNoContent[] = {{204, "Done"}};

constexpr Row kRoutes[] = {
    {{Method::kPost,
      "/api/send-message",
      "Send a message",
      &base::Describe<SendMessageBody>,
      {},
      kQueued},
     Access::kAny,
     &SendMessage},
    {{Method::kGet,
      "/api/messages/{message_id}/info",
      "Delivery info of a message",
      nullptr,
      {},
      kInfo},
     Access::kAny,
     &GetMessageInfo},
    {{Method::kGet, "/v1/whatsapp-sessions", "List sessions", nullptr, kListQuery, kSessions},
     Access::kAny,
     &ListSessions},
    {{Method::kPost,
      "/v1/whatsapp-sessions",
      "Create a session",
      &base::Describe<SessionBody>,
      {},
      kCreated},
     Access::kAccount,
     &CreateSession},
    {{Method::kGet, "/v1/whatsapp-sessions/{session_id}", "Get a session", nullptr, {}, kSession},
     Access::kAny,
     &GetSession},
    {{Method::kPatch,
      "/v1/whatsapp-sessions/{session_id}",
      "Change label, number and settings",
      &base::Describe<SessionBody>,
      {},
      kSession},
     Access::kAny,
     &UpdateSession},
    {{Method::kDelete,
      "/v1/whatsapp-sessions/{session_id}",
      "Delete a session",
      nullptr,
      {},
      kDeletion},
     Access::kAccount,
     &DeleteSession},
    {{Method::kPost,
      "/v1/whatsapp-sessions/{session_id}/connect",
      "Connect a session",
      nullptr,
      {},
      kSession},
     Access::kAny,
     &ConnectSession},
    {{Method::kPost,
      "/v1/whatsapp-sessions/{session_id}/disconnect",
      "Disconnect a session",
      nullptr,
      {},
      kSession},
     Access::kAny,
     &DisconnectSession},
    {{Method::kGet,
      "/v1/whatsapp-sessions/{session_id}/qrcode",
      "The pairing QR code",
      nullptr,
      {},
      kQr},
     Access::kAny,
     &GetQrCode},
    {{Method::kPost,
      "/v1/whatsapp-sessions/{session_id}/regenerate-key",
      "Rotate the session key",
      nullptr,
      {},
      kKey},
     Access::kAccount,
     &RegenerateKey},
    {{Method::kGet,
      "/v1/whatsapp-sessions/{session_id}/webhook",
      "The session's webhook",
      nullptr,
      {},
      kWebhook},
     Access::kAny,
     &GetWebhook},
    {{Method::kPut,
      "/v1/whatsapp-sessions/{session_id}/webhook",
      "Set the session's webhook",
      &base::Describe<WebhookBody>,
      {},
      kWebhook},
     Access::kAccount,
     &PutWebhook},
    {{Method::kDelete,
      "/v1/whatsapp-sessions/{session_id}/webhook",
      "Remove the session's webhook",
      nullptr,
      {},
      kNoContent},
     Access::kAccount,
     &DeleteWebhook},
    {{Method::kGet,
      "/v1/operations/{operation_id}",
      "State of an operation",
      nullptr,
      {},
      kOperation},
     Access::kAny,
     &GetOperation},
};

class Dialect final : public http::Service {
 public:
  explicit Dialect(core::Services& core) : core_(core), router_(kRoutes) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    const Match match = router_.Find(head.method, head.path());
    return match.row != nullptr ? match.row->spec.max_body : http::kDefaultBodyLimit;
  }

  base::Task<http::Response> Handle(http::Request request) override {
    core::Admission admission;
    http::Response response = co_await Answer(request, admission);
    if (admission.rate) AddRateHeaders(*admission.rate, core_.scheduler.Now(), response.headers);
    if (admission.caller && admission.caller->account.settings.wapio_envelope) Envelop(response);
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

std::span<const Row> Routes() { return kRoutes; }

}  // namespace parley::api::wapio
