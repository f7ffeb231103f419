// What can be sent: a closed variant of kinds, with WhatsApp's own limits. std::visit without a
// default, so that a new kind makes the compiler list the places that must know it.
//
// A modifier (reaction, edit, delete, vote) travels like a message and changes what is shown of
// another one, its target, once it arrives. An answer (list_reply, button_reply, flow_reply) is a
// message whose `quoted` is the list or the buttons it chooses from, or the form that was filled
// in.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "sim/network/answering_content.h"
#include "sim/network/business_content.h"
#include "sim/network/content_kind.h"
#include "sim/network/plain_content.h"

namespace parley::sim::network {

using ContentVariant =
    std::variant<TextContent, MediaContent, LocationContent, ContactsContent, PollContent,
                 ListContent, ButtonsContent, LocationRequestContent, TemplateContent,
                 ProductContent, ListReplyContent, ButtonReplyContent, ReactionContent, EditContent,
                 DeleteContent, VoteContent, CtaUrlContent, FlowContent, FlowReplyContent>;
// A type of its own so that its special members are compiled once.
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

MessageKind KindOf(const Content& content);
// What a person reads: body, caption, question, name or coordinates of a place, names of contacts,
// the title that was chosen, the emoji, the options voted for. Empty for a delete.
std::string TextOf(const Content& content);
// The media of the kind, or of its header; nullptr when there is none.
const Media* MediaOf(const Content& content);
Media* MediaOf(Content& content);
// Its media, and that of a template's cards.
std::vector<Media*> FilesOf(Content& content);
bool IsVoice(const Content& content);
// Voice messages are played, and view-once messages opened; both give a `played` receipt.
bool IsPlayable(const Content& content);
// The id of the message that a modifier changes; nullptr for everything else.
const std::string* TargetOf(const Content& content);
// The answer that choosing the row or button `id` makes; nullopt when there is none to choose.
std::optional<Content> ChoiceOf(const Content& content, std::string_view id);
// The answer that filling in the form makes; nullopt when the content is no form.
std::optional<Content> AnswerTo(const Content& content, base::json::object filled_in);
// Whether the answer is one to this content.
bool IsAnswerTo(const Content& content, const FlowReplyContent& answer);

// {"kind", ...the fields of the kind that are not empty}. These make Content a member type of
// base/fields.h.
void AppendJsonForm(std::string& out, const Content& content);
bool ReadJsonForm(const base::json::value& value, Content& out);

// Nothing, or kInvalidFields with every fault. Whether media is stored and targets exist is not
// looked at.
base::Result<void> Check(const Content& content);
// A message id, also one that is quoted: 1 to kMaxMessageId bytes of UTF-8.
bool IsMessageId(std::string_view text);

}  // namespace parley::sim::network
