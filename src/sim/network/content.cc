#include "sim/network/content.h"

#include <array>
#include <cmath>
#include <type_traits>

#include "sim/network/content_fields.h"

namespace parley::sim::network {

Content::Content() noexcept = default;
Content::Content(const Content&) = default;
Content::Content(Content&&) noexcept = default;
Content& Content::operator=(const Content&) = default;
Content& Content::operator=(Content&&) noexcept = default;
Content::~Content() = default;
namespace {

bool IsMediaKind(MessageKind kind) {
  return kind >= MessageKind::kImage && kind <= MessageKind::kSticker;
}

// MediaContent as it is written.
struct MediaForm {
  Media media;
  std::string caption, file_name;
  bool voice = false, view_once = false;
  std::vector<std::string> mentions;

  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using F = MediaForm;
    return base::FieldList(base::Required("media", &F::media),
                           Optional("caption", &F::caption, MaxLength(kMaxText),
                                    base::Alias("text")),  // in files of before other kinds
                           Optional("file_name", &F::file_name, MaxLength(kMaxFileName)),
                           Optional("voice", &F::voice), Optional("view_once", &F::view_once),
                           Optional("mentions", &F::mentions, MaxLength(kMaxMentions)));
  }
};

template <class Kind>
const Kind& FormOf(const Kind& content) {
  return content;
}
MediaForm FormOf(const MediaContent& content) {
  MediaForm form;
  form.media = content.media;
  form.caption = content.caption;
  form.voice = std::exchange(form.media.voice, false);
  if (content.kind == MessageKind::kDocument) form.file_name = content.media.file_name;
  form.view_once = content.view_once;
  form.mentions = content.mentions;
  return form;
}

bool ReadMedia(const base::json::value& value, MessageKind kind, Content& out) {
  auto form = base::Decode<MediaForm>(value);
  if (!form) return false;
  MediaContent content;
  content.kind = kind;
  content.media = std::move(form->media);
  if (!form->file_name.empty()) content.media.file_name = std::move(form->file_name);
  content.media.voice |= form->voice;
  content.caption = std::move(form->caption);
  content.view_once = form->view_once;
  content.mentions = std::move(form->mentions);
  out = std::move(content);
  return true;
}

double Rounded(double degrees) { return std::round(degrees * 1e7) / 1e7; }

template <class Kind>
bool ReadKind(const base::json::value& value, Content& out) {
  auto decoded = base::Decode<Kind>(value);
  if (!decoded) return false;
  if constexpr (std::is_same_v<Kind, LocationContent>) {
    decoded->latitude = Rounded(decoded->latitude);
    decoded->longitude = Rounded(decoded->longitude);
  }
  out = std::move(*decoded);
  return true;
}

struct KindReader {
  MessageKind kind;
  bool (*read)(const base::json::value& value, Content& out);
};

// One row per alternative of Content but MediaContent, which is several kinds.
template <class Media, class Text, class... Kinds>
constexpr auto KindReadersOf(std::variant<Text, Media, Kinds...>*) {
  static_assert(std::is_same_v<Media, MediaContent>);
  return std::array{KindReader{Text::kKind, &ReadKind<Text>},
                    KindReader{Kinds::kKind, &ReadKind<Kinds>}...};
}
constexpr auto kKindReaders = KindReadersOf<MediaContent>(static_cast<Content*>(nullptr));
static_assert(kKindReaders.size() + 5 == kMessageKindNames.rows.size());

struct Text {
  static std::string Joined(const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return text;
  }

  std::string operator()(const TextContent& text) const { return text.body; }
  std::string operator()(const MediaContent& media) const { return media.caption; }
  std::string operator()(const LocationContent& place) const {
    if (!place.name.empty()) return place.name;
    std::string text;
    AppendFullValue(text, place.latitude);
    text += ", ";
    AppendFullValue(text, place.longitude);
    return text;
  }
  std::string operator()(const ContactsContent& contacts) const {
    std::vector<std::string> names;
    for (const ContactCard& card : contacts.cards) names.push_back(card.formatted_name);
    return Joined(names);
  }
  std::string operator()(const PollContent& poll) const { return poll.question; }
  std::string operator()(const ListContent& list) const { return list.body; }
  std::string operator()(const ButtonsContent& buttons) const { return buttons.body; }
  std::string operator()(const LocationRequestContent& request) const { return request.body; }
  std::string operator()(const TemplateContent& content) const { return content.body; }
  std::string operator()(const ProductContent& product) const {
    return product.body.empty() ? product.product : product.body;
  }
  std::string operator()(const ListReplyContent& reply) const { return reply.title; }
  std::string operator()(const ButtonReplyContent& reply) const { return reply.title; }
  std::string operator()(const ReactionContent& reaction) const { return reaction.emoji; }
  std::string operator()(const EditContent& edit) const { return edit.body; }
  std::string operator()(const DeleteContent&) const { return ""; }
  std::string operator()(const VoteContent& vote) const { return Joined(vote.options); }
  std::string operator()(const CtaUrlContent& link) const { return link.body; }
  std::string operator()(const FlowContent& flow) const { return flow.body; }
  std::string operator()(const FlowReplyContent& reply) const { return reply.body; }
};

struct Choice {
  std::string_view id;
  using Answer = std::optional<Content>;

