#include "core/messages/content.h"

#include <array>
#include <type_traits>

#include "core/media/kinds.h"

namespace parley::core {
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
constexpr auto ReadersOf(std::variant<Kinds...>*) {
  return std::array{KindReader{Kinds::kKind, &ReadKind<Kinds>}...};
}
constexpr auto kReaders = ReadersOf(static_cast<Content*>(nullptr));
static_assert(kReaders.size() == kContentKindNames.rows.size());

}  // namespace

ContentKind KindOf(const Content& content) {
  return std::visit([](const auto& kind) { return std::decay_t<decltype(kind)>::kKind; }, content);
}

const MediaRef* MediaOf(const Content& content) {
  return std::visit(
      [](const auto& kind) -> const MediaRef* {
        if constexpr (requires { kind.media; })
          return &kind.media;
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
        else
          return kEmpty;
      },
      content);
}

void AppendJsonForm(std::string& out, const Content& content) {
  out += "{\"kind\":";
  base::AppendText(out, NameOf(KindOf(content)));
  out += ',';
  std::string fields = std::visit([](const auto& kind) { return base::EncodeText(kind); }, content);
  out.append(fields, 1);  // continues the object after its opening brace
}

bool ReadJsonForm(const base::json::value& value, Content& out) {
  const base::json::object* object = value.if_object();
  ContentKind kind;
  if (object == nullptr || !ParseName(base::FindText(*object, "kind"), kind)) return false;
  for (const KindReader& reader : kReaders)
    if (reader.kind == kind) return reader.read(value, out);
  return false;
}

Content ContentForMedia(const MediaRef& media, std::string caption, std::string file_name) {
  switch (KindForType(media.mime_type)) {
    case ContentKind::kImage:
      return ImageContent{media, std::move(caption)};
    case ContentKind::kVideo:
      return VideoContent{media, std::move(caption)};
    case ContentKind::kAudio:
      return AudioContent{media, false};
    case ContentKind::kDocument:
    case ContentKind::kSticker:
    case ContentKind::kText:
      break;
  }
  return DocumentContent{media, std::move(file_name), std::move(caption)};
}

}  // namespace parley::core
