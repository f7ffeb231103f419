#include "core/messages/content.h"

#include <array>
#include <type_traits>

#include "core/media/kinds.h"

namespace parley::core {

Content::Content() noexcept = default;
Content::Content(const Content&) = default;
Content::Content(Content&&) noexcept = default;
Content& Content::operator=(const Content&) = default;
Content& Content::operator=(Content&&) noexcept = default;
Content::~Content() = default;
namespace {

const std::string kEmpty;

template <class Kind>
bool ReadKind(const base::json::value& value, Content& out) {
  auto decoded = base::Decode<Kind>(value);
  if (decoded) out = std::move(*decoded);
  return decoded.has_value();
}

struct KindReader {
  ContentKind kind;
  bool (*read)(const base::json::value& value, Content& out);
};

// One row per alternative of Content, made from the variant itself.
template <class... Kinds>
constexpr auto KindReadersOf(std::variant<Kinds...>*) {
  return std::array{KindReader{Kinds::kKind, &ReadKind<Kinds>}...};
}
constexpr auto kKindReaders = KindReadersOf(static_cast<Content*>(nullptr));
static_assert(kKindReaders.size() == kContentKindNames.rows.size());

}  // namespace

ContentKind KindOf(const Content& content) {
  return std::visit([](const auto& kind) { return std::decay_t<decltype(kind)>::kKind; }, content);
}

const MediaRef* MediaOf(const Content& content) {
  return std::visit(
      [](const auto& kind) -> const MediaRef* {
        if constexpr (requires { kind.media.sha256; })
          return &kind.media;
        else if constexpr (requires { kind.media; })
          return kind.media ? &*kind.media : nullptr;
        else
          return nullptr;
      },
      content);
}

const std::string& TextOf(const Content& content) {
  return std::visit(
      [](const auto& kind) -> const std::string& {
        if constexpr (requires { kind.body; })
          return kind.body;
        else if constexpr (requires { kind.caption; })
          return kind.caption;
        else if constexpr (requires { kind.question; })
          return kind.question;
        else if constexpr (requires { kind.cards; })
          return kind.cards.empty() ? kEmpty : kind.cards.front().formatted_name;
        else if constexpr (requires { kind.latitude; })
          return kind.name;
        else if constexpr (requires { kind.title; })
          return kind.title;
        else if constexpr (requires { kind.emoji; })
          return kind.emoji;
        else
          return kEmpty;
      },
      content);
}

std::vector<MediaRef> FilesOf(const Content& content) {
  std::vector<MediaRef> files;
  if (const MediaRef* media = MediaOf(content)) files.push_back(*media);
  if (const auto* used = std::get_if<TemplateContent>(&content))
    for (const TemplateContent::CardMedia& card : used->card_media) files.push_back(card.media);
  return files;
}

std::optional<MessageId> TargetOf(const Content& content) {
  return std::visit(
      [](const auto& kind) -> std::optional<MessageId> {
        if constexpr (requires { kind.target; })
          return kind.target;
        else
          return std::nullopt;
      },
      content);
}

void SetTarget(Content& content, MessageId target) {
  std::visit(
      [&](auto& kind) {
        if constexpr (requires { kind.target; }) kind.target = target;
      },
      content);
}

bool SetText(Content& content, const std::string& text) {
  std::string* place = nullptr;
  if (auto* plain = std::get_if<TextContent>(&content)) place = &plain->body;
  if (auto* image = std::get_if<ImageContent>(&content)) place = &image->caption;
  if (auto* video = std::get_if<VideoContent>(&content)) place = &video->caption;
  if (auto* document = std::get_if<DocumentContent>(&content)) place = &document->caption;
  if (place != nullptr) *place = text;
  return place != nullptr;
}

void AppendJsonForm(std::string& out, const Content& content) {
  out += "{\"kind\":";
  base::AppendText(out, NameOf(KindOf(content)));
  std::string fields = std::visit([](const auto& kind) { return base::EncodeText(kind); }, content);
  if (fields != "{}") out += ',';
  out.append(fields, 1);  // continues the object after its opening brace
}

bool ReadJsonForm(const base::json::value& value, Content& out) {
  const base::json::object* object = value.if_object();
  ContentKind kind;
  if (object == nullptr || !ParseName(base::FindText(*object, "kind"), kind)) return false;
  for (const KindReader& reader : kKindReaders)
    if (reader.kind == kind) return reader.read(value, out);
  return false;
}

Content ContentForMedia(const MediaRef& media, std::string caption, std::string file_name) {
  return *ContentOfKind(KindForType(media.mime_type), media, std::move(caption),
                        std::move(file_name));
}

std::optional<Content> ContentOfKind(ContentKind kind, const MediaRef& media, std::string caption,
                                     std::string file_name) {
  if (kind == ContentKind::kImage) return ImageContent{media, std::move(caption)};
  if (kind == ContentKind::kVideo) return VideoContent{media, std::move(caption)};
  if (kind == ContentKind::kAudio) return AudioContent{media};
  if (kind == ContentKind::kSticker) return StickerContent{media};
  if (kind == ContentKind::kDocument)
    return DocumentContent{media, std::move(file_name), std::move(caption)};
  return std::nullopt;
}

}  // namespace parley::core
