// Templates and the settings of the shop, as dialects ask for them. The network keeps both.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/channels/channel_port.h"
#include "core/messages/content.h"
#include "core/templates/requests.h"

namespace parley::core {

// Thread: that of its port. Errors: those of Ask and of the requests.
class Templates {
 public:
  explicit Templates(ChannelPort& port) : port_(port) {}

  base::Task<base::Result<std::vector<Template>>> List(ChannelPtr channel);
  base::Task<base::Result<Template>> Create(ChannelPtr channel, CreateTemplate wanted);
  base::Task<base::Result<void>> Remove(ChannelPtr channel, std::string name);

  // What UseTemplate makes of `content`, with the network's templates. While the channel is not
  // connected nothing is known of them: the content stays, and the network checks it later, but
  // parameters that are nested too deep are refused here.
  base::Task<base::Result<TemplateContent>> Use(ChannelPtr channel, TemplateContent content);

  base::Task<base::Result<CommerceSettings>> Commerce(ChannelPtr channel);
  base::Task<base::Result<void>> SetCommerce(ChannelPtr channel, core::SetCommerce wanted);

 private:
  ChannelPort& port_;
};

}  // namespace parley::core
