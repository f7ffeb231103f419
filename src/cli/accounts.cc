#include "cli/handlers.h"
#include "cli/lookup.h"

namespace parley::cli {
namespace {

namespace json = base::json;
using base::JsonView;

constexpr Column kAccountColumns[] = {
    {"ID", "account_id"},
    {"NAME", "name"},
    {"PLAN", "plan"},
    {"TRIAL", "on_trial"},
    {"EXPIRES", "expires_at"},
    {"BLOCKED", "blocked"},
    {"PER MINUTE", "requests_per_minute"},
};

void SetText(json::object& body, const char* member, const std::optional<std::string>& value) {
  if (value) body[member] = JsonView(*value);
}

void SetNumber(json::object& body, const char* member, const std::optional<std::int64_t>& value) {
  if (value) body[member] = *value;
}

// "wapio_envelope" or "wapio_envelope=false".
json::object ReadSettings(const std::vector<std::string>& given) {
  json::object settings;
  for (const std::string& setting : given) {
    const std::size_t equals = setting.find('=');
    const std::string value = equals == std::string::npos ? "true" : setting.substr(equals + 1);
    json::value& member = settings[JsonView(std::string_view(setting).substr(0, equals))];
    if (value == "true" || value == "false")
      member = value == "true";
    else
      member = JsonView(value);  // the server says what it wants instead
  }
  return settings;
}

// The members that were given.
json::object ReadAccount(const Arguments& arguments) {
  json::object body;
  SetText(body, "plan", arguments.Find("--plan"));
  if (arguments.Has("--trial")) body["on_trial"] = true;
  if (arguments.Has("--no-trial")) body["on_trial"] = false;
  if (arguments.Has("--never-expires")) body["expires_at"] = nullptr;
  if (const auto expires = arguments.Find("--expires"))
    body["expires_at"] = JsonView(*ParseTimeArgument(*expires));
  if (arguments.Has("--unblock")) {
    body["blocked"] = false;
    body["block_reason"] = "";
  }
  if (const auto reason = arguments.Find("--block")) {
    body["blocked"] = true;
    body["block_reason"] = JsonView(*reason);
  }
  SetNumber(body, "requests_per_minute", arguments.Number("--per-minute"));
  SetNumber(body, "burst", arguments.Number("--burst"));
  SetNumber(body, "messages_per_month", arguments.Number("--messages-per-month"));
  SetText(body, "transcription_key", arguments.Find("--transcription-key"));
  if (arguments.Has("--setting")) body["settings"] = ReadSettings(arguments.All("--setting"));
  return body;
}

}  // namespace

base::Result<int> ListAccounts(Session& session) {
  PARLEY_TRY(rows, ListAll(session.api, "/accounts", "accounts"));
  session.output.Table(kAccountColumns, rows);
  return 0;
}

base::Result<int> CreateAccount(Session& session) {
  json::object body = ReadAccount(session.arguments);
  body["name"] = JsonView(session.arguments.Text("NAME"));
  PARLEY_TRY(account, AsObject(session.api.Post("/accounts", std::move(body))));
  session.output.Card(account);
  return 0;
}

base::Result<int> ShowAccount(Session& session) {
  PARLEY_TRY(path, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  PARLEY_TRY(account, AsObject(session.api.Get(path)));
  session.output.Card(account);
  return 0;
}

base::Result<int> SetAccount(Session& session) {
  json::object body = ReadAccount(session.arguments);
  SetText(body, "name", session.arguments.Find("--name"));
  if (body.empty())
    return session.output.Usage(
        "Nothing to change was given; parley account set --help lists what can be");
  PARLEY_TRY(path, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  PARLEY_TRY(account, AsObject(session.api.Call(http::Method::kPatch, path, std::move(body),
                                                AdminApi::kTimeout)));
  session.output.Card(account);
  return 0;
}

}  // namespace parley::cli
