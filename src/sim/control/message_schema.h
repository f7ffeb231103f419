// The bodies of the control API about messages as they are shown.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/message.h"

namespace parley::sim::control {

struct ShownMedia {
  std::string url, mime_type, file_name, sha256;
  std::int64_t size = 0;
  std::optional<bool> voice;  // shown when it is
  std::optional<network::MediaFacts> facts;

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using M = ShownMedia;
    return base::FieldList(Required("url", &M::url), Required("mime_type", &M::mime_type),
                           Required("size", &M::size), Required("file_name", &M::file_name),
                           Required("sha256", &M::sha256), Optional("voice", &M::voice),
                           Optional("facts", &M::facts));
  }
};

struct ShownReaction {
  std::string from, emoji;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("from", &ShownReaction::from),
                           base::Required("emoji", &ShownReaction::emoji));
  }
};

struct ShownVote {
  std::string from;
  std::vector<std::string> options;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("from", &ShownVote::from),
                           base::Required("options", &ShownVote::options));
  }
};

// What modifiers made of the message; absent: nothing yet.
struct ShownMarks {
  std::optional<std::string> edited;
  std::optional<bool> deleted;
  std::optional<std::vector<ShownReaction>> reactions;
  std::optional<std::vector<ShownVote>> votes;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using M = ShownMarks;
    return base::FieldList(
        Optional("edited", &M::edited, Doc("The body or caption that stands now")),
        Optional("deleted", &M::deleted), Optional("reactions", &M::reactions),
        Optional("votes", &M::votes));
  }
};

// A row of the inbox. Its form is a contract.
struct InboxMessage {
  std::int64_t seq = 0, timestamp = 0;
  std::string id, from, text;
  network::MessageKind kind = network::MessageKind::kText;
  std::optional<std::string> group, broadcast;
  std::optional<ShownMedia> media;
  std::optional<std::string> quoted;
  network::Content content;
  std::optional<ShownMarks> marks;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using M = InboxMessage;
    return base::FieldList(
        Required("seq", &M::seq), Required("id", &M::id),
        Required("from", &M::from, Doc("The sender's number; \"<id>@newsletter\"")),
        Optional("group", &M::group, Doc("\"<id>@g.us\"")),
        Optional("broadcast", &M::broadcast,
                 Doc("It went to many: \"<id>@broadcast\", or \"status@broadcast\"")),
        Required("kind", &M::kind), Required("text", &M::text, Doc("What a person reads of it")),
        Required("timestamp", &M::timestamp, Doc("Unix seconds")), Optional("media", &M::media),
        Optional("quoted", &M::quoted), Required("content", &M::content, Doc("All of it, by kind")),
        Optional("marks", &M::marks));
  }
};

struct Inbox {
  std::vector<InboxMessage> messages;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("messages", &Inbox::messages));
  }
};

struct OutboxMessage {
  std::int64_t seq = 0, timestamp = 0;
  std::string id, to, text, status;
  network::MessageKind kind = network::MessageKind::kText;
  std::optional<ShownMedia> media;
  std::optional<std::string> quoted;
  network::Content content;
  std::optional<ShownMarks> marks;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using M = OutboxMessage;
    return base::FieldList(
        Required("seq", &M::seq), Required("id", &M::id), Required("to", &M::to),
        Required("kind", &M::kind), Required("text", &M::text),
        Required("timestamp", &M::timestamp, Doc("Unix seconds")), Optional("media", &M::media),
        Optional("quoted", &M::quoted), Required("content", &M::content),
        Optional("marks", &M::marks),
        Required("status", &M::status, Doc("accepted, delivered, read, played or failed")));
  }
};

struct Outbox {
  std::vector<OutboxMessage> messages;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("messages", &Outbox::messages));
  }
};

struct ShownMessage {
  std::int64_t timestamp = 0, copies = 0, copies_under_way = 0;
  std::string id, from, to, text, status;
  network::MessageKind kind = network::MessageKind::kText;
  std::optional<ShownMedia> media;
  std::optional<std::string> quoted, device, recipient;
  network::Content content;
  std::optional<ShownMarks> marks;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using M = ShownMessage;
    return base::FieldList(
        Required("id", &M::id), Required("from", &M::from), Required("to", &M::to),
        Required("kind", &M::kind), Required("text", &M::text),
        Required("timestamp", &M::timestamp, Doc("Unix seconds")), Optional("media", &M::media),
        Optional("quoted", &M::quoted), Required("content", &M::content),
        Optional("marks", &M::marks),
        Optional("recipient", &M::recipient, Doc("Of a group or newsletter: whose copy this is")),
        Optional("device", &M::device, Doc("That sent it; absent: typed on the phone")),
        Required("status", &M::status, Doc("accepted, delivered, read, played or failed")),
        Required("copies", &M::copies, Doc("0: dropped, 2: duplicated")),
        Required("copies_under_way", &M::copies_under_way));
  }
};

struct ShownMessages {
  std::vector<ShownMessage> messages;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("messages", &ShownMessages::messages));
  }
};

}  // namespace parley::sim::control
