// How a message looks in 1MSG's lists and callbacks.
#pragma once

#include "api/onemsg/schema.h"
#include "base/json.h"
#include "core/channels/channel.h"
#include "core/events.h"
#include "core/media/media_source.h"
#include "core/messages/message.h"

namespace parley::api::onemsg {

// chat, image, voice, location, interactive, ...
std::string_view TypeOf(const core::Content& content);
// The text, the URL of the media, "latitude;longitude", or contacts as vCards.
std::string BodyOf(const core::Content& content, const core::MediaLinks& media);
// Media's text, or a document's file name when it has none; a location's name; else nullopt.
std::optional<std::string> CaptionOf(const core::Content& content);
// What else there is to an answer or a location: id, title, description; name, address.
base::json::object MetadataOf(const core::Content& content);

ListedMessage ListedOf(const core::MessageInChat& found, const core::Channel& channel,
                       const core::MediaLinks& media);

}  // namespace parley::api::onemsg
