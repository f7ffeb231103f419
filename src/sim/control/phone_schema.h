// The bodies of the control API about what a person does with messages on the phone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/network.h"

namespace parley::sim::control {

// Base64 of media that a person sends.
inline constexpr std::size_t kMaxMediaText = 44u << 20;  // of 33 MiB

struct SentMedia {
  std::string data, mime_type;
  std::optional<std::string> file_name;

  static constexpr auto Fields() {
    using base::Required;
    using M = SentMedia;
    return base::FieldList(
        Required("data", &M::data, base::MinLength(1), base::MaxLength(kMaxMediaText),
                 base::Doc("Base64 of the bytes")),
        Required("mime_type", &M::mime_type, base::MinLength(1),
                 base::MaxLength(network::kMaxMimeType)),
        base::Optional("file_name", &M::file_name, base::MaxLength(network::kMaxFileName)));
  }
};

struct SendBody {
  std::string to;
  network::MessageKind kind = network::MessageKind::kText;
  std::optional<std::string> text, quoted;
  std::optional<SentMedia> media;
  std::optional<bool> voice, view_once;
  std::optional<std::vector<std::string>> mentions;
  std::optional<network::LocationContent> location;
  std::optional<std::vector<network::ContactCard>> contacts;
  std::optional<network::PollContent> poll;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using M = SendBody;
    return base::FieldList(
        base::Required("to", &M::to, MaxLength(network::kMaxChatAddress),
                       Doc("Number, with or without '+', \"<id>@g.us\", \"<id>@newsletter\", or "
                           "\"status@broadcast\" for who has each other in the address book")),
        Optional("kind", &M::kind,
                 Doc("text (when absent), image, video, audio, document, sticker, location, "
                     "contacts, poll")),
        Optional("text", &M::text, MaxLength(network::kMaxText), Doc("Body or caption")),
        Optional("media", &M::media, Doc("For image, video, audio, document and sticker")),
        Optional("voice", &M::voice, Doc("Audio as a voice message")),
        Optional("view_once", &M::view_once, Doc("Image, video or audio to be opened once")),
        Optional("mentions", &M::mentions, MaxLength(network::kMaxMentions),
                 Doc("Numbers of the people that '@<digits>' in the text means")),
        Optional("location", &M::location, Doc("For kind location")),
        Optional("contacts", &M::contacts, MaxLength(257), Doc("For kind contacts: the cards")),
        Optional("poll", &M::poll, Doc("For kind poll")),
        Optional("quoted", &M::quoted, MaxLength(network::kMaxMessageId),
                 Doc("The id of the message that this answers")));
  }
};

// What goes to many at once.
struct BroadcastBody {
  std::vector<std::string> to;
  network::MessageKind kind = network::MessageKind::kText;
  std::optional<std::string> text;
  std::optional<SentMedia> media;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using M = BroadcastBody;
    return base::FieldList(
        base::Required("to", &M::to, base::MinLength(1), MaxLength(network::kMaxBroadcast),
                       Doc("Numbers; those get it who have the sender in the address book")),
        Optional("kind", &M::kind,
                 Doc("text (when absent), image, video, audio, document, sticker")),
        Optional("text", &M::text, MaxLength(network::kMaxText), Doc("Body or caption")),
        Optional("media", &M::media, Doc("For all kinds but text")));
  }
};

struct SentBody {
  std::string id;
  std::int64_t seq = 0, timestamp = 0;

  static constexpr auto Fields() {
    using base::Required;
    return base::FieldList(Required("id", &SentBody::id),
                           Required("seq", &SentBody::seq, base::Doc("In the outbox")),
                           Required("timestamp", &SentBody::timestamp, base::Doc("Unix seconds")));
  }
};

// What is done to a message of a chat: `message` is its id.
struct ReactBody {
  std::string message, emoji;
  static constexpr auto Fields() {
    using base::MaxLength;
    using B = ReactBody;
    return base::FieldList(
        base::Required("message", &B::message, MaxLength(network::kMaxMessageId)),
        base::Required("emoji", &B::emoji, MaxLength(network::kMaxEmoji),
                       base::Doc("One emoji; empty takes the reaction back")));
  }
};

struct EditBody {
  std::string message, text;
  static constexpr auto Fields() {
    using base::MaxLength;
    using B = EditBody;
    return base::FieldList(
        base::Required("message", &B::message, MaxLength(network::kMaxMessageId)),
        base::Required("text", &B::text, base::MinLength(1), MaxLength(network::kMaxText)));
  }
};

struct DeleteBody {
  std::string message;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("message", &DeleteBody::message, base::MaxLength(network::kMaxMessageId)));
  }
};

struct VoteBody {
  std::string message;
  std::vector<std::string> options;
  static constexpr auto Fields() {
    using base::MaxLength;
    using B = VoteBody;
    return base::FieldList(
        base::Required("message", &B::message, MaxLength(network::kMaxMessageId)),
        base::Required("options", &B::options, MaxLength(network::kMaxPollOptions),
                       base::Doc("All that are chosen now; none takes the vote back")));
  }
};

struct ChooseBody {
  std::string message, id;
  static constexpr auto Fields() {
    using base::MaxLength;
    using B = ChooseBody;
    return base::FieldList(
        base::Required("message", &B::message, MaxLength(network::kMaxMessageId)),
        base::Required("id", &B::id, MaxLength(256), base::Doc("Of the row or button")));
  }
};

struct FillBody {
  std::string message;
  std::optional<base::json::value> fields;
  static constexpr auto Fields() {
    using B = FillBody;
    return base::FieldList(
        base::Required("message", &B::message, base::MaxLength(network::kMaxMessageId)),
        base::Optional("fields", &B::fields,
                       base::Doc("An object: what was filled in; the form's flow_token is added")));
  }
};

struct ReadBody {
  std::optional<std::string> id;
  std::optional<std::int64_t> up_to;
  std::optional<bool> played;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    return base::FieldList(
        Optional("id", &ReadBody::id, base::MaxLength(network::kMaxMessageId),
                 Doc("This message, or instead")),
        Optional("up_to", &ReadBody::up_to, base::Range(1, UINT32_MAX),
                 Doc("everything up to this seq of the inbox")),
        Optional("played", &ReadBody::played,
                 Doc("With id: a voice message is played, a view-once message opened")));
  }
};

struct ReadAnswer {
  std::int64_t rows = 0;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("rows", &ReadAnswer::rows,
                                          base::Doc("With that id; newly read, for up_to")));
  }
};

struct FailBody {
  std::string code;
  std::optional<std::string> text;

  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("code", &FailBody::code, base::MaxLength(100), base::Doc("Like 470")),
        base::Optional("text", &FailBody::text, base::MaxLength(500), base::Doc("A sentence")));
  }
};

}  // namespace parley::sim::control
