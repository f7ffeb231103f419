#include "app/demo.h"

#include <fmt/format.h>

#include "app/data_folder.h"
#include "core/channels/channel_store.h"
#include "core/channels/reports.h"
#include "core/link_state.h"
#include "core/stamp.h"
#include "link/simulated/simulated_link.h"
#include "link/simulated/translate.h"

namespace parley::app {
namespace {

namespace json = base::json;
using base::JsonView;

struct DemoPerson {
  const char* number;
  const char* name;
};
constexpr DemoPerson kPeople[] = {
    {"15550100", "Ana"},
    {"15550101", "Ben"},
    {"15550102", "Chloe"},
};
// The channels' own numbers: one like a phone for 2Chat and Wapio, one like a business API for
// 1MSG.
constexpr DemoPerson kPhoneNumber = {"15550200", "Demo Phone"};
constexpr DemoPerson kShopNumber = {"15550201", "Demo Shop"};
// One more, as a real phone is linked: by a QR code, over the wire.
constexpr DemoPerson kNativeNumber = {"15550202", "Demo Native"};

constexpr base::Duration kConnectWait = std::chrono::seconds(10);

// Accounts that show how refusals look.
struct RefusedAccount {
  const char* name;
  void (*spoil)(core::Account& account, base::Time now);
};
constexpr RefusedAccount kRefused[] = {
    {"expired",
     [](core::Account& account, base::Time now) {
       account.on_trial = true;
       account.expires_at = now - std::chrono::hours(24);
     }},
    {"blocked",
     [](core::Account& account, base::Time) {
       account.blocked = true;
       account.block_reason = "Blocked for the demo";
     }},
    {"rate_limited",
     [](core::Account& account, base::Time) {
       account.on_trial = true;
       account.requests_per_minute = 10;
     }},
};

std::string Plus(std::string_view digits) { return "+" + std::string(digits); }

std::string SessionId(const core::Channel& channel) {
  return "bps_sess_ws_" + channel.id.value.ToHex();
}

base::Result<void> AddPerson(sim::network::Network& network, const DemoPerson& person,
                             bool is_business) {
  if (network.IsOnNetwork(person.number)) return {};
  sim::network::Person added;
  added.number = person.number;
  added.push_name = person.name;
  added.is_business = is_business;
  PARLEY_CHECK(network.AddPerson(added));
  return {};
}

class Maker {
 public:
  Maker(Gateway& gateway, DemoNetwork on)
      : gateway_(gateway), core_(gateway.services()), network_(*on.network), wire_(on.wire) {}

  // The parts of demo.json that do not depend on addresses.
  base::Task<base::Result<json::object>> Make() {
    for (const DemoPerson& person : kPeople) PARLEY_CO_CHECK(AddPerson(network_, person, false));
    PARLEY_CO_CHECK(AddPerson(network_, kPhoneNumber, false));
    PARLEY_CO_CHECK(AddPerson(network_, kShopNumber, true));

    core::Account wanted;
    wanted.name = "Demo";
    wanted.plan = "paid";
    wanted.settings.transcription = core::TranscriptionEngine::kEmbedded;
    PARLEY_CO_TRY(account, co_await core_.accounts.Create(wanted));
    PARLEY_CO_TRY(phone, co_await LinkedChannel(account.row, kPhoneNumber, "phone"));
    PARLEY_CO_TRY(shop, co_await LinkedChannel(account.row, kShopNumber, "business"));
    core::ChannelChange history;
    history.settings = [](core::ChannelSettings& settings) { settings.history_enabled = true; };
    PARLEY_CO_CHECK(co_await core_.channels.Change(account.row, shop.row, std::move(history)));

    json::object demo;
    PARLEY_CO_TRY(keys, co_await Keys(account.row, phone, shop));
    demo = std::move(keys);
    if (wire_ != nullptr) {
      PARLEY_CO_TRY(native, co_await PairedChannel(account.row, kNativeNumber));
      json::object shown;
      shown["session_id"] = JsonView(SessionId(native));
      shown["number"] = Plus(native.phone);
      demo["native"] = std::move(shown);
    }
    json::array people;
    for (const DemoPerson& person : kPeople) {
      json::object item;
      item["number"] = Plus(person.number);
      item["name"] = person.name;
      people.push_back(std::move(item));
    }
    demo["people"] = std::move(people);
    PARLEY_CO_TRY(others, co_await Others());
    demo["accounts"] = std::move(others);
    co_return demo;
  }

