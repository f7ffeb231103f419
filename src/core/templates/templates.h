// Templates and the settings of the shop, as dialects ask for them. The network keeps both.
#pragma once

#include <list>
#include <string>
#include <vector>

#include "base/result.h"
#include "core/channels/channel.h"
#include "core/channels/channel_port.h"
#include "core/messages/content.h"
#include "core/templates/requests.h"

namespace parley::core {

// As many are known without the network: those that were sent last, of all channels.
inline constexpr std::size_t kMaxKeptTemplates = 500;

// Thread: its store's scheduler. Errors: those of Ask and of the requests.
class Templates {
 public:
  explicit Templates(ChannelPort& port) : port_(port) {}

  base::Task<base::Result<std::vector<Template>>> List(ChannelPtr channel);
  base::Task<base::Result<Template>> Create(ChannelPtr channel, CreateTemplate wanted);
  base::Task<base::Result<void>> Remove(ChannelPtr channel, std::string name);

  // What UseTemplate makes of `content`, with the network's templates. While the channel is not
  // connected, it is looked at with the template as it was when it was last sent; of one that was
  // not sent lately nothing is known: the content stays, and the network checks it later, but
  // parameters that are nested too deep are refused here.
  base::Task<base::Result<TemplateContent>> Use(ChannelPtr channel, TemplateContent content);

  base::Task<base::Result<CommerceSettings>> Commerce(ChannelPtr channel);
  base::Task<base::Result<void>> SetCommerce(ChannelPtr channel, core::SetCommerce wanted);

 private:
  struct Kept {
    ChannelRow channel;
    Template subject;
  };
  // Those of `known` that `content` means, if they may be sent.
  void Keep(ChannelRow channel, const std::vector<Template>& known, const TemplateContent& content);
  std::vector<Template> KeptFor(ChannelRow channel, const TemplateContent& content) const;

  ChannelPort& port_;
  std::list<Kept> kept_;  // the one that was asked for last stands first
};

}  // namespace parley::core
