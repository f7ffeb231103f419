// What speaks of another message: answers that choose from it, and modifiers that change it
// (content.h).
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/content_kind.h"

namespace parley::sim::network {

struct ListReplyContent {
  std::string id, title, description;
  static constexpr MessageKind kKind = MessageKind::kListReply;
  static constexpr auto Fields() {
    using C = ListReplyContent;
    return base::FieldList(base::Required("id", &C::id, base::MaxLength(200)),
                           base::Required("title", &C::title, base::MaxLength(24)),
                           base::Optional("description", &C::description, base::MaxLength(72)));
  }
  bool operator==(const ListReplyContent&) const = default;
};

struct ButtonReplyContent {
  std::string id, title;
  static constexpr MessageKind kKind = MessageKind::kButtonReply;
  static constexpr auto Fields() {
    using C = ButtonReplyContent;
    return base::FieldList(base::Required("id", &C::id, base::MaxLength(256)),
                           base::Required("title", &C::title, base::MaxLength(200)));
  }
  bool operator==(const ButtonReplyContent&) const = default;
};

// What was filled into a form.
struct FlowReplyContent {
  std::string name, body;  // "flow", and what a person reads of it
  std::string response;    // a JSON object, with the form's token as `flow_token`
  static constexpr MessageKind kKind = MessageKind::kFlowReply;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Required;
    using C = FlowReplyContent;
    return base::FieldList(Required("name", &C::name, MaxLength(40)),
                           Required("body", &C::body, MaxLength(100)),
                           Required("response", &C::response, MaxLength(kMaxFlowData)));
  }
  bool operator==(const FlowReplyContent&) const = default;
};

// -------------------------------------------------------------------------------------- modifiers

struct ReactionContent {
  std::string target;  // a message id, as in the following
  std::string emoji;   // one; empty takes the reaction back
  static constexpr MessageKind kKind = MessageKind::kReaction;
  static constexpr auto Fields() {
    using C = ReactionContent;
    return base::FieldList(base::Required("target", &C::target, base::MaxLength(kMaxMessageId)),
                           base::Required("emoji", &C::emoji, base::MaxLength(kMaxEmoji)));
  }
  bool operator==(const ReactionContent&) const = default;
};

struct EditContent {
  std::string target;
  std::string body;  // the new body or caption
  static constexpr MessageKind kKind = MessageKind::kEdit;
  static constexpr auto Fields() {
    using C = EditContent;
    return base::FieldList(
        base::Required("target", &C::target, base::MaxLength(kMaxMessageId)),
        base::Required("body", &C::body, base::MinLength(1), base::MaxLength(kMaxText)));
  }
  bool operator==(const EditContent&) const = default;
};

struct DeleteContent {
  std::string target;
  static constexpr MessageKind kKind = MessageKind::kDelete;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("target", &DeleteContent::target, base::MaxLength(kMaxMessageId)));
  }
  bool operator==(const DeleteContent&) const = default;
};

struct VoteContent {
  std::string target;
  std::vector<std::string> options;  // all that are chosen now; none: the vote is taken back
  static constexpr MessageKind kKind = MessageKind::kVote;
  static constexpr auto Fields() {
    using C = VoteContent;
    return base::FieldList(
        base::Required("target", &C::target, base::MaxLength(kMaxMessageId)),
        base::Required("options", &C::options, base::MaxLength(kMaxPollOptions)));
  }
  bool operator==(const VoteContent&) const = default;
};

}  // namespace parley::sim::network
