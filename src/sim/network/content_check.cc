// What is wrong with a content beyond what its field lists say.
#include <algorithm>
#include <set>

#include "base/emoji.h"
#include "sim/network/content.h"
#include "sim/network/content_fields.h"
#include "sim/network/person.h"

namespace parley::sim::network {
namespace {

std::string At(std::string_view list, std::size_t i) { return fmt::format("{}[{}]", list, i); }

struct Extra {
  FieldCheck& check;

  void Mentions(const std::vector<std::string>& mentions) const {
    for (std::size_t i = 0; i < mentions.size(); ++i)
      check.Demand(IsNumber(mentions[i]), At("mentions", i), "Must be a number's digits");
  }
  void Distinct(const std::vector<std::string>& texts, std::string_view list) const {
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < texts.size(); ++i)
      check.Demand(seen.insert(texts[i]).second, At(list, i), "Is there twice");
  }
  void Options(const std::vector<std::string>& options) const {
    for (std::size_t i = 0; i < options.size(); ++i)
      check.Demand(
          !options[i].empty() && options[i].size() <= 4 * kMaxPollOption &&
              base::IsUtf8(options[i]) && base::CountCodePoints(options[i]) <= kMaxPollOption,
          At("options", i), fmt::format("Must be text of 1 to {} characters", kMaxPollOption));
    Distinct(options, "options");
  }
  void File(const Media& media, MessageKind kind, const std::string& path) const {
    check.Demand(IsSha256(media.sha256), path + ".sha256", "Must be the SHA-256 of stored media");
    check.Demand(!media.mime_type.empty() && media.mime_type.size() <= kMaxMimeType &&
                     base::IsUtf8(media.mime_type),
                 path + ".mime_type",
                 fmt::format("Must be a type of at most {} bytes", kMaxMimeType));
    check.Demand(!media.voice || kind == MessageKind::kAudio, path + ".voice",
                 "Only audio can be a voice message");
  }
  template <class Kind>
  void Header(const Kind& content, const std::string& text) const {
    const MessageKind kind = content.media_kind.value_or(MessageKind::kImage);
    check.Demand(content.media_kind.has_value() == content.media.has_value(), "media_kind",
                 "Goes with media");
    check.Demand(kind == MessageKind::kImage || kind == MessageKind::kVideo ||
                     kind == MessageKind::kDocument,
                 "media_kind", "Must be image, video or document");
    if (!content.media) return;
    check.Demand(text.empty(), "media", "There is a header of text already");
    File(*content.media, kind, "media");
  }
  void JsonObject(const std::string& text, const std::string& path) const {
    const auto value = base::ParseJson(text);
    check.Demand(value && value->is_object(), path, "Must be a JSON object");
  }
  void Target(const std::string& target) const {
    check.Demand(IsMessageId(target), "target", "Must be the id of a message");
  }

