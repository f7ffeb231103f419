#include "cli/lookup.h"

#include <fmt/format.h>

#include <initializer_list>

#include "base/uuid.h"

namespace parley::cli {
namespace {

namespace json = base::json;
using base::Error;
using base::ErrorCode;

constexpr int kRowsPage = 200;

// The one row of which a member has this value.
base::Result<std::string> IdByName(const json::array& rows, std::string_view id,
                                   std::initializer_list<std::string_view> members,
                                   const std::string& wanted, std::string_view thing,
                                   std::string_view list_command) {
  std::string found;
  for (const json::value& row : rows) {
    if (!row.is_object()) continue;
    bool is_it = false;
    for (const std::string_view member : members)
      is_it = is_it || base::FindText(row.get_object(), member) == wanted;
    if (!is_it) continue;
    if (!found.empty())
      return Error(ErrorCode::kInvalidState,
                   fmt::format("More than one {} is called '{}'. Give its id; {} shows them", thing,
                               wanted, list_command));
    found = base::FindText(row.get_object(), id);
  }
  if (found.empty())
    return Error(ErrorCode::kNotFound,
                 fmt::format("There is no {} '{}'; {} shows them", thing, wanted, list_command));
  return found;
}

}  // namespace

base::Result<json::object> AsObject(base::Result<json::value> answer) {
  if (!answer) return answer.error();
  if (!answer->is_object())
    return Error(ErrorCode::kUnavailable, "The server's answer is not what was expected");
  return answer->get_object();
}

base::Result<json::array> ListAll(AdminApi& api, const std::string& path, std::string_view member) {
  json::array all;
  std::string after;
  while (true) {
    PARLEY_TRY(page, AsObject(api.Get(fmt::format("{}?limit={}{}", path, kRowsPage, after))));
    const json::value* rows = base::Find(page, member);
    if (rows == nullptr || !rows->is_array())
      return Error(ErrorCode::kUnavailable, "The server's answer is not what was expected");
    for (const json::value& row : rows->get_array()) all.push_back(row);
    const json::value* next = base::Find(page, "next");
    if (next == nullptr || next->is_null() || rows->get_array().empty()) return all;
    after = "&after=" + Escape(next->is_string() ? std::string(base::FindText(page, "next"))
                                                 : base::ToText(*next));
  }
}

base::Result<std::string> AccountPath(AdminApi& api, const std::string& account) {
  if (base::Uuid::Parse(account)) return "/accounts/" + account;
  PARLEY_TRY(rows, ListAll(api, "/accounts", "accounts"));
  PARLEY_TRY(id, IdByName(rows, "account_id", {"name"}, account, "account", "parley account list"));
  return "/accounts/" + id;
}

base::Result<std::string> ChannelPath(AdminApi& api, const std::string& account,
                                      const std::string& channel) {
  PARLEY_TRY(path, AccountPath(api, account));
  if (base::Uuid::Parse(channel)) return path + "/channels/" + channel;
  PARLEY_TRY(rows, ListAll(api, path + "/channels", "channels"));
  PARLEY_TRY(id, IdByName(rows, "channel_id", {"label", "code", "phone"}, channel, "channel",
                          "parley channel list"));
  return path + "/channels/" + id;
}

std::string LastId(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace parley::cli
