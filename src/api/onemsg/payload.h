// How a message looks in 1MSG's lists and callbacks.
#pragma once

#include "api/onemsg/schema.h"
#include "core/channels/channel.h"
#include "core/events.h"
#include "core/media/media_source.h"
#include "core/messages/message.h"

namespace parley::api::onemsg {

// chat, image, video, voice, audio, document, sticker.
std::string_view TypeOf(const core::Content& content);
// The text, or the URL of the media.
std::string BodyOf(const core::Content& content, const core::MediaLinks& media);
// Media's text, or a document's file name when it has none; nullopt for text.
std::optional<std::string> CaptionOf(const core::Content& content);

ListedMessage ListedOf(const core::MessageInChat& found, const core::Channel& channel,
                       const core::MediaLinks& media);

}  // namespace parley::api::onemsg
