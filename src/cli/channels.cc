#include <fmt/format.h>

#include "cli/handlers.h"
#include "cli/lookup.h"

namespace parley::cli {
namespace {

namespace json = base::json;
using base::JsonView;

constexpr Column kChannelColumns[] = {
    {"ID", "channel_id"}, {"LABEL", "label"}, {"PHONE", "phone"},         {"CODE", "code"},
    {"LINK", "link"},     {"STATE", "state"}, {"REASON", "state_reason"},
};

base::Result<std::string> PathOf(Session& session) {
  return ChannelPath(session.api, session.arguments.Text("ACCOUNT"),
                     session.arguments.Text("CHANNEL"));
}

// Posts to a path below the channel and shows the channel afterwards.
base::Result<int> Act(Session& session, const char* action) {
  PARLEY_TRY(path, PathOf(session));
  PARLEY_CHECK(session.api.Post(path + action));
  PARLEY_TRY(channel, AsObject(session.api.Get(path)));
  session.output.Card(channel);
  return 0;
}

// Longer than a check takes.
constexpr base::Duration kCheckTimeout = std::chrono::minutes(2);

// Whether it is well.
bool PrintFinding(Session& session, const json::object& finding) {
  const json::value* ok = base::Find(finding, "ok");
  const bool is_well = ok != nullptr && ok->is_bool() && ok->get_bool();
  const std::string_view fix = base::FindText(finding, "fix");
  session.output.Line(fmt::format("{} {:<12}  {}", is_well ? "ok      " : "problem ",
                                  base::FindText(finding, "check"),
                                  base::FindText(finding, "text")));
  if (!is_well && !fix.empty()) session.output.Line(fmt::format("{:23}{}", "", fix));
  return is_well;
}

}  // namespace

base::Result<int> ListChannels(Session& session) {
  PARLEY_TRY(path, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  PARLEY_TRY(rows, ListAll(session.api, path + "/channels", "channels"));
  session.output.Table(kChannelColumns, rows);
  return 0;
}

base::Result<int> CreateChannel(Session& session) {
  PARLEY_TRY(path, AccountPath(session.api, session.arguments.Text("ACCOUNT")));
  json::object body;
  body["label"] = JsonView(session.arguments.Text("LABEL"));
  if (const auto phone = session.arguments.Find("--phone")) body["phone"] = JsonView(*phone);
  if (const auto link = session.arguments.Find("--link")) body["link"] = JsonView(*link);
  if (const auto profile = session.arguments.Find("--profile"))
    body["link_profile"] = JsonView(*profile);
  PARLEY_TRY(channel, AsObject(session.api.Post(path + "/channels", std::move(body))));
  session.output.Card(channel);
  return 0;
}

base::Result<int> ShowChannel(Session& session) {
  PARLEY_TRY(path, PathOf(session));
  PARLEY_TRY(channel, AsObject(session.api.Get(path)));
  session.output.Card(channel);
  return 0;
}

base::Result<int> ConnectChannel(Session& session) { return Act(session, "/connect"); }

base::Result<int> DisconnectChannel(Session& session) { return Act(session, "/disconnect"); }

base::Result<int> DeleteChannel(Session& session) {
  if (!session.arguments.Has("--yes"))
    return session.output.Usage(
        "Deleting a channel logs its phone out and deletes its messages. Say so with --yes");
  PARLEY_TRY(path, PathOf(session));
  PARLEY_TRY(operation,
             AsObject(session.api.Call(http::Method::kDelete, path, nullptr, AdminApi::kTimeout)));
  session.output.Card(operation);
  return 0;
}

base::Result<int> CheckChannel(Session& session) {
  PARLEY_TRY(path, PathOf(session));
  PARLEY_TRY(report, AsObject(session.api.Post(path + "/cloud/check", nullptr, kCheckTimeout)));
  if (session.output.json()) session.output.Json(report);
  const json::value* findings = base::Find(report, "findings");
  if (findings == nullptr || !findings->is_array())
    return base::Error(base::ErrorCode::kUnavailable,
                       "The server's answer is not what was expected");
  int problems = 0;
  for (const json::value& finding : findings->get_array())
    if (finding.is_object() && !PrintFinding(session, finding.get_object())) ++problems;
  session.output.Line(problems == 0 ? "No problems found."
                                    : fmt::format("Problems found: {}.", problems));
  return problems == 0 ? 0 : 1;
}

}  // namespace parley::cli
