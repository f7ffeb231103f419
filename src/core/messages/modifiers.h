// Modifiers: messages that change another one instead of standing in the chat themselves. They are
// rows of the messages table like any other, so that they are accepted, ordered, sent and told of
// only once as messages are; but no list shows them, and what they do to their target is applied
// when the network has taken them (core/messages/modify.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "core/ids.h"
#include "core/messages/content_kind.h"

namespace parley::core {

struct ReactionContent {
  std::optional<MessageId> target;  // none: a message that Parley does not have
  std::string emoji;                // empty: taken back
  static constexpr ContentKind kKind = ContentKind::kReaction;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("target", &ReactionContent::target),
                           base::Optional("emoji", &ReactionContent::emoji));
  }
};

// Replaces the text of a text message, or the caption of media.
struct EditContent {
  std::optional<MessageId> target;
  std::string body;
  static constexpr ContentKind kKind = ContentKind::kEdit;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("target", &EditContent::target),
                           base::Required("body", &EditContent::body));
  }
};

// Revokes a message for everybody.
struct DeleteContent {
  std::optional<MessageId> target;
  static constexpr ContentKind kKind = ContentKind::kDelete;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("target", &DeleteContent::target));
  }
};

// What somebody chooses in a poll; replaces an earlier choice. None: taken back.
struct VoteContent {
  std::optional<MessageId> target;
  std::vector<std::string> options;
  static constexpr ContentKind kKind = ContentKind::kVote;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("target", &VoteContent::target),
                           base::Optional("options", &VoteContent::options));
  }
};

}  // namespace parley::core
