// How a message looks in 2Chat's answers and webhooks.
#pragma once

#include "api/twochat/schema.h"
#include "core/channels/channel.h"
#include "core/media/media_source.h"
#include "core/messages/message.h"
#include "core/numbers.h"

namespace parley::api::twochat {

// `at`: when the message was written.
MessagePayload PayloadOf(const core::Content& content, base::Time at,
                         const core::MediaLinks& media);
// With what was said in it.
MessagePayload PayloadOf(const core::Message& message, const core::MediaLinks& media);
MessageTranscription TranscriptionOf(const core::Transcription& transcription);

// user, api or agent.
std::string_view SentBy(core::Origin origin);

// C, D or F.
std::string_view ConnectionStatus(core::ChannelState state);

// Who wrote in a group.
Participant ParticipantOf(const core::Peer& peer);

// E.164, as libphonenumber has it: WhatsApp's ids keep a digit that Mexican numbers lost in 2019
// (5215617554529@c.us is +525617554529), and what the vendor says of a group's members does not.
std::string NormalNumber(const std::string& phone, const core::NumberFacts& facts);

// ready, disconnected, loading or initializing.
std::string_view NumberWord(core::ChannelState state);

Number NumberOf(const core::Channel& channel, const core::NumberFacts& facts);  // channels.cc

ListedMessage ListedOf(const core::MessageInChat& found, const core::Channel& channel,
                       const core::MediaLinks& media);

}  // namespace parley::api::twochat
