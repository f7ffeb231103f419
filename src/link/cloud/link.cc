#include "link/cloud/link.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/log.h"
#include "link/cloud/factory.h"
#include "link/cloud/format/content_out.h"
#include "link/cloud/format/errors.h"
#include "link/cloud/format/number.h"

namespace parley::link::cloud {
namespace {

constexpr base::Duration kCheckLimit = std::chrono::seconds(15);
constexpr base::Duration kFirstPause = std::chrono::seconds(5);
constexpr base::Duration kLongestPause = std::chrono::minutes(10);
// What a healthy number says of itself is asked for again that often.
constexpr base::Duration kCheckAgain = std::chrono::hours(1);
constexpr base::Duration kReportAgain = std::chrono::milliseconds(300);

constexpr std::int64_t kTokenInvalid = 190;  // Graph API, "Handling errors"

// Why the number cannot be used, as a state's reason.
std::string ReasonOf(const GraphAnswer& answer) {
  if (answer.kind != GraphAnswer::Kind::kRefused) return "unreachable";
  const format::GraphError error = format::ReadGraphError(answer.status, answer.body);
  const std::string_view reason = format::MeaningOf(error).state_reason;
  return reason.empty() ? "refused" : std::string(reason);
}

// Why the number cannot be used, by what its node says; empty, with who it is: it can.
std::string ReadNode(const base::json::object& body, core::PairedReport& paired) {
  const auto number = format::ReadNumber(body);
  if (!number) return "unknown_number";
  auto read = format::PairedOf(*number);
  if (!read) return "unknown_number";
  paired = std::move(*read);
  return std::string(format::TroubleOf(*number));
}

}  // namespace

core::Capabilities CloudCapabilities() {
  core::Capabilities capabilities;
  capabilities.message_id = core::MessageIdOwner::kTheirs;
  capabilities.customer_window = true;
  capabilities.kinds = format::CarriedKinds();
  capabilities.max_in_flight = 128;
  return capabilities;
}

CloudLink::CloudLink(const CloudParts& parts, CloudFactory& factory, const core::Channel& channel,
                     core::LinkEvents& events)
    : parts_(parts),
      factory_(factory),
      scheduler_(parts.store.scheduler()),
      events_(events),
      channel_(channel),
      uplink_(scheduler_),
      attempts_(parts.store, channel.row),
      inbox_(parts.store, channel.row),
      media_(scheduler_, parts.random, parts.pool, parts.blobs, uplink_, channel.account),
      changed_(scheduler_),
      reported_(scheduler_),
      ended_(scheduler_) {}

CloudLink::~CloudLink() = default;

void CloudLink::Start() {
  ++tasks_;
  scheduler_.Spawn("cloud link", Run());
}

base::Task<> CloudLink::Stop() {
  stopping_ = true;
  factory_.Remove(*this);
  media_.Stop();
  uplink_.Cut();
  changed_.Notify();
  while (tasks_ > 0) co_await ended_.Wait();
}

base::Task<base::Result<void>> CloudLink::RequestPairingCode(std::string) {
  co_return base::Error(base::ErrorCode::kNotSupported,
                        "The channel is connected by credentials, there is nothing to scan");
}

base::Task<> CloudLink::Run() {
  if (co_await Prepare()) {
    base::Duration pause = kFirstPause;
    while (!stopping_) {
      if (co_await Connect()) pause = kFirstPause;
      co_await WaitFor(connected_ ? kCheckAgain : pause);
      if (connected_ && !lost_reason_.empty() && !stopping_) {
        co_await Disconnect(lost_reason_);
      }
      lost_reason_.clear();
      if (!connected_) pause = std::min(pause * 2, kLongestPause);
    }
  }
  if (--tasks_ == 0) ended_.Notify();
}

// Ends earlier when there is a reason to look.
base::Task<> CloudLink::WaitFor(base::Duration pause) {
  const base::Microseconds end = scheduler_.Monotonic() + pause;
  while (!stopping_ && !look_now_) {
    const auto left = std::chrono::ceil<base::Duration>(end - scheduler_.Monotonic());
    if (left.count() <= 0 || !co_await changed_.WaitFor(left)) break;
  }
  look_now_ = false;
}

// Everything that must be there before the first request; false when the channel cannot go on.
base::Task<bool> CloudLink::Prepare() {
  base::Result<void> loaded{};
  std::optional<core::CloudCredentials> credentials;
  do {
    auto found = co_await core::LoadCloud(parts_.store, parts_.secrets, channel_.row, channel_.id);
    loaded = base::Result<void>();
    if (!found) loaded = found.error();
    if (loaded) loaded = co_await attempts_.Load();
    if (loaded) loaded = co_await inbox_.Load();
    if (loaded) credentials = std::move(*found);
    if (!loaded && base::IsTransient(loaded.error().code)) co_await scheduler_.Sleep(kReportAgain);
  } while (!stopping_ && !loaded && base::IsTransient(loaded.error().code));
  if (stopping_) co_return false;
  if (!loaded || !credentials) {
    if (!loaded)
      base::LogError("A channel's credentials cannot be read",
                     {{"channel", channel_.id.value.ToText()}, {"reason", loaded.error().detail}});
    co_await Disconnect(loaded ? "no_credentials" : "credentials_unreadable");
    co_return false;
  }
  uplink_.SetGraph(
      std::make_shared<const Graph>(parts_.client, factory_.options(), std::move(*credentials)));
  if (!factory_.Add(*this)) {
    co_await Disconnect("number_in_use");
    co_return false;
  }
  Work();
  co_return true;
}

// Asks Graph who the number is; whether it can be used.
base::Task<bool> CloudLink::Connect() {
  if (!connected_ && reason_.empty()) co_await ReportState(core::ChannelState::kConnecting, "");
  const std::string path = uplink_.graph()->credentials().phone_number_id +
                           "?fields=" + std::string(format::kNumberFields);
  Uplink::Ask ask = [path](std::shared_ptr<const Graph> graph) {
    return graph->Get(path, kCheckLimit);
  };
  const GraphAnswer found = co_await uplink_.Run(std::move(ask));
  if (stopping_) co_return false;
  core::PairedReport paired;
  const std::string reason = found.done() ? ReadNode(found.body, paired) : ReasonOf(found);
  // While it is connected, an hourly look that fails for lack of an answer changes nothing.
  if (connected_ && reason == "unreachable") co_return true;
  if (!reason.empty()) {
    co_await Disconnect(reason);
    co_return false;
  }
  std::vector<core::LinkReport> reports;
  reports.emplace_back(std::move(paired));
  if (!connected_)
    for (const core::ChannelState step :
         {core::ChannelState::kConnecting, core::ChannelState::kConnected}) {
      core::StateReport state;
      state.state = step;
      reports.emplace_back(std::move(state));
    }
  core::LinkWrites nothing;
  auto reported = co_await Report(std::move(reports), std::move(nothing));
  connected_ = reported.has_value();
  if (connected_) reason_.clear();
  if (!reported && reported.error().code == base::ErrorCode::kInvalidState)
    co_await Disconnect("other_number");
  co_return connected_;
}

// Told once, however often it is tried again.
base::Task<> CloudLink::Disconnect(std::string reason) {
  connected_ = false;
  if (reason == reason_) co_return;
  // A state does not change its reason by itself.
  if (!reason_.empty()) co_await ReportState(core::ChannelState::kConnecting, "");
  reason_ = reason;
  base::LogWarning("A Cloud API number cannot be used",
                   {{"channel", channel_.id.value.ToText()}, {"reason", reason}});
  co_await ReportState(core::ChannelState::kDisconnected, std::move(reason));
}

base::Task<> CloudLink::ReportState(core::ChannelState state, std::string reason) {
  core::StateReport report;
  report.state = state;
  report.reason = std::move(reason);
  std::vector<core::LinkReport> reports;
  reports.emplace_back(std::move(report));
  core::LinkWrites nothing;
  (void)co_await Report(std::move(reports), std::move(nothing));
}

// One at a time, until the store takes it.
base::Task<base::Result<void>> CloudLink::Report(std::vector<core::LinkReport> reports,
                                                 core::LinkWrites state) {
  while (reporting_) co_await reported_.Wait();
  reporting_ = true;
  base::Result<void> reported = co_await events_.Report(reports, state);
  while (!reported && base::IsTransient(reported.error().code) && !stopping_) {
    co_await scheduler_.Sleep(kReportAgain);
    reported = co_await events_.Report(reports, state);
  }
  reporting_ = false;
  reported_.Notify();
  co_return reported;
}

void CloudLink::LoseFor(std::string_view reason) {
  if (!connected_) return;
  lost_reason_ = reason;
  LookNow();
}

void CloudLink::LookNow() {
  look_now_ = true;
  changed_.Notify();
}

void CloudLink::LearnFrom(const GraphAnswer& answer, Asked asked) {
  CloudCounters& counters = factory_.counters();
  if (answer.kind == GraphAnswer::Kind::kNoAnswer) ++counters.requests_unanswered;
  if (answer.kind != GraphAnswer::Kind::kRefused) return;
  ++counters.requests_refused;
  const format::GraphError error = format::ReadGraphError(answer.status, answer.body);
  const std::string_view reason = format::MeaningOf(error).state_reason;
  // Who may not manage templates, say, may send all the same.
  if (asked == Asked::kSomethingElse && error.code != kTokenInvalid) return;
  if (!reason.empty()) LoseFor(reason);
}

}  // namespace parley::link::cloud