  // People write to the shop, so that it may write to them: its number has the 24-hour window.
  base::Task<base::Result<void>> OpenWindows() {
    for (const DemoPerson& person : kPeople) {
      sim::network::Draft draft;
      draft.to = kShopNumber.number;
      draft.content = sim::network::TextContent{"Hello, are you open today?"};
      PARLEY_CO_CHECK(network_.SendAsPerson(person.number, std::move(draft)));
    }
    co_return base::Result<void>();
  }

 private:
  // Linked without a scan, as if it had been paired long ago; connects at once.
  base::Task<base::Result<core::Channel>> LinkedChannel(core::AccountRow account, DemoPerson person,
                                                        std::string profile) {
    core::NewChannel wanted;
    wanted.label = person.name;
    wanted.link = core::LinkKind::kSimulated;
    wanted.link_profile = profile;
    PARLEY_CO_TRY(created, co_await core_.channels.Create(account, std::move(wanted)));
    PARLEY_CO_TRY(device,
                  network_.LinkDirectly(person.number, link::simulated::ProfileOf(profile)));
    const core::Stamp stamp(core_.scheduler.Now(), core_.random);
    std::vector<core::LinkReport> reports;
    reports.emplace_back(core::PairingReport{"demo", ""});
    reports.emplace_back(link::simulated::PairedOf(network_, device));
    reports.emplace_back(core::StateReport{core::ChannelState::kConnecting, "paired"});
    auto write = [account, row = created.channel.row, reports,
                  state = link::simulated::LinkedTo(device), stamp](core::Transaction& tx) {
      return core::ApplyReports(tx, account, row, reports, state, stamp);
    };
    PARLEY_CO_CHECK(co_await core_.store.Write(std::move(write)));
    gateway_.host().Refresh(created.channel.row);
    co_return co_await Connected(account, created.channel.row);
  }

  // A native channel, whose QR code its person scans.
  base::Task<base::Result<core::Channel>> PairedChannel(core::AccountRow account,
                                                        DemoPerson person) {
    PARLEY_CO_CHECK(AddPerson(network_, person, false));
    core::NewChannel wanted;
    wanted.label = person.name;
    wanted.link = core::LinkKind::kMultiDevice;
    PARLEY_CO_TRY(created, co_await core_.channels.Create(account, std::move(wanted)));
    PARLEY_CO_TRY(pairing, co_await core_.channels.Pair(created.channel.row, ""));
    PARLEY_CO_CHECK(wire_->Scan(person.number, pairing.qr));
    co_return co_await Connected(account, created.channel.row);
  }

  base::Task<base::Result<core::Channel>> Connected(core::AccountRow account,
                                                    core::ChannelRow row) {
    const base::Microseconds end = core_.scheduler.Monotonic() + kConnectWait;
    while (true) {
      PARLEY_CO_TRY(channel, co_await core_.channels.Get(account, row));
      if (channel.state == core::ChannelState::kConnected) co_return std::move(channel);
      if (core_.scheduler.Monotonic() > end)
        co_return base::Error(base::ErrorCode::kTimeout, "A demo channel did not connect");
      co_await core_.scheduler.Sleep(std::chrono::milliseconds(10));
    }
  }

  base::Task<base::Result<json::object>> Keys(core::AccountRow account, core::Channel phone,
                                              core::Channel shop) {
    auto& accounts = core_.accounts;
    auto& channels = core_.channels;
    PARLEY_CO_TRY(twochat, co_await accounts.IssueKey(account, core::Dialect::kTwoChat, "demo"));
    PARLEY_CO_TRY(pat, co_await accounts.IssueKey(account, core::Dialect::kWapio, "demo"));
    PARLEY_CO_TRY(session_key,
                  co_await channels.RenewKey(account, phone.row, core::Dialect::kWapio));
    PARLEY_CO_TRY(token, co_await channels.RenewKey(account, shop.row, core::Dialect::kOneMsg));
    json::object keys, two, wapio, one;
    two["api_key"] = JsonView(twochat.raw);
    two["number"] = Plus(phone.phone);
    wapio["pat"] = JsonView(pat.raw);
    wapio["session_id"] = SessionId(phone);
    wapio["session_key"] = JsonView(session_key.raw);
    one["channel_id"] = JsonView(shop.code);
    one["token"] = JsonView(token.raw);
    keys["twochat"] = std::move(two);
    keys["wapio"] = std::move(wapio);
    keys["onemsg"] = std::move(one);
    co_return keys;
  }

