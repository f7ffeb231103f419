// The whole table of a channel's transitions, written down a second time.
#include <gtest/gtest.h>

#include "core/channels/channel.h"

namespace parley::core {
namespace {

using enum ChannelState;

constexpr ChannelState kColumns[] = {kPending,      kPairing,   kConnecting, kConnected,
                                     kDisconnected, kLoggedOut, kDeleting,   kDeleted};
struct Row {
  ChannelState from;
  std::string_view to;  // x: may go there
};
// clang-format off
constexpr Row kTable[] = {
    //              pPcCdLDX
    {kPending,      ".xx...x."},
    {kPairing,      "x.x..xx."},
    {kConnecting,   "...xxxx."},
    {kConnected,    "..x.xxx."},
    {kDisconnected, "..x..xx."},
    {kLoggedOut,    ".x....x."},
    {kDeleting,     ".......x"},
    {kDeleted,      "........"},
};
// clang-format on

TEST(ChannelState, ChangesAsTheTableSays) {
  static_assert(std::size(kColumns) == kChannelStateNames.rows.size());
  static_assert(std::size(kTable) == kChannelStateNames.rows.size());
  for (const Row& row : kTable) {
    std::string to;
    for (const ChannelState state : kColumns) to += MayChange(row.from, state) ? 'x' : '.';
    EXPECT_EQ(to, row.to) << NameOf(row.from);
  }
}

TEST(ChannelState, EndsOnlyInDeletion) {
  for (const ChannelState state : kColumns) {
    if (state == kDeleted || state == kDeleting) continue;
    EXPECT_TRUE(MayChange(state, kDeleting)) << NameOf(state);
    EXPECT_FALSE(MayChange(kDeleting, state)) << NameOf(state);
    EXPECT_FALSE(MayChange(state, state)) << NameOf(state);
  }
}

}  // namespace
}  // namespace parley::core
