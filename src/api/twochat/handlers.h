// 2Chat's handlers, by the file they stand in.
#pragma once

#include "api/twochat/dialect.h"

namespace parley::api::twochat {

using HandlerResult = base::Task<base::Result<http::Response>>;

// channels.cc
HandlerResult Ping(Call& call);
HandlerResult GetInfo(Call& call);
HandlerResult GetNumbers(Call& call);

// messages.cc
HandlerResult SendMessage(Call& call);
HandlerResult GetMessages(Call& call);

// webhooks.cc
HandlerResult ListWebhooks(Call& call);
HandlerResult Subscribe(Call& call);
HandlerResult Unsubscribe(Call& call);

}  // namespace parley::api::twochat