  base::Task<base::Result<json::object>> Others() {
    json::object others;
    for (const RefusedAccount& refused : kRefused) {
      core::Account wanted;
      wanted.name = std::string("Demo, ") + refused.name;
      refused.spoil(wanted, core_.scheduler.Now());
      PARLEY_CO_TRY(account, co_await core_.accounts.Create(wanted));
      core::NewChannel channel;
      channel.label = wanted.name;
      channel.link = core::LinkKind::kSimulated;
      PARLEY_CO_TRY(created, co_await core_.channels.Create(account.row, std::move(channel)));
      auto& accounts = core_.accounts;
      PARLEY_CO_TRY(twochat, co_await accounts.IssueKey(account.row, core::Dialect::kTwoChat, ""));
      PARLEY_CO_TRY(pat, co_await accounts.IssueKey(account.row, core::Dialect::kWapio, ""));
      PARLEY_CO_TRY(token, co_await core_.channels.RenewKey(account.row, created.channel.row,
                                                            core::Dialect::kOneMsg));
      json::object keys;
      keys["twochat_api_key"] = JsonView(twochat.raw);
      keys["wapio_pat"] = JsonView(pat.raw);
      keys["onemsg_channel_id"] = JsonView(created.channel.code);
      keys["onemsg_token"] = JsonView(token.raw);
      others[refused.name] = std::move(keys);
    }
    co_return others;
  }

  Gateway& gateway_;
  core::Services& core_;
  sim::network::Network& network_;
  sim::wire::Front* const wire_;
};

}  // namespace

base::Task<base::Result<std::string>> SetUpDemo(Gateway& gateway, DemoNetwork on,
                                                DemoAddresses addresses, std::string path) {
  Maker maker(gateway, on);
  json::object demo;
  auto known = ReadFile(path);
  if (known) {
    PARLEY_CO_TRY(parsed, base::ParseJson(*known));
    if (parsed.is_object()) demo = parsed.get_object();
  } else {
    PARLEY_CO_TRY(made, co_await maker.Make());
    demo = std::move(made);
  }
  PARLEY_CO_CHECK(co_await maker.OpenWindows());
  demo["base_url"] = JsonView(addresses.base_url);
  demo["sim_url"] = JsonView(addresses.sim_url);
  demo["admin_token"] = JsonView(addresses.admin_token);
  co_return base::ToText(demo) + "\n";
}

base::Result<std::string> DemoGreeting(const std::string& path, bool has_dashboard) {
  PARLEY_TRY(text, ReadFile(path));
  PARLEY_TRY(parsed, base::ParseJson(text));
  const json::object& demo = parsed.as_object();
  const auto inner = [&](const char* object, const char* member) {
    const json::value* found = base::Find(demo, object);
    return found == nullptr ? std::string()
                            : std::string(base::FindText(found->as_object(), member));
  };
  const std::string url(base::FindText(demo, "base_url")), sim(base::FindText(demo, "sim_url"));
  const std::string to = Plus(kPeople[0].number);
  std::string out;
  out += fmt::format("\nParley is ready at {}, its simulated network at {}.\n", url, sim);
  // The fragment stays in the browser.
  if (has_dashboard)
    out += fmt::format("\nThe dashboard, signed in:\n\n{}/ui/#token={}\n\n", url,
                       base::FindText(demo, "admin_token"));
  out += fmt::format("Everything else is in {}. A message to {}, in each dialect:\n", path,
                     kPeople[0].name);
  out += fmt::format(
      "\ncurl -s {}/api/send-message -H 'Authorization: Bearer {}' -H 'Content-Type: "
      "application/json' -d '{{\"to\": \"{}\", \"text\": \"Hello from Wapio\"}}'\n",
      url, inner("wapio", "session_key"), to);
  out += fmt::format(
      "\ncurl -s {}/open/whatsapp/send-message -H 'X-User-API-Key: {}' -H 'Content-Type: "
      "application/json' -d '{{\"from_number\": \"{}\", \"to_number\": \"{}\", \"text\": \"Hello "
      "from 2Chat\"}}'\n",
      url, inner("twochat", "api_key"), inner("twochat", "number"), to);
  out +=
      fmt::format("\ncurl -s '{}/{}/sendMessage?token={}' -d phone={} -d 'body=Hello from 1MSG'\n",
                  url, inner("onemsg", "channel_id"), inner("onemsg", "token"), kPeople[0].number);
  out += fmt::format("\nWhat has arrived on {}'s phone:\n\ncurl -s {}/people/{}/inbox\n\n",
                     kPeople[0].name, sim, to);
  return out;
}

}  // namespace parley::app
