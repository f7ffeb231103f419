// How a message looks in Wapio's events: in the shape of the network's own messages, as Baileys
// (github.com/WhiskeySockets/Baileys, WAProto) names their members.
#pragma once

#include <optional>

#include "base/json.h"
#include "core/events.h"
#include "core/media/media_source.h"

namespace parley::api::wapio {

// Who wrote an incoming message.
const core::Peer& AuthorOf(const core::ChatSnapshot& chat, const core::MessageSnapshot& message);

// {"id", "fromMe", "remoteJid", ...}. `remoteJid` is the other side of the chat, `participant` who
// wrote in a group; the sender of our own messages is the session's number.
base::json::object KeyOf(const core::ChannelSnapshot& channel, const core::ChatSnapshot& chat,
                         const core::MessageSnapshot& message);

// {"imageMessage": {...}}; a file's `url` is our hosted copy.
base::json::object ShapeOf(const core::Content& content,
                           const std::optional<core::MessageId>& quoted,
                           const core::MediaLinks& media);

}  // namespace parley::api::wapio
