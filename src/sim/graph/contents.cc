#include <fmt/format.h>

#include <array>

#include "sim/graph/content_readers.h"
#include "sim/graph/ids.h"

namespace parley::sim::graph {
namespace {

using net::MessageKind;

Outcome<SendDraft> ReadText(const SendBody& body, std::string_view) {
  PARLEY_TRY(text, ReadMember<TextBody>(body.text, "text"));
  return SendDraft{net::TextContent{std::move(text.body)}, {}};
}

template <class Body>
Outcome<SendDraft> ReadMedia(const SendBody::Part& part, MessageKind kind,
                             const std::string& name) {
  PARLEY_TRY(read, ReadMember<Body>(part, name));
  PARLEY_TRY(ask, AskOf(read, kind, name));
  net::MediaContent content;
  content.kind = kind;
  if constexpr (std::is_same_v<Body, CaptionedBody> || std::is_same_v<Body, DocumentBody>)
    content.caption = std::move(read.caption);
  if constexpr (std::is_same_v<Body, DocumentBody>)
    content.media.file_name = std::move(read.filename);
  if constexpr (std::is_same_v<Body, AudioBody>) content.media.voice = read.voice;
  return SendDraft{std::move(content), {std::move(ask)}};
}
Outcome<SendDraft> ReadImage(const SendBody& body, std::string_view) {
  return ReadMedia<CaptionedBody>(body.image, MessageKind::kImage, "image");
}
Outcome<SendDraft> ReadVideo(const SendBody& body, std::string_view) {
  return ReadMedia<CaptionedBody>(body.video, MessageKind::kVideo, "video");
}
Outcome<SendDraft> ReadAudio(const SendBody& body, std::string_view) {
  return ReadMedia<AudioBody>(body.audio, MessageKind::kAudio, "audio");
}
Outcome<SendDraft> ReadDocument(const SendBody& body, std::string_view) {
  return ReadMedia<DocumentBody>(body.document, MessageKind::kDocument, "document");
}
Outcome<SendDraft> ReadSticker(const SendBody& body, std::string_view) {
  return ReadMedia<PlainMediaBody>(body.sticker, MessageKind::kSticker, "sticker");
}

Outcome<SendDraft> ReadLocation(const SendBody& body, std::string_view) {
  PARLEY_TRY(read, ReadMember<LocationBody>(body.location, "location"));
  if (read.name.empty() && !read.address.empty())
    return WrongValue("location['name'] is required when an address is given");
  net::LocationContent place;
  place.latitude = read.latitude;
  place.longitude = read.longitude;
  place.name = std::move(read.name);
  place.address = std::move(read.address);
  return SendDraft{std::move(place), {}};
}

Outcome<SendDraft> ReadReaction(const SendBody& body, std::string_view) {
  PARLEY_TRY(read, ReadMember<ReactionBody>(body.reaction, "reaction"));
  return SendDraft{net::ReactionContent{NetworkIdOf(read.message_id), std::move(read.emoji)}, {}};
}

struct HeaderKind {
  std::string_view type;
  MessageKind kind;
};
constexpr auto kHeaderKinds = std::to_array<HeaderKind>({
    {"image", MessageKind::kImage},
    {"video", MessageKind::kVideo},
    {"document", MessageKind::kDocument},
});

struct KindRow {
  std::string_view type;
  Outcome<SendDraft> (*read)(const SendBody& body, std::string_view account);
};
constexpr auto kKinds = std::to_array<KindRow>({
    {"audio", &ReadAudio},
    {"contacts", &ReadContacts},
    {"document", &ReadDocument},
    {"image", &ReadImage},
    {"interactive", &ReadInteractive},
    {"location", &ReadLocation},
    {"reaction", &ReadReaction},
    {"sticker", &ReadSticker},
    {"template", &ReadTemplate},
    {"text", &ReadText},
    {"video", &ReadVideo},
});

}  // namespace

std::optional<MessageKind> HeaderKindOf(std::string_view type) {
  for (const HeaderKind& row : kHeaderKinds)
    if (row.type == type) return row.kind;
  return std::nullopt;
}

std::string LowerCaseOf(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

Outcome<SendDraft> ReadContent(const SendBody& body, std::string_view account) {
  const std::string type = LowerCaseOf(body.type.value_or("text"));
  std::string known;
  for (const KindRow& row : kKinds) {
    if (row.type == type) return row.read(body, account);
    known += (known.empty() ? "" : ", ") + std::string(row.type);
  }
  return InvalidParameter(
      fmt::format("Param type must be one of {{{}}} - got \"{}\".", known, type));
}

}  // namespace parley::sim::graph
