// The bodies of the control API: what it takes and what it answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/fault.h"
#include "sim/network/message.h"
#include "sim/network/person.h"

namespace parley::sim::control {

// Base64 of a picture that a person sets.
inline constexpr std::size_t kMaxPictureText = 1'400'000;  // of 1 MB
// Base64 of media that a person sends.
inline constexpr std::size_t kMaxMediaText = 44u << 20;  // of 33 MiB

// ---------------------------------------------------------------------------------------- people

struct NewPerson {
  std::string number, name;
  std::optional<std::string> lid, username, picture, verified_name, description;
  std::optional<std::string> about, address, email, vertical;
  std::optional<std::vector<std::string>> websites;
  std::optional<bool> picture_hidden, about_hidden, is_business, online;
  std::optional<network::Platform> platform;
  std::optional<network::GroupAdd> group_add;
  std::optional<std::int64_t> verified_level;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using P = NewPerson;
    return base::FieldList(
        Required("number", &P::number, MaxLength(16), Doc("With or without '+'")),
        Required("name", &P::name, MaxLength(network::kMaxName), Doc("As others see it")),
        Optional("lid", &P::lid, MaxLength(20), Doc("Digits; derived when absent")),
        Optional("username", &P::username, MaxLength(network::kMaxUsername)),
        Optional("picture", &P::picture, MaxLength(kMaxPictureText), Doc("Base64 of its bytes")),
        Optional("picture_hidden", &P::picture_hidden, Doc("From people never written to")),
        Optional("platform", &P::platform, Doc("android or iphone")),
        Optional("is_business", &P::is_business),
        Optional("verified_name", &P::verified_name, MaxLength(network::kMaxName)),
        Optional("verified_level", &P::verified_level, base::Range(0, 2)),
        Optional("description", &P::description, MaxLength(network::kMaxDescription)),
        Optional("about", &P::about, MaxLength(network::kMaxAbout)),
        Optional("about_hidden", &P::about_hidden, Doc("From strangers")),
        Optional("address", &P::address, MaxLength(network::kMaxPostal), Doc("Of a business")),
        Optional("email", &P::email, MaxLength(network::kMaxEmail)),
        Optional("websites", &P::websites, MaxLength(network::kMaxWebsites)),
        Optional("vertical", &P::vertical, MaxLength(100), Doc("What the business is in")),
        Optional("group_add", &P::group_add, Doc("Who adds them to groups: everyone or nobody")),
        Optional("online", &P::online, Doc("A phone that is not receives nothing until it is")));
  }
};

// PATCH: what is absent stays; an empty username or picture removes it.
struct ChangedPerson {
  std::optional<std::string> name, username, picture, verified_name, description;
  std::optional<std::string> about, address, email, vertical;
  std::optional<std::vector<std::string>> websites;
  std::optional<bool> picture_hidden, about_hidden, is_business, online;
  std::optional<network::Platform> platform;
  std::optional<network::GroupAdd> group_add;
  std::optional<std::int64_t> verified_level;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using P = ChangedPerson;
    return base::FieldList(
        Optional("name", &P::name, MaxLength(network::kMaxName)),
        Optional("username", &P::username, MaxLength(network::kMaxUsername)),
        Optional("picture", &P::picture, MaxLength(kMaxPictureText), Doc("Base64 of its bytes")),
        Optional("picture_hidden", &P::picture_hidden), Optional("platform", &P::platform),
        Optional("is_business", &P::is_business),
        Optional("verified_name", &P::verified_name, MaxLength(network::kMaxName)),
        Optional("verified_level", &P::verified_level, base::Range(0, 2)),
        Optional("description", &P::description, MaxLength(network::kMaxDescription)),
        Optional("about", &P::about, MaxLength(network::kMaxAbout)),
        Optional("about_hidden", &P::about_hidden),
        Optional("address", &P::address, MaxLength(network::kMaxPostal), Doc("Of a business")),
        Optional("email", &P::email, MaxLength(network::kMaxEmail)),
        Optional("websites", &P::websites, MaxLength(network::kMaxWebsites)),
        Optional("vertical", &P::vertical, MaxLength(100), Doc("What the business is in")),
        Optional("group_add", &P::group_add, Doc("Who adds them to groups: everyone or nobody")),
        Optional("online", &P::online));
  }
};

