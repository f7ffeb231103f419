#include "admin/attention.h"

#include <fmt/format.h>

#include <algorithm>

#include "admin/addresses.h"

namespace parley::admin {
namespace {

constexpr double kNearlyFull = 0.9;
constexpr std::int64_t kLittleDisk = 1LL << 30;  // bytes
constexpr base::Duration kRestartIsNews = std::chrono::hours(1);

std::string NameOf(const core::Channel& channel) {
  if (!channel.label.empty()) return channel.label;
  return channel.phone.empty() ? "A channel without a number" : "+" + channel.phone;
}

AttentionView NodeAttention(std::string kind, std::string severity, std::string text) {
  AttentionView view;
  view.kind = std::move(kind);
  view.severity = std::move(severity);
  view.text = std::move(text);
  return view;
}

// "12.3 GB" of 10^9 bytes.
std::string Gigabytes(std::int64_t bytes) {
  return fmt::format("{:.1f} GB", static_cast<double>(bytes) / 1e9);
}

std::string WithReason(std::string text, const std::string& reason) {
  return reason.empty() ? text : text + " (" + reason + ")";
}

}  // namespace

std::optional<AttentionView> AttentionOf(const TroubledChannel& troubled) {
  const core::Channel& channel = troubled.channel;
  AttentionView view;
  view.kind = "channel_waiting";
  switch (channel.state) {
    case core::ChannelState::kLoggedOut:
      view.kind = "channel_failed";
      view.severity = "error";
      view.text = "was logged out and must be paired again";
      break;
    case core::ChannelState::kDisconnected:
      // Off by its owner's wish is nothing to look at.
      if (!channel.enabled) return std::nullopt;
      view.text = "is not connected";
      break;
    case core::ChannelState::kPairing:
      view.text = "waits to be paired";
      break;
    case core::ChannelState::kPending:
    case core::ChannelState::kConnecting:
    case core::ChannelState::kConnected:
    case core::ChannelState::kDeleting:
    case core::ChannelState::kDeleted:
      return std::nullopt;
  }
  view.text = WithReason(NameOf(channel) + " " + view.text, channel.state_reason);
  view.account_id = Spell(troubled.account);
  view.channel_id = Spell(channel.id);
  view.since = Spell(channel.updated_at);
  return view;
}

AttentionView AttentionOf(const core::Subscription& subscription) {
  const bool is_off = subscription.state == core::SubscriptionState::kDisabled;
  AttentionView view;
  view.kind = is_off ? "subscription_disabled" : "subscription_failing";
  view.severity = is_off ? "error" : "warning";
  view.text = is_off ? WithReason("A webhook was switched off", subscription.state_reason)
                     : "A webhook's receiver does not answer as it should";
  view.account_id = Spell(subscription.account_id);
  view.subscription_id = Spell(subscription.id);
  view.since = Spell(subscription.failing_since);
  return view;
}

std::vector<AttentionView> AttentionOf(const NodeFigures& figures, const Node& node,
                                       std::int64_t dead_lately, base::Time now) {
  std::vector<AttentionView> views;
  const MediaFigures& media = figures.media;
  if (media.stored_bytes_limit > 0 &&
      static_cast<double>(media.stored_bytes) >=
          kNearlyFull * static_cast<double>(media.stored_bytes_limit)) {
    const bool full = media.stored_bytes >= media.stored_bytes_limit;
    views.push_back(NodeAttention(
        "disk", full ? "error" : "warning",
        fmt::format("{} of media are kept, of at most {}; at the limit media is refused",
                    Gigabytes(media.stored_bytes), Gigabytes(media.stored_bytes_limit))));
  }
  const ProcessFigures& process = figures.process;
  if (process.disk_bytes > 0 && process.disk_free_bytes < kLittleDisk)
    views.push_back(NodeAttention("disk", "error",
                                  fmt::format("The disk of the data folder has {} left",
                                              Gigabytes(process.disk_free_bytes))));
  if (dead_lately > 0)
    views.push_back(NodeAttention(
        "dead_letters", "warning",
        fmt::format("{} webhook deliveries were given up in the last hour; they can be replayed",
                    dead_lately)));
  if (node.started_after_crash() && now - node.started_at() < kRestartIsNews) {
    views.push_back(NodeAttention(
        "restart", "warning", "The server was started again after it had ended without a stop"));
    views.back().since = Spell(node.started_at());
  }
  return views;
}

void SortBySeverity(std::vector<AttentionView>& views) {
  std::stable_partition(views.begin(), views.end(),
                        [](const AttentionView& view) { return view.severity == "error"; });
}

}  // namespace parley::admin
