#include "sim/graph/front.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/encoding.h"
#include "base/log.h"
#include "http/router.h"
#include "sim/graph/call.h"
#include "sim/graph/ids.h"
#include "sim/graph/line.h"
#include "sim/graph/routes.h"

namespace parley::sim::graph {
namespace {

constexpr std::size_t kSecretBytes = 16, kTokenLength = 180;
constexpr int kOldestVersion = 17, kNewestVersion = 25;
constexpr base::Duration kSlowMs{1000}, kNoAnswerMs{60'000};
constexpr int kVersionCode = 2635;

base::Error NoSuchNumber() {
  return base::Error(base::ErrorCode::kNotFound, "There is no such number on the Graph");
}

// ------------------------------------------------------------------------------------- the path

// "/v23.0/1/messages" without its version; nullopt for a version that is not served.
std::optional<std::string_view> WithoutVersion(std::string_view path) {
  if (!path.starts_with("/v")) return path;
  const std::size_t end = path.find('/', 1);
  const std::string_view version = path.substr(2, end == path.npos ? path.npos : end - 2);
  const std::size_t dot = version.find('.');
  if (dot == version.npos || dot == 0 || dot > 2) return path;
  int major = 0;
  for (const char c : version.substr(0, dot)) {
    if (c < '0' || c > '9') return path;
    major = major * 10 + (c - '0');
  }
  if (version.substr(dot) != ".0" || major < kOldestVersion || major > kNewestVersion)
    return std::nullopt;
  return end == path.npos ? std::string_view("/") : path.substr(end);
}

// The id and the edge of "/{id}/{edge}", for fault rules.
std::pair<std::string_view, std::string_view> NodeAndEdge(std::string_view path) {
  if (path.starts_with('/')) path.remove_prefix(1);
  const std::size_t slash = path.find('/');
  if (slash == path.npos) return {path, ""};
  const std::string_view rest = path.substr(slash + 1);
  return {path.substr(0, slash), rest.substr(0, rest.find('/'))};
}

// ------------------------------------------------------------------------------------- the token

std::string GivenToken(const http::Request& request) {
  const std::string_view header = request.headers.Get("Authorization");
  for (const std::string_view scheme : {"Bearer ", "OAuth "})
    if (header.starts_with(scheme)) return std::string(header.substr(scheme.size()));
  return request.Query("access_token").value_or("");
}

GraphError TokenError(std::string message, int subcode) {
  GraphError error{kBadToken};
  error.message = std::move(message);
  error.subcode = subcode;
  return error;
}

// "<app id>|<app secret>" is the app itself.
std::optional<Token> AppToken(const Registry& registry, const std::string& text) {
  const std::size_t bar = text.find('|');
  if (bar == text.npos) return std::nullopt;
  const App* app = registry.FindApp(text.substr(0, bar));
  if (app == nullptr || !base::EqualInConstantTime(app->secret, text.substr(bar + 1)))
    return std::nullopt;
  Token token;
  token.token = text;
  token.app = app->id;
  return token;
}

Outcome<Token> Authenticate(const Parts& parts, const http::Request& request) {
  const std::string text = GivenToken(request);
  if (text.empty()) {
    GraphError error{kNoToken};
    error.message = "An access token is required to request this resource.";
    return error;
  }
  if (const auto app = AppToken(parts.registry, text)) return *app;
  const Token* token = parts.registry.FindToken(text);
  if (token == nullptr)
    return TokenError("Invalid OAuth access token - Cannot parse access token", 0);
  if (token->revoked)
    return TokenError(
        "Error validating access token: The session has been invalidated because the user changed "
        "their password or Facebook has changed the session for security reasons.",
        460);
  if (token->expires_at && *token->expires_at <= parts.scheduler.Now())
    return TokenError(
        fmt::format("Error validating access token: Session has expired on {}. The current time "
                    "is {}.",
                    base::FormatTime(*token->expires_at, base::TimeStyle::kIsoZ),
                    base::FormatTime(parts.scheduler.Now(), base::TimeStyle::kIsoZ)),
        463);
  return *token;
}

Outcome<void> CheckProof(const Parts& parts, const http::Request& request, const Token& token) {
  const App* app = parts.registry.FindApp(token.app);
  const std::string proof = request.Query("appsecret_proof").value_or("");
  if (app == nullptr) return GraphError{kBadToken};
  if (proof.empty()) {
    if (!app->needs_proof) return {};
    return InvalidParameter("API calls from the server require an appsecret_proof argument");
  }
  const std::string right =
      base::ToHexText(base::AsText(base::HmacSha256(app->secret, token.token)));
  if (base::EqualInConstantTime(proof, right)) return {};
  return InvalidParameter("Invalid appsecret_proof provided in the API argument");
}

Outcome<void> CheckPermission(const Token& token, std::string_view permission) {
  if (permission.empty()) return {};
  const auto& has = token.permissions;
  if (std::find(has.begin(), has.end(), permission) != has.end()) return {};
  if (permission == kMessagingPermission) return GraphError{kPermissionDenied};
  GraphError error{kNoPermission};
  error.message = fmt::format("(#200) Requires {} permission to manage the object", permission);
  return error;
}

// -------------------------------------------------------------------------------------- the front

class GraphFront final : public Front {
 public:
  GraphFront(base::Scheduler& scheduler, base::Random& random, net::Network& network,
             std::unique_ptr<net::Keep> keep, http::Client& client)
      : keep_(std::move(keep)),
        parts_(scheduler, random, network, *keep_, client),
        router_(Routes()) {
    for (const auto& [id, number] : parts_.registry.numbers())
      parts_.lines.emplace(id, Line::Start(parts_, id));
  }

  std::size_t BodyLimit(const http::Request& head) const override {
    const auto path = WithoutVersion(head.path().substr(kGraphPath.size()));
    const Match match = router_.Find(head.method, path.value_or("/"));
    return match.row == nullptr ? http::kDefaultBodyLimit : match.row->spec.max_body;
  }
  base::Task<http::Response> Handle(http::Request request) override;

  base::Result<ShownNode> AddNumber(NewNumber wanted) override;
  base::Result<ShownNode> FindNumber(std::string_view id) const override;
  std::vector<ShownNode> ListNumbers() const override;
  base::Result<void> RemoveNumber(std::string_view id) override;
  base::Result<ShownNode> ChangeNumber(Number number) override;
  base::Result<ShownNode> ChangeAccount(std::string_view number, Account account) override;
  base::Result<ShownNode> ChangeApp(std::string_view number, App app) override;
  base::Task<base::Result<void>> Verify(Callback callback) override {
    return VerifyCallback(&parts_, std::move(callback));
  }
  base::Result<Token> AddToken(std::string_view number, std::vector<std::string> permissions,
                               std::optional<base::Time> expires_at) override;
  base::Result<void> RevokeToken(std::string_view number, std::string_view token) override;
  base::Result<void> Tell(std::string_view number, std::string field,
                          base::json::object value) override;
  base::Result<std::string> Receive(std::string_view number, std::string from,
                                    base::json::object message) override;

  base::Result<FaultEntry> AddFault(FaultRule rule) override {
    return parts_.faults.Add(std::move(rule));
  }
  std::vector<FaultEntry> ListFaults() const override { return parts_.faults.list(); }
  base::Result<void> RemoveFault(std::int64_t id) override {
    if (parts_.faults.Remove(id)) return {};
    return base::Error(base::ErrorCode::kNotFound, "There is no such rule");
  }
  const FrontCounters& counters() const override { return parts_.counters; }

 private:
  base::Task<Answer> Serve(const http::Request* request, std::string path);
  base::Result<Account> MakeAccount(const NewNumber& wanted);
  Token MakeToken(const std::string& app, std::vector<std::string> permissions,
                  std::optional<base::Time> expires_at);
  std::string RandomHex(std::size_t bytes);
  void CopyTemplates(const Number& number);
  ShownNode Show(const Number& number) const;

  const std::unique_ptr<net::Keep> keep_;
  Parts parts_;
  const http::Router<Row> router_;
};

base::Task<http::Response> GraphFront::Handle(http::Request request) {
  ++parts_.counters.requests;
  const std::string target(request.path().substr(kGraphPath.size()));
  const std::optional<std::string_view> path = WithoutVersion(target);
  std::optional<FaultRule> fault;
  if (path) {
    const auto [id, edge] = NodeAndEdge(*path);
    fault = parts_.faults.MeetRequest(id, edge);
  }
  const bool done =
      !fault || (fault->effect != FaultEffect::kError &&
                 (fault->effect != FaultEffect::kNoAnswer || fault->carried.value_or(false)));
  GraphError failure{fault && fault->code ? static_cast<int>(*fault->code) : kServiceTrouble};
  if (fault && fault->status) failure.status = static_cast<int>(*fault->status);
  Answer answer = std::move(failure);
  if (!path)
    answer = GraphError{kVersionCode};
  else if (done)
    answer = co_await Serve(&request, std::string(*path));
  if (fault && fault->effect == FaultEffect::kSlow)
    co_await parts_.scheduler.Sleep(fault->ms ? base::Duration(*fault->ms) : kSlowMs);
  if (fault && fault->effect == FaultEffect::kNoAnswer)
    co_await parts_.scheduler.Sleep(fault->ms ? base::Duration(*fault->ms) : kNoAnswerMs);
  if (!answer) ++parts_.counters.refused;
  http::Response response =
      answer ? std::move(*answer) : ErrorResponse(answer.error(), parts_.random);
  if (fault && fault->effect == FaultEffect::kBadJson)
    response.body = std::string(response.text().substr(0, response.text().size() / 2));
  co_return response;
}

base::Task<Answer> GraphFront::Serve(const http::Request* request, std::string path) {
  const Match match = router_.Find(request->method, path);
  if (match.row == nullptr) {
    const auto [id, edge] = NodeAndEdge(path);
    if (match.path_known || IsNodeId(id)) co_return NoSuchObject(request->method, id);
    GraphError error{kUnknownPath};
    error.message = fmt::format("Unknown path components: {}", path);
    co_return error;
  }
  if (request->body_state != http::BodyState::kRead)
    co_return InvalidParameter("The request body is too large.");
  const Outcome<Token> token = Authenticate(parts_, *request);
  if (!token) co_return token.error();
  PARLEY_CO_CHECK(CheckProof(parts_, *request, *token));
  PARLEY_CO_CHECK(CheckPermission(*token, match.row->permission));
  const Call call{parts_, *request, match, *token};
  co_return co_await match.row->handle(&call);
}

// ---------------------------------------------------------------------------------------- numbers

std::string GraphFront::RandomHex(std::size_t bytes) {
  std::string raw(bytes, '\0');
  parts_.random.Fill(std::span(reinterpret_cast<std::uint8_t*>(raw.data()), raw.size()));
  return base::ToHexText(raw);
}

Token GraphFront::MakeToken(const std::string& app, std::vector<std::string> permissions,
                            std::optional<base::Time> expires_at) {
  Token token;
  token.token = "EAA" + parts_.random.Token(kTokenLength);
  token.app = app;
  token.permissions = std::move(permissions);
  token.expires_at = expires_at;
  parts_.registry.Put(token);
  return token;
}

base::Result<Account> GraphFront::MakeAccount(const NewNumber& wanted) {
  if (!wanted.account.empty()) {
    const Account* known = parts_.registry.FindAccount(wanted.account);
    if (known == nullptr)
      return base::Error(base::ErrorCode::kNotFound, "There is no such business account");
    return *known;
  }
  App app;
  app.id = MakeNodeId(parts_.random);
  app.secret = wanted.app_secret.empty() ? RandomHex(kSecretBytes) : wanted.app_secret;
  app.name = wanted.name;
  app.callback = wanted.callback;
  parts_.registry.Put(app);
  MakeToken(app.id, {std::string(kManagementPermission), std::string(kMessagingPermission)},
            std::nullopt);
  Account account;
  account.id = MakeNodeId(parts_.random);
  account.app = app.id;
  account.name = wanted.name;
  account.subscribed = wanted.subscribed;
  parts_.registry.Put(account);
  return account;
}

base::Result<ShownNode> GraphFront::AddNumber(NewNumber wanted) {
  if (parts_.registry.FindNumberOf(wanted.number) != nullptr)
    return base::Error(base::ErrorCode::kAlreadyExists, "The number is on the Graph already");
  if (parts_.registry.numbers().size() >= kMaxNumbers)
    return base::Error(base::ErrorCode::kInvalidState, "There are too many numbers");
  if (!wanted.account.empty() && parts_.registry.FindAccount(wanted.account) == nullptr)
    return base::Error(base::ErrorCode::kNotFound, "There is no such business account");
  auto person = parts_.network.FindPerson(wanted.number);
  if (!person) {
    net::Person made;
    made.number = wanted.number;
    made.push_name = wanted.name.empty() ? wanted.number : wanted.name;
    person = parts_.network.AddPerson(std::move(made));
    if (!person) return person.error();
  }
  if (wanted.name.empty())
    wanted.name = person->verified_name.empty() ? person->push_name : person->verified_name;
  net::PersonChange change;
  change.is_business = true;
  change.verified_name = wanted.name;
  PARLEY_TRY(changed, parts_.network.UpdatePerson(person->number, change));
  PARLEY_TRY(device, parts_.network.LinkDirectly(person->number, net::Profile::kBusiness));
  PARLEY_TRY(account, MakeAccount(wanted));
  Number number;
  number.id = MakeNodeId(parts_.random);
  number.number = person->number;
  number.device = device.id;
  number.account = account.id;
  number.name = wanted.name;
  number.made_at = parts_.scheduler.Now();
  parts_.registry.Put(number);
  parts_.lines.emplace(number.id, Line::Start(parts_, number.id));
  if (!wanted.account.empty()) CopyTemplates(number);
  return Show(number);
}

// The network keeps templates by number: one that joins an account gets those of the first.
void GraphFront::CopyTemplates(const Number& number) {
  const std::string first = parts_.registry.NumbersOf(number.account).front()->number;
  const auto templates = parts_.network.ListTemplates(first);
  if (!templates || first == number.number) return;
  for (const net::Template& subject : *templates) {
    net::TemplateDraft draft;
    draft.name = subject.name;
    draft.language = subject.language;
    draft.category = subject.category;
    draft.components = subject.components;
    const net::Actor self{number.number, number.device};
    const auto made = parts_.network.CreateTemplate(self, std::move(draft));
    if (made && subject.status == net::TemplateStatus::kApproved)
      (void)parts_.network.ReviewTemplate(number.number, subject.name, subject.language,
                                          net::TemplateStatus::kApproved, "");
  }
}

ShownNode GraphFront::Show(const Number& number) const {
  ShownNode shown;
  shown.number = number;
  shown.account = *parts_.registry.FindAccount(number.account);
  shown.app = *parts_.registry.FindApp(shown.account.app);
  const base::Time now = parts_.scheduler.Now();
  for (const Token* token : parts_.registry.TokensOf(shown.app.id))
    if (!token->revoked && (!token->expires_at || *token->expires_at > now) &&
        token->permissions.size() == 2)
      shown.token = token->token;
  if (const Line* line = parts_.LineOf(number.id)) shown.waiting = line->waiting();
  return shown;
}

base::Result<ShownNode> GraphFront::FindNumber(std::string_view id) const {
  const Number* number = parts_.registry.FindNumber(id);
  if (number == nullptr) return NoSuchNumber();
  return Show(*number);
}

std::vector<ShownNode> GraphFront::ListNumbers() const {
  std::vector<ShownNode> shown;
  for (const auto& [id, number] : parts_.registry.numbers()) shown.push_back(Show(number));
  return shown;
}

base::Result<void> GraphFront::RemoveNumber(std::string_view id) {
  const Number* number = parts_.registry.FindNumber(id);
  if (number == nullptr) return NoSuchNumber();
  const auto line = parts_.lines.find(id);
  line->second->Stop();
  line->second->Forget(parts_.keep);
  parts_.lines.erase(line);
  if (const auto device = parts_.network.FindDevice(number->device))
    PARLEY_CHECK(parts_.network.Unlink(number->number, number->device));
  parts_.registry.RemoveNumber(id);
  return {};
}

base::Result<ShownNode> GraphFront::ChangeNumber(Number number) {
  const std::string id = number.id;
  if (parts_.registry.FindNumber(id) == nullptr) return NoSuchNumber();
  parts_.registry.Put(std::move(number));
  return FindNumber(id);
}

base::Result<ShownNode> GraphFront::ChangeAccount(std::string_view number, Account account) {
  parts_.registry.Put(std::move(account));
  return FindNumber(number);
}

base::Result<ShownNode> GraphFront::ChangeApp(std::string_view number, App app) {
  parts_.registry.Put(std::move(app));
  return FindNumber(number);
}

base::Result<Token> GraphFront::AddToken(std::string_view number,
                                         std::vector<std::string> permissions,
                                         std::optional<base::Time> expires_at) {
  PARLEY_TRY(shown, FindNumber(number));
  if (parts_.registry.token_count() >= kMaxTokens)
    return base::Error(base::ErrorCode::kInvalidState, "There are too many tokens");
  return MakeToken(shown.app.id, std::move(permissions), expires_at);
}

base::Result<void> GraphFront::RevokeToken(std::string_view number, std::string_view token) {
  PARLEY_TRY(shown, FindNumber(number));
  const Token* known = parts_.registry.FindToken(token);
  if (known == nullptr || known->app != shown.app.id)
    return base::Error(base::ErrorCode::kNotFound, "There is no such token");
  Token revoked = *known;
  revoked.revoked = true;
  parts_.registry.Put(std::move(revoked));
  return {};
}

base::Result<void> GraphFront::Tell(std::string_view number, std::string field,
                                    base::json::object value) {
  Line* line = parts_.LineOf(number);
  if (line == nullptr) return NoSuchNumber();
  line->Tell(Change{std::move(field), std::move(value), parts_.scheduler.Now()});
  return {};
}

base::Result<std::string> GraphFront::Receive(std::string_view number, std::string from,
                                              base::json::object message) {
  Line* line = parts_.LineOf(number);
  if (line == nullptr) return NoSuchNumber();
  const base::Time now = parts_.scheduler.Now();
  const std::string id = MakeWamid(from, parts_.random);
  base::json::object whole;
  whole["from"] = base::JsonView(from);
  whole["id"] = base::JsonView(id);
  whole["timestamp"] = base::JsonView(std::to_string(base::ToUnixSeconds(now)));
  for (auto& member : message) whole[member.key()] = std::move(member.value());
  line->Tell(parts_.changes.Received(line->number(), from, std::move(whole), now));
  return id;
}

}  // namespace

base::Result<std::unique_ptr<Front>> Front::Open(base::Scheduler& scheduler, base::Random& random,
                                                 net::Network& network, net::Log& log,
                                                 http::Client& client) {
  PARLEY_TRY(keep, net::Keep::Open(log, kKeepMark));
  return std::unique_ptr<Front>(
      std::make_unique<GraphFront>(scheduler, random, network, std::move(keep), client));
}

}  // namespace parley::sim::graph
