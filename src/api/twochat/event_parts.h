// What several of 2Chat's webhook bodies have in common.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "core/events.h"
#include "core/media/media_source.h"
#include "core/numbers.h"

namespace parley::api::twochat {

// "2024-07-05T19:21:51"
std::string NoZone(base::Time time);
base::json::value TextOrNull(std::string_view text);

base::json::object MessageOf(const core::MessageSnapshot& message, const core::MediaLinks& links);
base::json::object TranscriptionJson(
    const core::Transcription& transcription);  // of one that is done
// Only for people whom the account has given a name.
base::json::object ContactOf(const core::ChannelSnapshot& channel, const core::Peer& peer);
base::json::object ChannelOf(const core::ChannelSnapshot& channel,
                             const core::NumberFacts& numbers);
// Who wrote in a group.
base::json::object ParticipantJson(const core::Peer& peer);
// Who joined, left or was removed.
base::json::object MemberJson(const core::Peer& peer, const core::NumberFacts& numbers);

}  // namespace parley::api::twochat