  void operator()(const TextContent& text) const { Mentions(text.mentions); }
  void operator()(const MediaContent& content) const {
    check.Demand(content.kind >= MessageKind::kImage && content.kind <= MessageKind::kSticker,
                 "kind", "Must be a kind of media");
    File(content.media, content.kind, "media");
    check.Demand(!content.view_once || content.kind == MessageKind::kImage ||
                     content.kind == MessageKind::kVideo || content.kind == MessageKind::kAudio,
                 "view_once", "Only image, video and audio can be viewed once");
    Mentions(content.mentions);
  }
  void operator()(const LocationContent&) const {}
  void operator()(const ContactsContent&) const {}
  void operator()(const PollContent& poll) const { Options(poll.options); }
  void operator()(const ListContent& list) const {
    std::size_t rows = 0;
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < list.sections.size(); ++i) {
      const ListSection& section = list.sections[i];
      check.Demand(list.sections.size() == 1 || !section.title.empty(),
                   At("sections", i) + ".title", "Required when there are several sections");
      rows += section.rows.size();
      for (std::size_t j = 0; j < section.rows.size(); ++j)
        check.Demand(ids.insert(section.rows[j].id).second,
                     At(At("sections", i) + ".rows", j) + ".id", "Is there twice");
    }
    check.Demand(rows <= kMaxRows, "sections",
                 fmt::format("All sections together can have {} rows", kMaxRows));
  }
  void operator()(const ButtonsContent& buttons) const {
    std::set<std::string_view> ids;
    for (std::size_t i = 0; i < buttons.buttons.size(); ++i)
      check.Demand(ids.insert(buttons.buttons[i].id).second, At("buttons", i) + ".id",
                   "Is there twice");
    Header(buttons, buttons.header_text);
  }
  void operator()(const LocationRequestContent&) const {}
  void operator()(const TemplateContent& content) const {
    Header(content, content.header);
    for (std::size_t i = 0; i < content.card_media.size(); ++i) {
      const CardMedia& card = content.card_media[i];
      const std::string path = At("card_media", i);
      check.Demand(card.media_kind == MessageKind::kImage || card.media_kind == MessageKind::kVideo,
                   path + ".media_kind", "Must be image or video");
      File(card.media, card.media_kind, path + ".media");
    }
  }
  void operator()(const ProductContent& product) const {
    check.Demand(product.product.empty() || product.sections.empty(), "product",
                 "Give either one product or sections");
    check.Demand(product.sections.empty() || !product.header.empty(), "header",
                 "Required with sections");
    check.Demand(product.sections.empty() || !product.body.empty(), "body",
                 "Required with sections");
    std::size_t count = 0;
    for (std::size_t i = 0; i < product.sections.size(); ++i) {
      count += product.sections[i].products.size();
      check.Demand(product.sections.size() == 1 || !product.sections[i].title.empty(),
                   At("sections", i) + ".title", "Required when there are several sections");
    }
    check.Demand(count <= kMaxProducts, "sections",
                 fmt::format("All sections together can have {} products", kMaxProducts));
  }
  void operator()(const ListReplyContent&) const {}
  void operator()(const ButtonReplyContent&) const {}
  void operator()(const CtaUrlContent& link) const {
    const bool is_url = link.url.starts_with("https://") || link.url.starts_with("http://");
    check.Demand(is_url && link.url.find(' ') == std::string::npos, "url", "Must be a URL");
    Header(link, link.header_text);
  }
  void operator()(const FlowContent& flow) const {
    check.Demand(flow.flow_id.empty() != flow.flow_name.empty(), "flow_id",
                 "Give either flow_id or flow_name");
    check.Demand(flow.screen.empty() == flow.data_exchange, "screen",
                 "Required without data_exchange, and not with it");
    if (!flow.data.empty()) JsonObject(flow.data, "data");
    Header(flow, flow.header_text);
  }
  void operator()(const FlowReplyContent& reply) const { JsonObject(reply.response, "response"); }
  void operator()(const ReactionContent& reaction) const {
    Target(reaction.target);
    check.Demand(reaction.emoji.empty() || base::IsOneEmoji(reaction.emoji), "emoji",
                 "Must be one emoji, or empty");
  }
  void operator()(const EditContent& edit) const { Target(edit.target); }
  void operator()(const DeleteContent& content) const { Target(content.target); }
  void operator()(const VoteContent& vote) const {
    Target(vote.target);
    Options(vote.options);
  }
};

void WalkFields(FieldCheck& check, const MediaContent& content) {
  check.Walk(content.media, "media");
  check.Demand(content.caption.size() <= 4 * kMaxText && base::IsUtf8(content.caption) &&
                   base::CountCodePoints(content.caption) <= kMaxText,
               "caption", fmt::format("Must be text of at most {} characters", kMaxText));
  check.Demand(content.mentions.size() <= kMaxMentions, "mentions",
               fmt::format("Array must contain at most {} item(s)", kMaxMentions));
}

template <class Kind>
void WalkFields(FieldCheck& check, const Kind& content) {
  check.Walk(content);
}

// Whether the components can stand some levels deeper, where records and messages hold them.
bool CanBeNested(const TemplateContent& content) {
  constexpr std::size_t kLevels = 8;
  const std::string text = base::ToText(content.components);
  return base::ParseJson(std::string(kLevels, '[') + text + std::string(kLevels, ']')).has_value();
}

bool CanBeLong(const Content& content) {
  return !std::holds_alternative<TextContent>(content) &&
         !std::holds_alternative<MediaContent>(content) &&
         !std::holds_alternative<EditContent>(content);
}

}  // namespace

base::Result<void> Check(const Content& content) {
  FieldCheck check;
  std::visit(
      [&check](const auto& kind) {
        WalkFields(check, kind);
        Extra{check}(kind);
      },
      content);
  if (const auto* used = std::get_if<TemplateContent>(&content))
    check.Demand(CanBeNested(*used), "components", "Must not be nested so deep");
  if (check.faults().empty() && CanBeLong(content)) {
    std::string written;
    AppendJsonForm(written, content);
    check.Demand(written.size() <= kMaxContent, "body",
                 fmt::format("Must not be over {} bytes in all", kMaxContent));
  }
  if (check.faults().empty()) return {};
  base::Error error(base::ErrorCode::kInvalidFields);
  error.faults = std::move(check.faults());
  return error;
}

}  // namespace parley::sim::network
