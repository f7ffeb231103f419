// The channel's callback URLs, as settings and webhook calls share them.
#pragma once

#include "api/onemsg/dialect.h"
#include "base/json.h"
#include "core/channels/channel.h"

namespace parley::api::onemsg {

inline constexpr std::size_t kMaxUrls = 5;

// The URLs in force: null, a string, or a list of them.
base::Task<base::Result<base::json::value>> WebhookUrl(Call& call);

// What a body asks for as "webhookUrl"; nullopt when it says nothing of it. In a form a list comes
// as JSON text.
base::Result<std::optional<base::json::value>> WebhookUrlIn(const base::json::value& body);

// Replaces them by a string, a list, "" or null. True when that changed anything. Faults stand on
// "webhookUrl".
base::Task<base::Result<bool>> SetWebhookUrl(Call& call, base::json::value wanted);

// Brings the subscriptions in line with the channel's settings.
base::Task<base::Result<void>> ApplyHookSettings(Call& call, core::ChannelSettings settings);

}  // namespace parley::api::onemsg
