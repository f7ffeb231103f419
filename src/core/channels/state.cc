#include <algorithm>
#include <array>

#include "core/channels/channel.h"

namespace parley::core {
namespace {

struct Transition {
  ChannelState from, to;
};

// Every step a channel may take. kDeleting can be reached from anywhere but the end.
constexpr auto kTransitions = std::to_array<Transition>({
    {ChannelState::kPending, ChannelState::kPairing},
    {ChannelState::kPending, ChannelState::kConnecting},  // credentials given, nothing to pair
    {ChannelState::kPairing, ChannelState::kPending},     // nobody scanned in time
    {ChannelState::kPairing, ChannelState::kLoggedOut},   // the same, of one that was paired before
    {ChannelState::kPairing, ChannelState::kConnecting},  // scanned
    {ChannelState::kConnecting, ChannelState::kConnected},
    {ChannelState::kConnecting, ChannelState::kDisconnected},
    {ChannelState::kConnecting, ChannelState::kLoggedOut},
    {ChannelState::kConnected, ChannelState::kConnecting},  // connection lost, trying again
    {ChannelState::kConnected, ChannelState::kDisconnected},
    {ChannelState::kConnected, ChannelState::kLoggedOut},
    {ChannelState::kDisconnected, ChannelState::kConnecting},
    {ChannelState::kDisconnected, ChannelState::kLoggedOut},
    {ChannelState::kLoggedOut, ChannelState::kPairing},
    {ChannelState::kPending, ChannelState::kDeleting},
    {ChannelState::kPairing, ChannelState::kDeleting},
    {ChannelState::kConnecting, ChannelState::kDeleting},
    {ChannelState::kConnected, ChannelState::kDeleting},
    {ChannelState::kDisconnected, ChannelState::kDeleting},
    {ChannelState::kLoggedOut, ChannelState::kDeleting},
    {ChannelState::kDeleting, ChannelState::kDeleted},
});

}  // namespace

bool MayChange(ChannelState from, ChannelState to) {
  return std::any_of(kTransitions.begin(), kTransitions.end(),
                     [&](const Transition& t) { return t.from == from && t.to == to; });
}

ChannelState UnpairedState(const Channel& channel) {
  return channel.connected_at ? ChannelState::kLoggedOut : ChannelState::kPending;
}

}  // namespace parley::core
