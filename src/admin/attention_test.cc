#include "admin/attention.h"

#include <gtest/gtest.h>

#include "admin/test_node.h"

namespace parley::admin {
namespace {

using namespace std::chrono_literals;
using core::ChannelState;

constexpr base::Time kAttentionNow = base::FromUnixMs(1'800'000'000'000);

std::string Told(const std::vector<AttentionView>& views) {
  std::string text;
  for (const AttentionView& view : views)
    text += view.severity + " " + view.kind + ": " + view.text + "\n";
  return text;
}

TEST(Attention, IsDrawnToChannelsThatAreOffAgainstTheirOwnersWish) {
  struct Case {
    ChannelState state;
    bool enabled;
    const char* told;  // empty: nothing
  };
  constexpr Case kCases[] = {
      {ChannelState::kPending, true, ""},
      {ChannelState::kPairing, true, "warning channel_waiting: Shop waits to be paired (why)\n"},
      {ChannelState::kConnecting, true, ""},
      {ChannelState::kConnected, true, ""},
      {ChannelState::kDisconnected, true, "warning channel_waiting: Shop is not connected (why)\n"},
      {ChannelState::kDisconnected, false, ""},
      {ChannelState::kLoggedOut, true,
       "error channel_failed: Shop was logged out and must be paired again (why)\n"},
      {ChannelState::kDeleting, true, ""},
      {ChannelState::kDeleted, true, ""},
  };
  for (const Case& one : kCases) {
    TroubledChannel troubled;
    troubled.channel.state = one.state;
    troubled.channel.enabled = one.enabled;
    troubled.channel.label = "Shop";
    troubled.channel.state_reason = "why";
    troubled.channel.updated_at = kAttentionNow;
    const auto view = AttentionOf(troubled);
    EXPECT_EQ(view ? Told({*view}) : "", one.told);
    if (view) {
      EXPECT_EQ(view->since, "2027-01-15T08:00:00.000Z");
    }
  }
}

TEST(Attention, NamesAChannelByWhatItHas) {
  TroubledChannel troubled;
  troubled.channel.state = ChannelState::kLoggedOut;
  EXPECT_EQ(AttentionOf(troubled)->text,
            "A channel without a number was logged out and must be paired again");
  troubled.channel.phone = "15550100";
  EXPECT_TRUE(AttentionOf(troubled)->text.starts_with("+15550100 was logged out"));
}

TEST(Attention, TellsSubscriptionsThatFailFromThoseThatWereSwitchedOff) {
  core::Subscription failing;
  failing.failing_since = kAttentionNow;
  core::Subscription off;
  off.state = core::SubscriptionState::kDisabled;
  off.state_reason = "gone";
  EXPECT_EQ(Told({AttentionOf(failing), AttentionOf(off)}),
            "warning subscription_failing: A webhook's receiver does not answer as it should\n"
            "error subscription_disabled: A webhook was switched off (gone)\n");
}

TEST(Attention, IsDrawnToWhatThreatensTheNode) {
  TestNode node;
  node.started = kAttentionNow;
  NodeFigures figures;
  figures.media.stored_bytes = 89;
  figures.media.stored_bytes_limit = 100;
  figures.process.disk_bytes = 100LL << 30;
  figures.process.disk_free_bytes = 1LL << 30;
  EXPECT_EQ(Told(AttentionOf(figures, node, 0, kAttentionNow)), "");

  node.crashed = true;
  figures.media.stored_bytes = 90'000'000'000;
  figures.media.stored_bytes_limit = 100'000'000'000;
  --figures.process.disk_free_bytes;
  std::vector<AttentionView> views = AttentionOf(figures, node, 3, kAttentionNow + 59min);
  SortBySeverity(views);
  EXPECT_EQ(Told(views),
            "error disk: The disk of the data folder has 1.1 GB left\n"
            "warning disk: 90.0 GB of media are kept, of at most 100.0 GB; at the limit media is "
            "refused\n"
            "warning dead_letters: 3 webhook deliveries were given up in the last hour; they can "
            "be replayed\n"
            "warning restart: The server was started again after it had ended without a stop\n");
  figures = NodeFigures();
  EXPECT_EQ(Told(AttentionOf(figures, node, 0, kAttentionNow + 1h)), "");
}

}  // namespace
}  // namespace parley::admin
