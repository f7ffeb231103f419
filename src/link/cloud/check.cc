#include "link/cloud/check.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/forms.h"
#include "link/cloud/factory.h"
#include "link/cloud/format/errors.h"
#include "link/cloud/format/number.h"
#include "link/cloud/format/setup.h"
#include "link/cloud/webhook_check.h"

namespace parley::link::cloud {
namespace {

constexpr base::Duration kCheckAskLimit = std::chrono::seconds(6);
constexpr int kMaxCheckedPages = 4;
constexpr std::string_view kCheckedPermissions[] = {"whatsapp_business_messaging",
                                                    "whatsapp_business_management"};
// `messages` is what nothing works without.
constexpr std::string_view kWantedFields[] = {"messages", "message_template_status_update",
                                              "phone_number_quality_update", "account_update"};

constexpr std::string_view kNewToken =
    "In Business settings > Users > System users, generate a token for the app that never expires, "
    "with whatsapp_business_messaging and whatsapp_business_management, and give it to the channel "
    "as cloud.access_token";
constexpr std::string_view kRightNumber =
    "Copy the Phone number ID from WhatsApp > API Setup, which is neither the telephone number nor "
    "the account's id; the system user of the token must be given that account";
constexpr std::string_view kRightAccount =
    "Copy the WhatsApp Business Account ID from WhatsApp > API Setup; the system user of the token "
    "must be given that account";

std::string Joined(const std::vector<std::string>& words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

// Asks one thing after the other. Lives as long as its coroutine.
class NumberCheck {
 public:
  NumberCheck(CloudFactory& factory, CheckedNumber number)
      : factory_(factory),
        number_(std::move(number)),
        graph_(factory.parts().client, factory.options(), number_.credentials) {}

  base::Task<std::vector<Finding>> Run() {
    if (co_await CheckToken()) {
      co_await CheckNode();
      co_await CheckAccount();
      co_await CheckSubscription();
      co_await CheckApp();
    }
    findings_.push_back(CheckPublicUrl(factory_, number_));
    CheckedNumber number = number_;
    Finding reached = co_await ReachWebhook(&factory_, std::move(number));
    findings_.push_back(std::move(reached));
    if (factory_.OfChannel(number_.channel) != nullptr)
      findings_.push_back(CheckVerifyToken(factory_, number_));
    co_return std::move(findings_);
  }

 private:
  void Pass(std::string check, std::string text) {
    findings_.push_back(Finding{std::move(check), true, std::move(text), ""});
  }
  void Fail(std::string check, std::string text, std::string_view fix) {
    findings_.push_back(Finding{std::move(check), false, std::move(text), std::string(fix)});
  }

  // After a request without an answer, nothing more is asked of Graph.
  base::Task<GraphAnswer> Ask(std::string path) { return AskAs(&graph_, std::move(path)); }
  base::Task<GraphAnswer> AskAs(const Graph* graph, std::string path) {
    GraphAnswer answer;
    if (is_silent_) co_return answer;
    answer = co_await graph->Get(std::move(path), kCheckAskLimit);
    is_silent_ =
        answer.kind == GraphAnswer::Kind::kNotSent || answer.kind == GraphAnswer::Kind::kNoAnswer;
    if (is_silent_)
      Fail("graph", fmt::format("{} does not answer: {}", graph->options().url, answer.reason),
           "Let this machine reach that address by https");
    co_return answer;
  }
  static format::GraphError ErrorIn(const GraphAnswer& answer) {
    return format::ReadGraphError(answer.status, answer.body);
  }
  // Of something that was refused for a reason of its own.
  void FailFor(const char* check, const GraphAnswer& answer, std::string_view not_found_fix) {
    if (answer.kind != GraphAnswer::Kind::kRefused) return;
    const format::GraphError error = ErrorIn(answer);
    const format::ErrorMeaning meaning = format::MeaningOf(error);
    const bool is_id = meaning.code == base::ErrorCode::kNotFound ||
                       meaning.code == base::ErrorCode::kInvalidFields;
    Fail(check, error.Text(), is_id ? not_found_fix : kNewToken);
  }

  base::Task<bool> CheckToken();
  void NoteToken(const format::TokenFacts& facts);
  base::Task<> CheckNode();
  void NoteRegistration(const format::NumberNode& node, const base::json::object& body);
  void NoteCallback(const std::string& url);
  base::Task<> CheckAccount();
  base::Task<> CheckSubscription();
  base::Task<> CheckApp();
  void NoteFields(const std::vector<std::string>& fields);

  CloudFactory& factory_;
  const CheckedNumber number_;
  const Graph graph_;
  std::string app_;  // the token's; empty: Meta did not tell
  bool is_silent_ = false;
  std::vector<Finding> findings_;
};

// Whether there is any use in asking more.
base::Task<bool> NumberCheck::CheckToken() {
  const GraphAnswer answer = co_await Ask("debug_token?input_token=" +
                                          http::PercentEncode(number_.credentials.access_token));
  if (answer.kind == GraphAnswer::Kind::kRefused) {
    const format::GraphError error = ErrorIn(answer);
    const bool is_refused = format::MeaningOf(error).state_reason == "token_invalid";
    if (is_refused) Fail("token", error.Text(), kNewToken);
    // COMPAT: Meta has no code of its own for it.
    if (error.Text().find("appsecret_proof") != std::string::npos) {
      Fail("token", error.Text(),
           number_.credentials.app_secret_proof
               ? "Copy the App secret from App settings > Basic into cloud.app_secret"
               : "Set cloud.app_secret_proof to true");
      co_return false;
    }
    co_return !is_refused;
  }
  if (!answer.done()) co_return false;
  const auto facts = format::ReadToken(answer.body);
  if (!facts) co_return true;  // the requests themselves will tell
  NoteToken(*facts);
  co_return facts->is_valid;
}

void NumberCheck::NoteToken(const format::TokenFacts& facts) {
  if (!facts.is_valid)
    return Fail("token", facts.fault.empty() ? "Meta does not take the token" : facts.fault,
                kNewToken);
  app_ = facts.app_id;
  if (facts.expires_at)
    Fail("token",
         fmt::format("The token ends at {}",
                     base::FormatTime(*facts.expires_at, base::TimeStyle::kIsoZ)),
         kNewToken);
  else
    Pass("token", fmt::format("Meta takes the token, of the app {}", facts.app_name));
  std::vector<std::string> missing;
  for (const std::string_view permission : kCheckedPermissions)
    if (!facts.Has(permission)) missing.emplace_back(permission);
  if (missing.empty())
    Pass("permissions", "The token has both permissions");
  else
    Fail("permissions", "The token is without " + Joined(missing), kNewToken);
}

base::Task<> NumberCheck::CheckNode() {
  const std::string path = fmt::format("{}?fields={},health_status,webhook_configuration",
                                       number_.credentials.phone_number_id, format::kNumberFields);
  const GraphAnswer answer = co_await Ask(path);
  if (!answer.done()) {
    FailFor("number", answer, kRightNumber);
    co_return;
  }
  const base::json::value body(answer.body);
  const auto node = format::ReadNumber(body);
  if (!node || node->phone.empty()) {
    Fail("number",
         fmt::format("{} is not the id of a telephone number", number_.credentials.phone_number_id),
         kRightNumber);
    co_return;
  }
  Pass("number",
       fmt::format("The number is {} ({})", node->display_phone_number, node->verified_name));
  NoteRegistration(*node, answer.body);
  if (const auto url = format::WebhookOf(answer.body)) NoteCallback(*url);
}

void NumberCheck::NoteRegistration(const format::NumberNode& node, const base::json::object& body) {
  const std::string_view trouble = format::TroubleOf(node);
  const GraphOptions& graph = factory_.options();
  if (trouble == "number_not_registered")
    return Fail(
        "registered", "The number is not registered for the Cloud API",
        fmt::format("Register it under WhatsApp > API Setup, or POST {}/{}/{}/register with "
                    "{{\"messaging_product\": \"whatsapp\", \"pin\": \"<six digits>\"}}",
                    graph.url, graph.version, number_.credentials.phone_number_id));
  if (!trouble.empty())
    return Fail("registered", fmt::format("Meta says of the number: {}", node.status),
                "See WhatsApp Manager for what Meta wants");
  const std::vector<std::string> troubles = format::HealthTroubles(body);
  if (troubles.empty()) return Pass("registered", "The number is registered and can send");
  Fail("registered", "Meta limits what can be sent: " + Joined(troubles),
       "See WhatsApp Manager for what Meta wants");
}

void NumberCheck::NoteCallback(const std::string& url) {
  if (IsOwnWebhook(factory_, number_, url))
    return Pass("callback_url", "Meta's webhooks go to " + url);
  Fail("callback_url",
       url.empty() ? std::string("Meta has no callback URL for the number")
                   : "Meta's webhooks go to " + url,
       fmt::format("Under WhatsApp > Configuration of the app, enter the callback URL {} and the "
                   "verify token {}",
                   WebhookUrlOf(number_), number_.credentials.verify_token));
}

base::Task<> NumberCheck::CheckAccount() {
  std::vector<std::string> others;
  std::string after;
  for (int pages = 0; pages < kMaxCheckedPages; ++pages) {
    std::string path = number_.credentials.business_account_id +
                       "/phone_numbers?limit=100&fields=id,display_phone_number";
    if (!after.empty()) path += "&after=" + http::PercentEncode(after);
    const GraphAnswer answer = co_await Ask(std::move(path));
    if (!answer.done()) {
      FailFor("account", answer, kRightAccount);
      co_return;
    }
    const auto page = format::ReadNumberPage(answer.body);
    if (!page) co_return;
    for (const format::NumberNode& node : page->numbers) {
      if (node.id == number_.credentials.phone_number_id) {
        Pass("account", "The number is in the business account");
        co_return;
      }
      if (others.size() < 5) others.push_back(node.display_phone_number + " (" + node.id + ")");
    }
    after = page->after;
    if (after.empty() || page->numbers.empty()) break;
  }
  Fail("account",
       others.empty() ? "The business account has no numbers that the token may see"
                      : "The business account has other numbers: " + Joined(others),
       kRightAccount);
}

base::Task<> NumberCheck::CheckSubscription() {
  const std::string path = number_.credentials.business_account_id + "/subscribed_apps";
  const GraphAnswer answer = co_await Ask(path);
  if (!answer.done()) {
    FailFor("subscription", answer, kRightAccount);
    co_return;
  }
  const auto apps = format::ReadSubscribedApps(answer.body);
  if (!apps) co_return;
  const bool is_subscribed =
      app_.empty() ? !apps->empty() : std::find(apps->begin(), apps->end(), app_) != apps->end();
  if (is_subscribed) {
    Pass("subscription", "The app is subscribed to the account");
    co_return;
  }
  Fail("subscription", "The app is not subscribed to the business account: Meta tells it nothing",
       fmt::format("curl -X POST {}/{}/{} -H 'Authorization: Bearer <the access token>'",
                   factory_.options().url, factory_.options().version, path));
}

// Asks as the app itself, which shows whether the secret is right.
base::Task<> NumberCheck::CheckApp() {
  if (app_.empty()) co_return;
  core::CloudCredentials as_app = number_.credentials;
  as_app.access_token = app_ + "|" + as_app.app_secret;
  const Graph graph(factory_.parts().client, factory_.options(), std::move(as_app));
  const GraphAnswer answer = co_await AskAs(&graph, app_ + "/subscriptions");
  if (answer.kind == GraphAnswer::Kind::kRefused &&
      format::MeaningOf(ErrorIn(answer)).state_reason == "token_invalid") {
    Fail("app_secret", "Meta does not take the app secret, so that no webhook's signature is right",
         fmt::format("Copy the App secret of the app {} from App settings > Basic into "
                     "cloud.app_secret",
                     app_));
    co_return;
  }
  if (!answer.done()) co_return;
  Pass("app_secret", "The app secret is right");
  if (const auto fields = format::ReadSubscribedFields(answer.body)) NoteFields(*fields);
}

void NumberCheck::NoteFields(const std::vector<std::string>& fields) {
  std::vector<std::string> missing;
  for (const std::string_view field : kWantedFields)
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) missing.emplace_back(field);
  if (missing.empty()) return Pass("fields", "The app is subscribed to all fields that are used");
  Fail("fields", "The app is not subscribed to " + Joined(missing),
       "Under WhatsApp > Configuration of the app, subscribe to the fields " + Joined(missing));
}

}  // namespace

base::Task<std::vector<Finding>> CheckNumber(CloudFactory* factory, CheckedNumber number) {
  NumberCheck check(*factory, std::move(number));
  co_return co_await check.Run();
}

}  // namespace parley::link::cloud