  Answer operator()(const ListContent& list) const {
    for (const ListSection& section : list.sections)
      for (const ListRow& row : section.rows)
        if (row.id == id) return ListReplyContent{row.id, row.title, row.description};
    return std::nullopt;
  }
  Answer operator()(const ButtonsContent& buttons) const {
    for (const ReplyButton& button : buttons.buttons)
      if (button.id == id) return ButtonReplyContent{button.id, button.title};
    return std::nullopt;
  }
  // By its payload, else by what stands on it.
  Answer operator()(const TemplateContent& content) const {
    if (content.quick_replies) {
      for (const auto name : {&QuickReply::payload, &QuickReply::title})
        for (const QuickReply& reply : *content.quick_replies)
          if (reply.*name == id) return ButtonReplyContent{reply.payload, reply.title};
      return std::nullopt;
    }
    for (const std::string& button : content.buttons)
      if (button == id) return ButtonReplyContent{button, button};
    return std::nullopt;
  }
  template <class Other>
  Answer operator()(const Other&) const {
    return std::nullopt;
  }
};

}  // namespace

MessageKind KindOf(const Content& content) {
  return std::visit(
      [](const auto& kind) {
        using Kind = std::decay_t<decltype(kind)>;
        if constexpr (std::is_same_v<Kind, MediaContent>)
          return kind.kind;
        else
          return Kind::kKind;
      },
      content);
}

std::string TextOf(const Content& content) { return std::visit(Text(), content); }

const Media* MediaOf(const Content& content) {
  return std::visit(
      [](const auto& kind) -> const Media* {
        if constexpr (requires { kind.media.sha256; })
          return &kind.media;
        else if constexpr (requires { kind.media; })
          return kind.media ? &*kind.media : nullptr;
        else
          return nullptr;
      },
      content);
}

Media* MediaOf(Content& content) {
  return const_cast<Media*>(MediaOf(static_cast<const Content&>(content)));
}

std::vector<Media*> FilesOf(Content& content) {
  std::vector<Media*> files;
  if (Media* media = MediaOf(content)) files.push_back(media);
  if (auto* used = std::get_if<TemplateContent>(&content))
    for (CardMedia& card : used->card_media) files.push_back(&card.media);
  return files;
}

bool IsVoice(const Content& content) {
  const auto* media = std::get_if<MediaContent>(&content);
  return media != nullptr && media->media.voice;
}

bool IsPlayable(const Content& content) {
  const auto* media = std::get_if<MediaContent>(&content);
  return media != nullptr && (media->media.voice || media->view_once);
}

const std::string* TargetOf(const Content& content) {
  return std::visit(
      [](const auto& kind) -> const std::string* {
        if constexpr (requires { kind.target; })
          return &kind.target;
        else
          return nullptr;
      },
      content);
}

std::optional<Content> ChoiceOf(const Content& content, std::string_view id) {
  return std::visit(Choice{id}, content);
}

std::optional<Content> AnswerTo(const Content& content, base::json::object filled_in) {
  const auto* flow = std::get_if<FlowContent>(&content);
  if (flow == nullptr) return std::nullopt;
  filled_in.erase("flow_token");
  if (!flow->token.empty()) filled_in["flow_token"] = base::JsonView(flow->token);
  FlowReplyContent answer;
  answer.name = "flow";
  answer.body = "Sent";
  answer.response = base::ToText(base::json::value(std::move(filled_in)));
  return Content(std::move(answer));
}

bool IsAnswerTo(const Content& content, const FlowReplyContent& answer) {
  const auto* flow = std::get_if<FlowContent>(&content);
  const auto response = base::ParseJson(answer.response);
  if (flow == nullptr || !response || !response->is_object()) return false;
  return base::FindText(response->get_object(), "flow_token") == flow->token;
}

void AppendJsonForm(std::string& out, const Content& content) {
  out += "{\"kind\":";
  base::AppendText(out, NameOf(KindOf(content)));
  std::visit([&out](const auto& kind) { AppendMembers(out, FormOf(kind)); }, content);
  out += '}';
}

bool ReadJsonForm(const base::json::value& value, Content& out) {
  const base::json::object* object = value.if_object();
  MessageKind kind;
  if (object == nullptr || !ParseName(base::FindText(*object, "kind"), kind)) return false;
  if (IsMediaKind(kind)) return ReadMedia(value, kind, out);
  for (const KindReader& reader : kKindReaders)
    if (reader.kind == kind) return reader.read(value, out);
  return false;
}

bool IsMessageId(std::string_view text) {
  return !text.empty() && text.size() <= kMaxMessageId && base::IsUtf8(text);
}

}  // namespace parley::sim::network
