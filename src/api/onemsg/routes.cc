// 1MSG's routes, and the way of a request through the dialect.
#include "api/onemsg/auth.h"
#include "api/onemsg/business_schema.h"
#include "api/onemsg/dialect.h"
#include "api/onemsg/errors.h"
#include "api/onemsg/handlers.h"
#include "api/onemsg/structured_schema.h"

namespace parley::api::onemsg {
namespace {

using http::Method;

constexpr std::size_t kFileBody = kMaxFileText + (1 << 20);

constexpr http::QuerySpec kMessagesQuery[] = {
    {"last", "true: the newest first; lastMessageNumber is ignored"},
    {"lastMessageNumber", "Messages after this one"},
    {"firstMessageNumber", "Messages before this one, newest first"},
    {"limit", "100 when left out; 0 = all"},
    {"chatId", "Of one chat only"},
    {"min_time", "From this Unix time on"},
    {"max_time", "Up to this Unix time"},
    {"msgId", "This message only"},
};
constexpr http::QuerySpec kHookQuery[] = {{"messageId", "The message", true}};
constexpr http::ResponseSpec kSent[] = {
    {200, "Accepted", &base::Describe<SendReply>},
    {400, "Refused, {\"sent\": false, \"message\": ...}; so is a closed dialog window"},
};
constexpr http::ResponseSpec kStatus[] = {
    {200, "The channel's status", &base::Describe<StatusReply>}};
constexpr http::ResponseSpec kMessages[] = {{200, "Messages", &base::Describe<MessageList>}};
constexpr http::ResponseSpec kHooks[] = {{200, "The steps reached", &base::Describe<HookList>}};
constexpr http::ResponseSpec kSettings[] = {{200, "The settings", &base::Describe<SettingsReply>}};
constexpr http::ResponseSpec kWebhook[] = {{200, "Set", &base::Describe<SetWebhookReply>}};
constexpr http::ResponseSpec kWebhookState[] = {
    {200, "The callback URLs, and how each does", &base::Describe<WebhookReply>}};
constexpr http::ResponseSpec kUploaded[] = {{200, "Stored", &base::Describe<UploadReply>}};
constexpr http::ResponseSpec kMedia[] = {{200, "Where it is", &base::Describe<MediaReply>}};
constexpr http::ResponseSpec kDone[] = {{200, "Done", &base::Describe<ResultReply>}};
constexpr http::ResponseSpec kMe[] = {{200, "The profile", &base::Describe<MeReply>}};
constexpr http::ResponseSpec kCommerce[] = {{200, "A list of one", &base::Describe<CommerceReply>}};
constexpr http::ResponseSpec kCommerceSet[] = {{200, "Done", &base::Describe<SuccessReply>}};
constexpr http::ResponseSpec kTemplates[] = {{200, "Templates", &base::Describe<TemplateList>}};
constexpr http::ResponseSpec kNewTemplate[] = {
    {200, "Handed in for review", &base::Describe<ListedTemplate>}};
constexpr http::QuerySpec kStatisticsQuery[] = {{"date", "The month, mm.YYYY; default this one"}};
constexpr http::ResponseSpec kStatistics[] = {
    {200, "What templates cost in the month", &base::Describe<StatisticsReply>}};
constexpr http::ResponseSpec kExtendedStatistics[] = {
    {200, "A list with one per month in which there were conversations, oldest first",
     &base::Describe<StatisticsItem>}};
constexpr http::ResponseSpec kOutputIp[] = {
    {200, "The address", &base::Describe<ResultReply>},
    {503, "The gateway has no address to the outside"},
};
constexpr http::QuerySpec kMediaQuery[] = {{"mediaId", "What /uploadMedia gave", true}};

constexpr Row kRoutes[] = {
    {{Method::kGet, "/status", "Get status", nullptr, {}, kStatus}, ErrorShape::kPlain, &GetStatus},
    {{Method::kGet, "/statistics", "Get channel statistics", nullptr, kStatisticsQuery,
      kStatistics},
     ErrorShape::kPlain,
     &GetStatistics},
    {{Method::kGet,
      "/extendedStatistics",
      "Get extended channel statistics",
      nullptr,
      {},
      kExtendedStatistics},
     ErrorShape::kPlain,
     &GetExtendedStatistics},
    {{Method::kGet, "/outputIP", "Get channel server IP", nullptr, {}, kOutputIp},
     ErrorShape::kPlain,
     &GetOutputIp},
    {{Method::kGet, "/me", "Get profile info", nullptr, {}, kMe}, ErrorShape::kPlain, &GetMe},
    {{Method::kPost, "/me", "Change user info", &base::Describe<MeBody>, {}, kDone, kFileBody},
     ErrorShape::kPlain,
     &SetMe},
    {{Method::kGet, "/commerce", "Get commerce settings", nullptr, {}, kCommerce},
     ErrorShape::kPlain,
     &GetCommerce},
    {{Method::kPost,
      "/commerce",
      "Set commerce settings",
      &base::Describe<CommerceBody>,
      {},
      kCommerceSet},
     ErrorShape::kPlain,
     &SetCommerce},
    {{Method::kPost, "/readMessage", "Mark as read", &base::Describe<ReadMessageBody>, {}, kDone},
     ErrorShape::kPlain,
     &ReadMessage},
    {{Method::kGet, "/templates", "Templates list", nullptr, {}, kTemplates},
     ErrorShape::kPlain,
     &ListTemplates},
    {{Method::kPost,
      "/addTemplate",
      "Create template",
      &base::Describe<AddTemplateBody>,
      {},
      kNewTemplate},
     ErrorShape::kPlain,
     &AddTemplate},
    {{Method::kPost,
      "/removeTemplate",
      "Remove template",
      &base::Describe<RemoveTemplateBody>,
      {},
      kDone},
     ErrorShape::kPlain,
     &RemoveTemplate},
    {{Method::kPost,
      "/sendTemplate",
      "Send template",
      &base::Describe<SendTemplateBody>,
      {},
      kSent},
     ErrorShape::kSend,
     &SendTemplate},
    {{Method::kGet, "/settings", "Get settings", nullptr, {}, kSettings},
     ErrorShape::kPlain,
     &GetSettings},
    {{Method::kPost, "/settings", "Set settings", &base::Describe<SettingsBody>, {}, kSettings},
     ErrorShape::kPlain,
     &SetSettings},
    {{Method::kGet, "/webhook", "Get the callback URLs", nullptr, {}, kWebhookState},
     ErrorShape::kPlain,
     &GetWebhook},
    {{Method::kPost,
      "/webhook",
      "Set the callback URLs",
      &base::Describe<WebhookBody>,
      {},
      kWebhook},
     ErrorShape::kPlain,
     &SetWebhook},
    {{Method::kPost, "/sendMessage", "Send a message", &base::Describe<SendMessageBody>, {}, kSent},
     ErrorShape::kSend,
     &SendMessage},
    {{Method::kPost,
      "/sendFile",
      "Send a file",
      &base::Describe<SendFileBody>,
      {},
      kSent,
      kFileBody},
     ErrorShape::kSend,
     &SendFile},
    {{Method::kPost, "/sendLocation", "Send a location", &base::Describe<LocationBody>, {}, kSent},
     ErrorShape::kSend,
     &SendLocation},
    {{Method::kPost, "/sendContact", "Send a contact", &base::Describe<ContactsBody>, {}, kSent},
     ErrorShape::kSend,
     &SendContact},
    {{Method::kPost, "/sendReaction", "Send a reaction", &base::Describe<ReactionBody>, {}, kSent},
     ErrorShape::kSend,
     &SendReaction},
    {{Method::kPost, "/sendList", "Send a list message", &base::Describe<ListBody>, {}, kSent},
     ErrorShape::kSend,
     &SendList},
    {{Method::kPost,
      "/sendButton",
      "Send a reply buttons message",
      &base::Describe<ButtonsBody>,
      {},
      kSent},
     ErrorShape::kSend,
     &SendButton},
    {{Method::kPost,
      "/sendLocationRequest",
      "Send a location request message",
      &base::Describe<LocationRequestBody>,
      {},
      kSent},
     ErrorShape::kSend,
     &SendLocationRequest},
    {{Method::kPost, "/sendProduct", "Send a product", &base::Describe<ProductBody>, {}, kSent},
     ErrorShape::kSend,
     &SendProduct},
    {{Method::kPost,
      "/uploadMedia",
      "Upload media",
      &base::Describe<UploadBody>,
      {},
      kUploaded,
      kFileBody},
     ErrorShape::kPlain,
     &UploadMedia},
    {{Method::kGet, "/retrieveMedia", "Get media by its id", nullptr, kMediaQuery, kMedia},
     ErrorShape::kPlain,
     &RetrieveMedia},
    // Without the channel's id, the path belongs to the media links.
    {{Method::kDelete,
      "/media/{media_id}",
      "Delete media, behind the channel's id only",
      nullptr,
      {},
      kDone},
     ErrorShape::kPlain,
     &DeleteMedia},
    {{Method::kPost,
      "/deleteMedia",
      "Delete media, as older clients do it",
      &base::Describe<DeleteMediaBody>,
      {},
      kDone},
     ErrorShape::kPlain,
     &DeleteMediaInBody},
    {{Method::kGet, "/messages", "Messages list", nullptr, kMessagesQuery, kMessages},
     ErrorShape::kPlain,
     &GetMessages},
    {{Method::kGet, "/hookInfo", "Check acks", nullptr, kHookQuery, kHooks},
     ErrorShape::kPlain,
     &GetHookInfo},
};

class Dialect final : public http::Service {
 public:
  explicit Dialect(core::Services& core) : core_(core), router_(kRoutes) {}

