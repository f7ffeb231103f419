#include "app/check_channels.h"

#include <fmt/format.h>

#include "cli/lookup.h"

namespace parley::app {
namespace {

namespace json = base::json;

// Longer than a check takes.
constexpr base::Duration kCheckTimeout = std::chrono::minutes(2);

class ChannelChecker {
 public:
  ChannelChecker(cli::AdminApi& api, json::object& report) : api_(api), report_(report) {}

  base::Result<void> Run() {
    PARLEY_TRY(accounts, cli::ListAll(api_, "/accounts", "accounts"));
    for (const json::value& account : accounts) {
      const std::string path = fmt::format("/accounts/{}", TextOf(account, "account_id"));
      PARLEY_TRY(channels, cli::ListAll(api_, path + "/channels", "channels"));
      for (const json::value& channel : channels)
        if (TextOf(channel, "link") == "cloud") PARLEY_CHECK(CheckOne(path, channel));
    }
    if (skipped_ > 0)
      Note(fmt::format("{} more Cloud API channels, not looked at: see parley channel check",
                       skipped_));
    return {};
  }
  void Note(const std::string& text) { report_["notes"].as_array().push_back(json::string(text)); }

 private:
  static std::string TextOf(const json::value& row, std::string_view member) {
    const json::object* object = row.if_object();
    return object == nullptr ? "" : std::string(base::FindText(*object, member));
  }

  base::Result<void> CheckOne(const std::string& account, const json::value& channel) {
    if (checked_ == kMaxCheckedChannels) {
      ++skipped_;
      return {};
    }
    ++checked_;
    const std::string path =
        fmt::format("{}/channels/{}/cloud/check", account, TextOf(channel, "channel_id"));
    auto answer = cli::AsObject(api_.Post(path, nullptr, kCheckTimeout));
    // One that was made without credentials, say.
    if (!answer) return Problem(channel, std::string(answer.error().public_text()), "");
    const json::value* findings = base::Find(*answer, "findings");
    if (findings == nullptr || !findings->is_array()) return {};
    bool is_well = true;
    for (const json::value& finding : findings->get_array()) {
      const json::object* members = finding.if_object();
      const json::value* ok = members == nullptr ? nullptr : base::Find(*members, "ok");
      if (ok == nullptr || (ok->is_bool() && ok->get_bool())) continue;
      is_well = false;
      PARLEY_CHECK(Problem(channel, TextOf(finding, "text"), TextOf(finding, "fix")));
    }
    if (is_well) Note(fmt::format("Cloud API channel {}", TextOf(channel, "label")));
    return {};
  }

  base::Result<void> Problem(const json::value& channel, const std::string& text,
                             const std::string& fix) {
    json::object problem;
    problem["option"] = "";
    problem["text"] =
        base::JsonView(fmt::format("Cloud API channel {}: {}{}{}", TextOf(channel, "label"), text,
                                   fix.empty() ? "" : ". ", fix));
    report_["problems"].as_array().push_back(std::move(problem));
    return {};
  }

  cli::AdminApi& api_;
  json::object& report_;
  int checked_ = 0, skipped_ = 0;
};

}  // namespace

void CheckCloudChannels(cli::AdminApi& api, json::object& report) {
  ChannelChecker checker(api, report);
  if (const auto done = checker.Run(); !done)
    checker.Note(fmt::format("the running server was not asked about its channels: {}",
                             done.error().public_text()));
}

}  // namespace parley::app
