// What a message can be: a closed variant of kinds. std::visit without a default, so that a new
// kind makes the compiler list the places that must know it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "core/media/media.h"
#include "core/messages/content_kind.h"
#include "core/messages/modifiers.h"
#include "core/messages/structured.h"

namespace parley::core {

// `mentions` of a kind: numbers whose people are named in the text as @<number>.
struct TextContent {
  std::string body;
  std::optional<std::vector<std::string>> mentions = {};
  static constexpr ContentKind kKind = ContentKind::kText;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("body", &TextContent::body),
                           base::Optional("mentions", &TextContent::mentions));
  }
};

struct ImageContent {
  MediaRef media;
  std::string caption;
  bool view_once = false;
  std::optional<std::vector<std::string>> mentions = {};
  static constexpr ContentKind kKind = ContentKind::kImage;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &ImageContent::media),
                           base::Optional("caption", &ImageContent::caption),
                           base::Optional("view_once", &ImageContent::view_once),
                           base::Optional("mentions", &ImageContent::mentions));
  }
};

struct VideoContent {
  MediaRef media;
  std::string caption;
  bool view_once = false;
  std::optional<std::vector<std::string>> mentions = {};
  static constexpr ContentKind kKind = ContentKind::kVideo;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &VideoContent::media),
                           base::Optional("caption", &VideoContent::caption),
                           base::Optional("view_once", &VideoContent::view_once),
                           base::Optional("mentions", &VideoContent::mentions));
  }
};

struct AudioContent {
  MediaRef media;
  bool voice = false;  // shown as a voice message instead of a file
  bool view_once = false;
  static constexpr ContentKind kKind = ContentKind::kAudio;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &AudioContent::media),
                           base::Optional("voice", &AudioContent::voice),
                           base::Optional("view_once", &AudioContent::view_once));
  }
};

struct DocumentContent {
  MediaRef media;
  std::string file_name;
  std::string caption;
  static constexpr ContentKind kKind = ContentKind::kDocument;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &DocumentContent::media),
                           base::Optional("file_name", &DocumentContent::file_name),
                           base::Optional("caption", &DocumentContent::caption));
  }
};

struct StickerContent {
  MediaRef media;
  static constexpr ContentKind kKind = ContentKind::kSticker;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("media", &StickerContent::media));
  }
};

using ContentVariant =
    std::variant<TextContent, ImageContent, VideoContent, AudioContent, DocumentContent,
                 StickerContent, LocationContent, ContactsContent, PollContent, ListContent,
                 ButtonsContent, LocationRequestContent, TemplateContent, ProductContent,
                 ListReplyContent, ButtonReplyContent, ReactionContent, EditContent, DeleteContent,
                 VoteContent, OrderContent, FlowReplyContent, OtherContent, CtaUrlContent,
                 FlowContent>;
// A type instead of an alias: copying and destroying so many alternatives is compiled once, not in
// each file that includes this, where it was a quarter of the time.
struct Content : ContentVariant {
  using ContentVariant::variant;
  using ContentVariant::operator=;
  Content() noexcept;
  Content(const Content&);
  Content(Content&&) noexcept;
  Content& operator=(const Content&);
  Content& operator=(Content&&) noexcept;
  ~Content();
};

ContentKind KindOf(const Content& content);

// The media of a content that has one (also in its header), else nullptr.
const MediaRef* MediaOf(const Content& content);
// All files of a content: its media, and those of a template's cards.
std::vector<MediaRef> FilesOf(const Content& content);
// The text a person reads: body or caption, a poll's question, a location's name, the first card's
// name, the title of an answer, an emoji; empty when there is none.
const std::string& TextOf(const Content& content);
// The message that a modifier changes; nullopt for other kinds and for an unknown message.
std::optional<MessageId> TargetOf(const Content& content);
void SetTarget(Content& content, MessageId target);  // modifiers only
// Replaces the text of a text message or a caption; false when the kind has none.
bool SetText(Content& content, const std::string& text);

// Stored form: {"kind": "image", ...the fields of the kind}. These make Content a member type of
// base/fields.h.
void AppendJsonForm(std::string& out, const Content& content);
bool ReadJsonForm(const base::json::value& value, Content& out);

// Makes the kind that `media`'s type belongs to: image/*, video/*, audio/*; anything else is a
// document. `caption` and `file_name` go where the kind has a place for them.
Content ContentForMedia(const MediaRef& media, std::string caption, std::string file_name);
// The same for a kind that is given; nullopt for a kind that is not plain media.
std::optional<Content> ContentOfKind(ContentKind kind, const MediaRef& media, std::string caption,
                                     std::string file_name);

}  // namespace parley::core
