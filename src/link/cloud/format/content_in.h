// One message of a webhook, as the core knows it. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Webhooks": the messages reference
// with its page for each type, and smb_message_echoes.
//
// A kind that the core has no content for is an OtherContent with what Meta told; what is in a
// group or from nobody is named and counted. A member of the wrong type is an error with its path.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/channels/link.h"
#include "link/cloud/format/errors.h"

namespace parley::link::cloud::format {

inline constexpr std::size_t kMaxCards = 256;
inline constexpr std::size_t kMaxProfiles = 1000;

// Who is behind a message, as the webhook's `contacts` say. Any member may be empty: who hides the
// number has only the id that Meta made for this business, and perhaps a username.
struct Profile {
  std::string wa_id, user_id;
  std::string name, username;
};
base::Result<std::vector<Profile>> ReadProfiles(const base::json::object& value);

// A file that is still to be fetched: GET /{id} says where from.
struct MediaToFetch {
  std::string id, mime_type;
  std::string sha256;     // hex; empty: not told
  std::string file_name;  // of a document; may be empty
};

struct Incoming {
  // With the content, unless `unread` says why there is none: it is in a group, or from nobody.
  core::IncomingMessage message;
  std::string unread;
  // The content has an empty MediaRef until SetMedia.
  std::optional<MediaToFetch> media;
  std::string user_id;  // of the other side, as Profile has it
  bool forwarded = false, frequently_forwarded = false;
  bool from_ad = false;  // there is a `referral`
  // Why there is less in it than the person wrote.
  std::vector<GraphError> errors;
  std::vector<std::string> unknown;  // members that nobody here knows
};

// An element of `messages`, and of `message_echoes`: what the number's own phone sent.
base::Result<Incoming> ReadMessage(const base::json::value& message,
                                   const std::vector<Profile>& profiles);
base::Result<Incoming> ReadEcho(const base::json::value& message,
                                const std::vector<Profile>& profiles);

// Gives the message its file, whose bytes are stored.
void SetMedia(core::IncomingMessage& message, core::Media media);

}  // namespace parley::link::cloud::format
