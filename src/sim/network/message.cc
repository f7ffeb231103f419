#include "sim/network/message.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "sim/network/person.h"

namespace parley::sim::network {
namespace {

struct ContentForm {
  MessageKind kind = MessageKind::kText;
  std::string text;
  std::optional<Media> media;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("kind", &ContentForm::kind),
                           base::Optional("text", &ContentForm::text, base::MaxLength(kMaxText)),
                           base::Optional("media", &ContentForm::media));
  }
};

bool IsTextUpTo(std::string_view text, std::size_t code_points) {
  return text.size() <= 4 * code_points && base::IsUtf8(text) &&
         base::CountCodePoints(text) <= code_points;
}

}  // namespace

MessageKind KindOf(const Content& content) {
  struct Kind {
    MessageKind operator()(const TextContent&) const { return MessageKind::kText; }
    MessageKind operator()(const MediaContent& media) const { return media.kind; }
  };
  return std::visit(Kind(), content);
}

const std::string& TextOf(const Content& content) {
  struct Text {
    const std::string& operator()(const TextContent& text) const { return text.body; }
    const std::string& operator()(const MediaContent& media) const { return media.caption; }
  };
  return std::visit(Text(), content);
}

const Media* MediaOf(const Content& content) {
  struct Found {
    const Media* operator()(const TextContent&) const { return nullptr; }
    const Media* operator()(const MediaContent& content) const { return &content.media; }
  };
  return std::visit(Found(), content);
}

bool IsVoice(const Content& content) {
  const Media* media = MediaOf(content);
  return media != nullptr && media->voice;
}

void AppendJsonForm(std::string& out, const Content& content) {
  out += "{\"kind\":";
  base::AppendText(out, NameOf(KindOf(content)));
  out += ",\"text\":";
  base::AppendText(out, TextOf(content));
  if (const Media* media = MediaOf(content)) {
    out += ",\"media\":";
    base::AppendJson(out, *media);
  }
  out += '}';
}

bool ReadJsonForm(const base::json::value& value, Content& out) {
  auto form = base::Decode<ContentForm>(value);
  if (!form) return false;
  if (form->media.has_value() == (form->kind == MessageKind::kText)) return false;
  if (form->media)
    out = MediaContent{form->kind, std::move(*form->media), std::move(form->text)};
  else
    out = TextContent{std::move(form->text)};
  return true;
}

base::Result<void> Check(const Content& content) {
  base::Error error(base::ErrorCode::kInvalidFields);
  const auto demand = [&error](bool holds, std::string path, std::string text) {
    if (!holds) error.faults.push_back(base::FieldFault{std::move(path), std::move(text)});
  };
  const std::string& text = TextOf(content);
  demand(IsTextUpTo(text, kMaxText), "text",
         fmt::format("Must be text of at most {} characters", kMaxText));
  if (const Media* media = MediaOf(content)) {
    demand(KindOf(content) != MessageKind::kText, "kind", "A text has no media");
    demand(IsSha256(media->sha256), "media.sha256", "Must be the SHA-256 of stored media");
    demand(!media->mime_type.empty() && media->mime_type.size() <= kMaxMimeType &&
               base::IsUtf8(media->mime_type),
           "media.mime_type", fmt::format("Must be a type of at most {} bytes", kMaxMimeType));
    demand(IsTextUpTo(media->file_name, kMaxFileName), "media.file_name",
           fmt::format("Must be text of at most {} characters", kMaxFileName));
    demand(!media->voice || KindOf(content) == MessageKind::kAudio, "media.voice",
           "Only audio can be a voice message");
  } else {
    demand(!text.empty(), "text", "Required");
  }
  if (error.faults.empty()) return {};
  return error;
}

bool IsMessageId(std::string_view text) {
  return !text.empty() && text.size() <= kMaxMessageId && base::IsUtf8(text);
}

Message AsReceived(Message message) {
  if (ChatOf(message.to).kind == ChatKind::kNewsletter) message.from = message.to;
  return message;
}

}  // namespace parley::sim::network
