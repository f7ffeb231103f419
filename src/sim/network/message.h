// Messages: what can be sent, and what a message is once the network has taken it.
//
// Content is a closed variant. What comes next (polls, reactions, edits, ...) is an alternative
// more, and the compiler then lists the places that must know it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/fields.h"
#include "base/names.h"
#include "base/result.h"
#include "sim/network/chat.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxMessageId = 200;     // bytes
inline constexpr std::size_t kMaxText = 65536;        // code points of a body or caption
inline constexpr std::size_t kMaxFileName = 255;      // code points
inline constexpr std::size_t kMaxMimeType = 100;      // bytes
inline constexpr std::int64_t kMaxMedia = 100 << 20;  // bytes, as for a document on WhatsApp's API

enum class MessageKind : std::uint8_t {
  kText = 1,
  kImage = 2,
  kVideo = 3,
  kAudio = 4,
  kDocument = 5,
  kSticker = 6,
};
inline constexpr base::EnumNames<MessageKind, 6> kMessageKindNames({
    {MessageKind::kText, "text"},
    {MessageKind::kImage, "image"},
    {MessageKind::kVideo, "video"},
    {MessageKind::kAudio, "audio"},
    {MessageKind::kDocument, "document"},
    {MessageKind::kSticker, "sticker"},
});
PARLEY_ENUM_NAMES(MessageKind, kMessageKindNames)

struct Media {
  std::string sha256;  // of bytes that Network::StoreMedia took
  std::string mime_type;
  std::int64_t size = 0;
  std::string file_name;  // may be empty
  bool voice = false;     // audio shown as a voice message; only these can be played

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    return base::FieldList(Required("sha256", &Media::sha256),
                           Required("mime_type", &Media::mime_type), Required("size", &Media::size),
                           Optional("file_name", &Media::file_name),
                           Optional("voice", &Media::voice));
  }
  bool operator==(const Media&) const = default;
};

struct TextContent {
  std::string body;
  bool operator==(const TextContent&) const = default;
};

struct MediaContent {
  MessageKind kind = MessageKind::kDocument;  // any but kText
  Media media;
  std::string caption;
  bool operator==(const MediaContent&) const = default;
};

using Content = std::variant<TextContent, MediaContent>;

MessageKind KindOf(const Content& content);
const std::string& TextOf(const Content& content);  // body or caption
const Media* MediaOf(const Content& content);       // nullptr when the kind has none
bool IsVoice(const Content& content);

// {"kind", "text", "media"?}. These make Content a member type of base/fields.h.
void AppendJsonForm(std::string& out, const Content& content);
bool ReadJsonForm(const base::json::value& value, Content& out);

// Nothing, or kInvalidFields with every fault. Whether the media is stored is not looked at.
base::Result<void> Check(const Content& content);
// A message id, also one that is quoted: 1 to kMaxMessageId bytes of UTF-8.
bool IsMessageId(std::string_view text);

struct Message {
  std::string id;    // chosen by the sender; the network does not mind if it is not unique
  std::string from;  // a number
  std::string to;    // the address of a chat
  base::Time at;     // the network's time when it accepted the message
  Content content;
  std::string quoted;  // the id of the message this one answers; empty: none
};

// As recipients see it: what was posted to a newsletter comes from the newsletter.
Message AsReceived(Message message);

// A message that somebody is about to type on a phone.
struct Draft {
  std::string to;  // the address of a chat
  Content content;
  std::string quoted;
};

// A message that a device is about to send.
struct DeviceMessage {
  std::string id;
  std::string to;
  Content content;
  std::string quoted;
};

}  // namespace parley::sim::network