struct ShownPerson {
  std::string number, name, lid;
  std::optional<std::string> username, picture, verified_name, description;
  std::optional<std::string> about, address, email, vertical;
  std::optional<std::vector<std::string>> websites;
  bool picture_hidden = false, about_hidden = false, is_business = false, online = true;
  network::Platform platform = network::Platform::kAndroid;
  network::GroupAdd group_add = network::GroupAdd::kEveryone;
  std::int64_t verified_level = 0;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using P = ShownPerson;
    return base::FieldList(
        Required("number", &P::number, Doc("With '+'")), Required("name", &P::name),
        Required("lid", &P::lid), Optional("username", &P::username),
        Optional("picture", &P::picture, Doc("URL")),
        Required("picture_hidden", &P::picture_hidden), Required("platform", &P::platform),
        Required("is_business", &P::is_business), Optional("verified_name", &P::verified_name),
        Required("verified_level", &P::verified_level), Optional("description", &P::description),
        Optional("about", &P::about), Required("about_hidden", &P::about_hidden),
        Optional("address", &P::address), Optional("email", &P::email),
        Optional("websites", &P::websites), Optional("vertical", &P::vertical),
        Required("group_add", &P::group_add), Required("online", &P::online));
  }
};

struct ShownPeople {
  std::vector<ShownPerson> people;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("people", &ShownPeople::people));
  }
};

struct OnlineBody {
  bool online = true;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("online", &OnlineBody::online));
  }
};

// --------------------------------------------------------------------------------------- messages

struct ShownMedia {
  std::string url, mime_type, file_name, sha256;
  std::int64_t size = 0;

  static constexpr auto Fields() {
    using base::Required;
    using M = ShownMedia;
    return base::FieldList(Required("url", &M::url), Required("mime_type", &M::mime_type),
                           Required("size", &M::size), Required("file_name", &M::file_name),
                           Required("sha256", &M::sha256));
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
  std::optional<std::string> group;
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
        Optional("group", &M::group, Doc("\"<id>@g.us\"")), Required("kind", &M::kind),
        Required("text", &M::text, Doc("What a person reads of it")),
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
                       Doc("Number, with or without '+', \"<id>@g.us\" or \"<id>@newsletter\"")),
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

// ---------------------------------------------------------------------------------------- devices

struct ScanBody {
  std::string qr;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("qr", &ScanBody::qr, base::MaxLength(1000),
                                          base::Doc("The text in the QR code")));
  }
};

struct CodeBody {
  std::string code;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("code", &CodeBody::code, base::MaxLength(20), base::Doc("XXXX-XXXX")));
  }
};

struct ShownDevice {
  std::string id, number;
  network::Profile profile = network::Profile::kPhone;
  std::int64_t linked_at = 0, queued = 0;
  bool connected = false;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Required;
    using D = ShownDevice;
    return base::FieldList(Required("id", &D::id), Required("number", &D::number),
                           Required("profile", &D::profile),
                           Required("linked_at", &D::linked_at, Doc("Unix seconds")),
                           Required("connected", &D::connected),
                           Required("queued", &D::queued, Doc("Items it has not acknowledged")));
  }
};

struct ShownDevices {
  std::vector<ShownDevice> devices;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("devices", &ShownDevices::devices));
  }
};

// ----------------------------------------------------------------------------------------- faults

struct ShownFault {
  std::int64_t id = 0;
  network::FaultForm rule;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &ShownFault::id),
                           base::Required("rule", &ShownFault::rule));
  }
};

struct ShownFaults {
  std::vector<ShownFault> faults;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("faults", &ShownFaults::faults));
  }
};

// ------------------------------------------------------------------------------------------- time

struct TimeBody {
  std::int64_t timestamp = 0, timestamp_ms = 0;
  std::string iso;

  static constexpr auto Fields() {
    using base::Required;
    using T = TimeBody;
    return base::FieldList(Required("timestamp", &T::timestamp, base::Doc("Unix seconds")),
                           Required("timestamp_ms", &T::timestamp_ms), Required("iso", &T::iso));
  }
};

struct HealthBody {
  std::string status = "ok";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("status", &HealthBody::status));
  }
};

}  // namespace parley::sim::control
