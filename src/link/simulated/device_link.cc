#include "link/simulated/device_link.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "link/simulated/answers.h"
#include "link/simulated/network_answer.h"
#include "link/simulated/simulated_link.h"

namespace parley::link::simulated {
namespace {

constexpr base::Duration kFirstReconnect = std::chrono::milliseconds(500);
constexpr base::Duration kLongestReconnect = std::chrono::seconds(30);

core::SendRefused NotConnected() {
  core::SendRefused refused;
  refused.failure = core::Failure{"not_connected", "The channel is not connected"};
  return refused;
}

// The picture that a request brings along.
const core::MediaRef* PictureIn(const core::LinkRequest& request) {
  const std::optional<core::MediaRef>* picture = nullptr;
  if (const auto* change = std::get_if<core::ChangeProfile>(&request)) picture = &change->picture;
  if (const auto* change = std::get_if<core::ChangeGroup>(&request)) picture = &change->picture;
  return picture != nullptr && *picture ? &**picture : nullptr;
}

}  // namespace

base::Task<> DeviceLink::Run() {
  co_await LoadDevice();
  bool go_on = !stopping_ && !logging_out_;
  if (go_on && device_.empty()) go_on = co_await Pair();
  base::Duration pause = kFirstReconnect;
  while (go_on && !stopping_) {
    const base::Time started = scheduler_.Now();
    go_on = co_await StayConnected();
    if (!go_on || stopping_) break;
    if (scheduler_.Now() - started > kLongestReconnect) pause = kFirstReconnect;
    const auto jitter = static_cast<std::int64_t>(random_.Below(pause.count() / 4 + 1));
    co_await changed_.WaitFor(pause + base::Duration(jitter));
    pause = std::min(pause * 2, kLongestReconnect);
  }
  running_ = false;
  ended_.Notify();
}

base::Task<> DeviceLink::LoadDevice() {
  using Known = std::pair<std::optional<std::string>, std::optional<std::string>>;
  auto read = [channel = channel_](const core::Transaction& tx) -> base::Result<Known> {
    PARLEY_TRY(device, tx.link_state().Get(channel, kSpace, kKey));
    PARLEY_TRY(notices, tx.link_state().Get(channel, kSpace, kNoticesKey));
    return Known(std::move(device), std::move(notices));
  };
  auto known = co_await store_.Read(read);
  while (!known && !stopping_) {
    co_await changed_.WaitFor(kReportRetry);
    known = co_await store_.Read(read);
  }
  if (!known || !known->first) co_return;
  device_ = *known->first;
  const std::string notices = known->second.value_or("");
  if (notices.starts_with(device_ + " "))
    reported_notices_ = std::strtoull(notices.c_str() + device_.size() + 1, nullptr, 10);
}

// Offers pairing until somebody takes it up; false when the offer ended.
base::Task<bool> DeviceLink::Pair() {
  if (!offer_) offer_ = network_.OfferQr(profile_, *this);
  while (!stopping_) {
    if (paired_) {
      device_ = paired_->id;
      offer_.reset();
      core::PairedReport who = PairedOf(network_, *paired_);
      std::vector<core::LinkReport> reports;
      reports.emplace_back(std::move(who));
      reports.emplace_back(core::StateReport{core::ChannelState::kConnecting, "paired"});
      for (core::LinkReport& contact : ContactsOf(network_, paired_->number))
        reports.push_back(std::move(contact));
      core::LinkWrites writes = LinkedTo(*paired_);
      auto taken = co_await Report(std::move(reports), std::move(writes));
      if (taken || taken.error().code != base::ErrorCode::kInvalidState) co_return true;
      (void)network_.Unlink(paired_->number, std::exchange(device_, ""));
      co_await ReportState(core::ChannelState::kPending, "other_number");
      co_return false;
    }
    if (!pairing_ended_.empty()) {
      offer_.reset();
      co_await ReportState(core::ChannelState::kPending, "pairing_" + pairing_ended_);
      co_return false;
    }
    if (offered_.empty()) {
      co_await changed_.Wait();
      continue;
    }
    std::vector<core::LinkReport> reports;
    reports.emplace_back(std::move(offered_.front()));
    offered_.pop_front();
    core::LinkWrites none;
    (void)co_await Report(std::move(reports), std::move(none));
  }
  co_return false;
}

// One connection, from connecting to its end; false when there is no point in another.
base::Task<bool> DeviceLink::StayConnected() {
  closed_.reset();
  items_.clear();
  co_await ReportState(core::ChannelState::kConnecting, "");
  if (stopping_) co_return false;
  auto connection = network_.Connect(device_, *this);
  if (!connection) {
    const bool gone = connection.error().code == base::ErrorCode::kGone ||
                      connection.error().code == base::ErrorCode::kNotFound;
    if (gone) co_await ReportLoggedOut();
    co_return !gone;
  }
  connection_ = std::move(*connection);
  co_await ReportState(core::ChannelState::kConnected, "");
  while (!stopping_ && !closed_) {
    if (items_.empty())
      co_await changed_.Wait();
    else
      co_await ReportItems();
  }
  connection_.reset();
  if (stopping_) co_return false;
  const net::CloseReason reason = *closed_;
  const bool final = reason == net::CloseReason::kLoggedOut;
  if (final)
    co_await ReportLoggedOut();
  else
    co_await ReportState(core::ChannelState::kConnecting, std::string(NameOf(reason)));
  co_return !final;
}

base::Task<base::Result<core::LinkAnswer>> DeviceLink::Request(core::LinkRequest request,
                                                               base::Duration /*limit*/) {
  const auto device = network_.FindDevice(device_);
  if (!device) co_return base::ErrorCode::kChannelNotConnected;
  const Answers answers{network_, device->number, device_, connection_.get()};
  if (const core::MediaRef* picture = PictureIn(request)) {
    core::MediaRef ref = *picture;
    const bool given = co_await media_.Give(std::move(ref));
    if (!given) co_return base::ErrorCode::kUnavailable;
  }
  auto answer = std::visit(answers, request);
  if (!answer) co_return answer;
  PARLEY_CO_TRY(sha256, answers.FindPicture(request));
  if (sha256.empty()) co_return answer;
  net::Media wanted;
  wanted.sha256 = sha256;
  auto picture = co_await media_.Take(std::move(wanted));
  if (!picture) co_return base::ErrorCode::kUnavailable;
  if (auto* profile = std::get_if<core::OwnProfile>(&*answer))
    profile->picture = std::move(picture);
  else
    std::get<core::PictureFound>(*answer).media = std::move(picture);
  co_return answer;
}

base::Task<core::SendOutcome> DeviceLink::Send(core::OutgoingMessage message) {
  net::DeviceMessage out;
  out.id = std::move(message.link_id);
  if (message.quoted) out.quoted = std::move(message.quoted->link_id);
  auto content = ContentOf(message.content, message.target ? message.target->link_id : "");
  if (!content) {
    core::SendRefused refused;
    refused.kind = core::SendRefused::Kind::kPermanent;
    refused.failure = core::Failure{"unsupported", "The network does not take this message"};
    co_return refused;
  }
  out.content = std::move(*content);
  out.to = message.to.value;
  if (message.to.kind == core::AddressKind::kGroup) out.to = net::GroupAddress(out.to);
  if (message.to.kind == core::AddressKind::kNewsletter) out.to = net::NewsletterAddress(out.to);
  if (message.to.kind == core::AddressKind::kPhone)
    if (const auto person = network_.FindPerson(message.to.value)) out.to = person->number;
  if (message.to.kind == core::AddressKind::kLid)
    if (const auto person = network_.FindPersonByLid(message.to.value)) out.to = person->number;
  bool given = true;
  std::vector<core::MediaRef> files = core::FilesOf(message.content);
  for (core::MediaRef& file : files) {
    if (given) given = co_await media_.Give(std::move(file));
  }
  if (!given) {
    core::SendRefused refused;
    refused.kind = core::SendRefused::Kind::kPermanent;
    refused.failure = core::Failure{"media_gone", "The media of the message is no longer stored"};
    co_return refused;
  }
  if (!connection_) co_return NotConnected();
  NetworkAnswer answer(scheduler_);
  connection_->Send(std::move(out), answer.Callback());
  co_await answer.Wait();
  if (answer.result()) co_return OutcomeOf(*answer.result());
  core::SendRefused refused;
  refused.kind = core::SendRefused::Kind::kAmbiguous;
  refused.failure = core::Failure{"no_answer", "The network did not answer"};
  co_return refused;
}

}  // namespace parley::link::simulated
