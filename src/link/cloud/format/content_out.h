// A message of the core as the body of POST /{phone-number-id}/messages. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Messages" and its page for each
// type, "Templates", "Typing indicators", "Read receipts".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/channels/link.h"

namespace parley::link::cloud::format {

// The kinds that MessageBody takes, for Capabilities.
std::vector<core::ContentKind> CarriedKinds();

// A file as Meta is told of it: what an upload was answered with, or an address that Meta fetches
// it from. Exactly one of the two is set.
struct MediaHandle {
  std::string id, link;
};

// `files`: those of core::FilesOf(message.content), in that order. The message's own id goes along
// as `biz_opaque_callback_data`, which each status of it repeats.
//
// kNotSupported: for a kind or an address that is not carried, and for media to be seen once, which
// would stay in the chat here. kNotFound: a reaction whose message the network does not know.
// kInternal: too few files.
base::Result<base::json::object> MessageBody(const core::OutgoingMessage& message,
                                             const std::vector<MediaHandle>& files);

// Marks the message and all before it as read; with `typing` the other side sees for up to 25
// seconds that an answer is being written.
base::json::object ReadBody(std::string_view link_id, bool typing);

// What a message was answered with.
struct SentAnswer {
  std::string link_id;
  std::string wa_id;  // the recipient's number as the network has it; may be empty
  std::string
      status;  // of a template: accepted, held_for_quality_assessment or paused; may be empty
};
// kInvalidFields names what is missing: the message was taken, but nobody knows as what.
base::Result<SentAnswer> ReadSentAnswer(const base::json::object& body);

}  // namespace parley::link::cloud::format
