// What others sent, as the core knows it. Pure. docs/protocol/messages.md, "Kinds".
//
// A message is whatever bytes somebody chose: text is made valid and cut, numbers are checked, and
// what is wrapped is looked for to a bounded depth. A kind that the core has no content for, or
// that this link does not carry yet, is named and counted, not pretended to be another one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/messages/content.h"
#include "link/multidevice/message_secret.h"
#include "proto/message.pb.h"

namespace parley::link::multidevice {

inline constexpr std::size_t kMaxTextBytes = 256 << 10;
inline constexpr int kMaxWrappers = 8;
inline constexpr int kMaxPollOptions = 100;
inline constexpr int kMaxContactCards = 256;
inline constexpr int kMaxMentions = 1024;

// A vote before it is opened.
struct SealedVote {
  std::string poll_id;
  bool poll_from_voter = false;  // whoever votes wrote the poll, too
  SealedBySecret sealed;
};

struct Content {
  // Absent: there is nothing for the core, or it comes with the vote.
  std::optional<core::Content> content;
  std::string quoted_id, target_id;     // of the message that is answered; that is changed
  std::optional<MessageSecret> secret;  // of a poll
  std::optional<SealedVote> vote;
  std::string_view unread;  // the kind that nothing is made of; empty when something is
};
Content ContentOf(const proto::Message& message);

// The innermost message of what only says something of another one: that it disappears, or is shown
// once.
const proto::Message& Unwrap(const proto::Message& message);

// The choice of an opened vote, by the poll's options. nullopt when it is none.
std::optional<core::VoteContent> VoteOf(std::string_view opened,
                                        const std::vector<std::string>& options);

// Well-formed UTF-8 without zeros, of at most `max` bytes.
std::string CleanText(std::string_view text, std::size_t max = kMaxTextBytes);

}  // namespace parley::link::multidevice
