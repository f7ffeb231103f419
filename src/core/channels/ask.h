// Asking a channel's link something:
//
//   CheckNumbers question{numbers};
//   PARLEY_CO_TRY(found, co_await Ask(port, channel, std::move(question)));
#pragma once

#include <utility>

#include "core/channels/channel_port.h"

namespace parley::core {

inline constexpr base::Duration kRequestLimit = std::chrono::seconds(20);

// kChannelNotConnected while the channel has no connection, kTimeout when the network does not
// answer in time, kNotSupported when the link cannot do it; else what the request's comment says.
template <class Request>
base::Task<base::Result<typename Request::Answer>> Ask(ChannelPort& port, ChannelRow channel,
                                                       Request request,
                                                       base::Duration limit = kRequestLimit) {
  LinkRequest wrapped(std::move(request));
  auto answer = co_await port.Request(channel, std::move(wrapped), limit);
  if (!answer) co_return answer.error();
  co_return std::get<typename Request::Answer>(std::move(*answer));
}

}  // namespace parley::core
