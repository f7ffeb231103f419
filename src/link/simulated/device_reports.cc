// DeviceLink: reporting what the network gives.
#include <algorithm>
#include <utility>

#include "base/crash_point.h"
#include "base/log.h"
#include "link/simulated/device_link.h"

namespace parley::link::simulated {
namespace {

bool IsStatus(const net::Item& item) {
  const auto* incoming = std::get_if<net::IncomingMessage>(&item.content);
  return incoming != nullptr && net::ChatOf(incoming->message.to).kind == net::ChatKind::kStatus;
}

}  // namespace

base::Task<> DeviceLink::ReportItems() {
  std::deque<net::Item> items = std::exchange(items_, {});
  const std::uint64_t last = items.back().seq;
  std::uint64_t last_notice = reported_notices_;
  std::vector<core::LinkReport> reports;
  for (net::Item& item : items) {
    if (std::holds_alternative<net::Notice>(item.content) || IsStatus(item))
      last_notice = std::max(last_notice, item.seq);
    auto report = co_await ReportOf(std::move(item));
    if (report) reports.push_back(std::move(*report));
  }
  core::LinkWrites writes;
  if (last_notice > reported_notices_)
    writes.push_back(
        core::LinkWrite{kSpace, kNoticesKey, device_ + " " + std::to_string(last_notice)});
  auto reported = co_await Report(std::move(reports), std::move(writes));
  if (reported) reported_notices_ = last_notice;
  base::ReachCrashPoint("after_report_before_acknowledge");
  if (connection_ && !stopping_) connection_->Acknowledge(last);
}

base::Task<std::optional<core::LinkReport>> DeviceLink::ReportOf(net::Item item) {
  if (const auto* receipt = std::get_if<net::Receipt>(&item.content))
    co_return core::LinkReport(ReceiptOf(network_, *receipt));
  if (const auto* notice = std::get_if<net::Notice>(&item.content)) {
    if (item.seq <= reported_notices_) co_return std::nullopt;
    const auto device = network_.FindDevice(device_);
    auto report = device ? NoticeOf(network_, *notice, *device) : std::nullopt;
    if (!report)
      base::LogDebug("A notice of the network is not reported",
                     {{"kind", NameOf(notice->content)}});
    co_return report;
  }
  const auto& incoming = std::get<net::IncomingMessage>(item.content);
  // What the own phone shows is no news, and what comes again after a crash neither.
  if (IsStatus(item) && (incoming.from_me || item.seq <= reported_notices_)) co_return std::nullopt;
  std::optional<core::Media> media;
  if (const net::Media* carried = net::MediaOf(incoming.message.content)) {
    media = co_await media_.Take(*carried);
    if (!media && stopping_) co_return std::nullopt;
    if (!media) {
      base::LogWarning("Media of a message is not there", {{"sha256", carried->sha256}});
      co_return std::nullopt;
    }
  }
  auto content = ContentOf(incoming.message.content, media ? &media->ref : nullptr);
  if (!content) {
    base::LogWarning("A message that the core cannot read was not reported",
                     {{"kind", NameOf(net::KindOf(incoming.message.content))}});
    co_return std::nullopt;
  }
  if (IsStatus(item)) {
    core::StatusPost post;
    post.link_id = incoming.message.id;
    post.from = PeerOf(network_, incoming.message.from);
    post.at = incoming.message.at;
    post.content = std::move(*content);
    post.media = std::move(media);
    co_return core::LinkReport(std::move(post));
  }
  core::IncomingMessage report;
  report.history = incoming.history;
  report.link_id = incoming.message.id;
  report.from_me = incoming.from_me;
  report.broadcast = !incoming.message.broadcast.empty();
  report.group = GroupAt(network_, incoming.message.to);
  if (!report.group)
    report.from = PeerOf(network_, incoming.from_me ? incoming.message.to : incoming.message.from);
  else if (report.group->address.kind == core::AddressKind::kGroup && !incoming.from_me)
    report.from = PeerOf(network_, incoming.message.from);
  report.at = incoming.message.at;
  report.quoted_link_id = incoming.message.quoted;
  if (const std::string* target = net::TargetOf(incoming.message.content))
    report.target_link_id = *target;
  report.content = std::move(*content);
  report.media = std::move(media);
  co_return core::LinkReport(std::move(report));
}

// Goes on until it is stored, for as long as that may help.
base::Task<base::Result<void>> DeviceLink::Report(std::vector<core::LinkReport> reports,
                                                  core::LinkWrites writes) {
  while (true) {
    auto reported = co_await events_.Report(reports, writes);
    if (reported || stopping_) co_return reported;
    if (reported.error().code == base::ErrorCode::kInvalidState) co_return reported;
    if (!base::IsTransient(reported.error().code)) {
      base::LogError("A link report cannot be stored", {{"reason", reported.error().detail}});
      co_return reported;
    }
    base::LogWarning("A link report could not be stored", {{"reason", reported.error().detail}});
    co_await scheduler_.Sleep(kReportRetry);
  }
}

base::Task<> DeviceLink::ReportState(core::ChannelState state, std::string reason) {
  std::vector<core::LinkReport> reports;
  reports.emplace_back(core::StateReport{state, std::move(reason)});
  core::LinkWrites none;
  (void)co_await Report(std::move(reports), std::move(none));
}

base::Task<> DeviceLink::ReportLoggedOut() {
  device_.clear();
  std::vector<core::LinkReport> reports;
  reports.emplace_back(core::StateReport{core::ChannelState::kLoggedOut, "logged_out"});
  core::LinkWrites forgotten;
  forgotten.push_back(core::LinkWrite{kSpace, kKey, std::nullopt});
  forgotten.push_back(core::LinkWrite{kSpace, kNoticesKey, std::nullopt});
  (void)co_await Report(std::move(reports), std::move(forgotten));
}

}  // namespace parley::link::simulated
