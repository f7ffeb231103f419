#include "cli/handlers.h"
#include "cli/lookup.h"

namespace parley::cli {
namespace {

namespace json = base::json;

constexpr Column kKeyColumns[] = {
    {"FINGERPRINT", "fingerprint"}, {"DIALECT", "dialect"},
    {"CHANNEL", "channel_id"},      {"LABEL", "label"},
    {"CREATED", "created_at"},
};

// The one time that the key is shown.
int ShowNewKey(Session& session, const json::object& key) {
  session.output.Card(key);
  session.output.Line("Keep the key: it is shown this once.");
  return 0;
}

base::Result<std::string> KeyPath(Session& session) {
  PARLEY_TRY(path, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  return path + "/keys/" + Escape(session.arguments.Text("FINGERPRINT"));
}

}  // namespace

base::Result<int> ListKeys(Session& session) {
  PARLEY_TRY(path, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  PARLEY_TRY(rows, ListAll(session.api, path + "/keys", "keys"));
  session.output.Table(kKeyColumns, rows);
  return 0;
}

base::Result<int> CreateKey(Session& session) {
  PARLEY_TRY(path, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  json::object body;
  body["dialect"] = base::JsonView(session.arguments.Text("DIALECT"));
  if (const auto label = session.arguments.Find("--label")) body["label"] = base::JsonView(*label);
  PARLEY_TRY(key, AsObject(session.api.Post(path + "/keys", std::move(body))));
  return ShowNewKey(session, key);
}

base::Result<int> RenewKey(Session& session) {
  PARLEY_TRY(path, KeyPath(session));
  PARLEY_TRY(key, AsObject(session.api.Post(path + "/renew")));
  return ShowNewKey(session, key);
}

base::Result<int> RevokeKey(Session& session) {
  PARLEY_TRY(path, KeyPath(session));
  PARLEY_CHECK(session.api.Call(http::Method::kDelete, path, nullptr, AdminApi::kTimeout));
  session.output.Line("The key no longer works.");
  return 0;
}

base::Result<int> CreateChannelKey(Session& session) {
  PARLEY_TRY(path, ChannelPath(session.api, session.arguments.Text("ACCOUNT"),
                               session.arguments.Text("CHANNEL")));
  json::object body;
  body["dialect"] = base::JsonView(session.arguments.Text("DIALECT"));
  PARLEY_TRY(key, AsObject(session.api.Post(path + "/keys", std::move(body))));
  return ShowNewKey(session, key);
}

}  // namespace parley::cli