  std::size_t BodyLimit(const http::Request& head) const override {
    const Match match = router_.Find(head.method, TargetOf(head.path()).path);
    return match.row != nullptr ? match.row->spec.max_body : http::kDefaultBodyLimit;
  }

  base::Task<http::Response> Handle(http::Request request) override {
    const Target target = TargetOf(request.path());
    const Match match = router_.Find(request.method, target.path);
    if (match.row == nullptr && !match.path_known)
      co_return EncodeError(base::Error(base::ErrorCode::kNotFound, "Unknown method"),
                            ErrorShape::kPlain);
    if (match.row == nullptr) {
      http::Response response = EncodeError(base::ErrorCode::kMethodNotAllowed, ErrorShape::kPlain);
      response.headers.Set("Allow", http::AllowValue(match.allowed));
      co_return response;
    }
    const Admitted admitted = co_await Authenticate(core_.directory, request, target.channel);
    if (admitted.error) co_return EncodeError(*admitted.error, ErrorShape::kPlain);
    Call call(core_, request, match, admitted.caller, admitted.channel);
    auto result = co_await match.row->handler(call);
    if (!result) co_return EncodeError(result.error(), match.row->errors);
    co_return std::move(*result);
  }

 private:
  core::Services& core_;
  const http::Router<Row> router_;
};

}  // namespace

std::unique_ptr<http::Service> MakeDialect(core::Services& core) {
  return std::make_unique<Dialect>(core);
}

std::span<const Row> Routes() { return kRoutes; }

}  // namespace parley::api::onemsg
