// What can be sent: a closed variant of kinds, with WhatsApp's own limits. std::visit without a
// default, so that a new kind makes the compiler list the places that must know it.
//
// A modifier (reaction, edit, delete, vote) travels like a message and changes what is shown of
// another one, its target, once it arrives. An answer (list_reply, button_reply) is a message whose
// `quoted` is the list or the buttons it chooses from.
//
// Limits are from the Cloud API's reference (developers.facebook.com/docs/whatsapp/cloud-api,
// "Interactive messages", "Contacts messages"); where WhatsApp names none, they bound what is read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "base/result.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxMessageId = 200;     // bytes
inline constexpr std::size_t kMaxText = 65536;        // code points of a body or caption
inline constexpr std::size_t kMaxFileName = 255;      // code points
inline constexpr std::size_t kMaxMimeType = 100;      // bytes
inline constexpr std::int64_t kMaxMedia = 100 << 20;  // bytes, as for a document on WhatsApp's API
inline constexpr std::size_t kMaxMentions = 1024;     // as many as a group has members
inline constexpr std::size_t kMaxPollOptions = 12;
inline constexpr std::size_t kMaxPollOption = 100;   // code points
inline constexpr std::size_t kMaxRows = 10;          // of a list, in all sections
inline constexpr std::size_t kMaxProducts = 30;      // of a product list, in all sections
inline constexpr std::size_t kMaxEmoji = 16;         // code points of one emoji, joiners included
inline constexpr std::size_t kMaxContent = 1 << 19;  // bytes of a content's JSON

enum class MessageKind : std::uint8_t {
  kText = 1,
  kImage = 2,
  kVideo = 3,
  kAudio = 4,
  kDocument = 5,
  kSticker = 6,
  kLocation = 7,
  kContacts = 8,
  kPoll = 9,
  kList = 10,
  kButtons = 11,
  kLocationRequest = 12,
  kTemplate = 13,
  kProduct = 14,
  kListReply = 15,
  kButtonReply = 16,
  kReaction = 17,
  kEdit = 18,
  kDelete = 19,
  kVote = 20,
};
inline constexpr base::EnumNames<MessageKind, 20> kMessageKindNames({
    {MessageKind::kText, "text"},
    {MessageKind::kImage, "image"},
    {MessageKind::kVideo, "video"},
    {MessageKind::kAudio, "audio"},
    {MessageKind::kDocument, "document"},
    {MessageKind::kSticker, "sticker"},
    {MessageKind::kLocation, "location"},
    {MessageKind::kContacts, "contacts"},
    {MessageKind::kPoll, "poll"},
    {MessageKind::kList, "list"},
    {MessageKind::kButtons, "buttons"},
    {MessageKind::kLocationRequest, "location_request"},
    {MessageKind::kTemplate, "template"},
    {MessageKind::kProduct, "product"},
    {MessageKind::kListReply, "list_reply"},
    {MessageKind::kButtonReply, "button_reply"},
    {MessageKind::kReaction, "reaction"},
    {MessageKind::kEdit, "edit"},
    {MessageKind::kDelete, "delete"},
    {MessageKind::kVote, "vote"},
});
PARLEY_ENUM_NAMES(MessageKind, kMessageKindNames)

// ----------------------------------------------------------------------------- text and media

struct TextContent {
  std::string body;
  std::vector<std::string> mentions = {};  // of numbers that "@<digits>" in the body means
  static constexpr MessageKind kKind = MessageKind::kText;
  static constexpr auto Fields() {
    using base::MaxLength;
    return base::FieldList(
        base::Required("body", &TextContent::body, base::MinLength(1), MaxLength(kMaxText),
                       base::Alias("text")),  // in files of before there were other kinds
        base::Optional("mentions", &TextContent::mentions, MaxLength(kMaxMentions)));
  }
  bool operator==(const TextContent&) const = default;
};

struct Media {
  std::string sha256;  // of bytes that Network::StoreMedia took
  std::string mime_type;
  std::int64_t size = 0;
  std::string file_name;  // may be empty
  bool voice = false;     // audio shown as a voice message

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    return base::FieldList(Required("sha256", &Media::sha256),
                           Required("mime_type", &Media::mime_type), Required("size", &Media::size),
                           Optional("file_name", &Media::file_name, base::MaxLength(kMaxFileName)),
                           Optional("voice", &Media::voice));
  }
  bool operator==(const Media&) const = default;
};

struct MediaContent {
  MessageKind kind = MessageKind::kDocument;  // kImage to kSticker
  Media media;
  std::string caption;
  bool view_once = false;  // image, video or audio that can be opened once
  std::vector<std::string> mentions;
  bool operator==(const MediaContent&) const = default;
};

// --------------------------------------------------------------------- what anybody can send

struct LocationContent {
  double latitude = 0, longitude = 0;  // degrees; kept to 7 decimals, which is a centimetre
  std::string name, address, url;
  static constexpr MessageKind kKind = MessageKind::kLocation;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using C = LocationContent;
    return base::FieldList(Required("latitude", &C::latitude, base::Range(-90, 90)),
                           Required("longitude", &C::longitude, base::Range(-180, 180)),
                           Optional("name", &C::name, MaxLength(1000)),
                           Optional("address", &C::address, MaxLength(1000)),
                           Optional("url", &C::url, MaxLength(2000)));
  }
  bool operator==(const LocationContent&) const = default;
};

struct CardAddress {
  std::string street, city, state, zip, country, country_code, type;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using A = CardAddress;
    return base::FieldList(
        Optional("street", &A::street, MaxLength(500)), Optional("city", &A::city, MaxLength(200)),
        Optional("state", &A::state, MaxLength(200)), Optional("zip", &A::zip, MaxLength(50)),
        Optional("country", &A::country, MaxLength(200)),
        Optional("country_code", &A::country_code, MaxLength(10)),
        Optional("type", &A::type, MaxLength(50)));
  }
  bool operator==(const CardAddress&) const = default;
};

struct CardEmail {
  std::string email, type;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("email", &CardEmail::email, base::MaxLength(500)),
                           base::Optional("type", &CardEmail::type, base::MaxLength(50)));
  }
  bool operator==(const CardEmail&) const = default;
};

struct CardUrl {
  std::string url, type;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("url", &CardUrl::url, base::MaxLength(2000)),
                           base::Optional("type", &CardUrl::type, base::MaxLength(50)));
  }
  bool operator==(const CardUrl&) const = default;
};

struct CardPhone {
  std::string phone, type, wa_id;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("phone", &CardPhone::phone, base::MaxLength(50)),
                           base::Optional("type", &CardPhone::type, base::MaxLength(50)),
                           base::Optional("wa_id", &CardPhone::wa_id, base::MaxLength(20)));
  }
  bool operator==(const CardPhone&) const = default;
};

struct CardOrganization {
  std::string company, department, title;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using O = CardOrganization;
    return base::FieldList(Optional("company", &O::company, MaxLength(500)),
                           Optional("department", &O::department, MaxLength(500)),
                           Optional("title", &O::title, MaxLength(500)));
  }
  bool operator==(const CardOrganization&) const = default;
};

struct ContactCard {
  std::string formatted_name, first_name, last_name, middle_name, prefix, suffix, birthday;
  std::optional<CardOrganization> org;
  std::vector<CardAddress> addresses;
  std::vector<CardEmail> emails;
  std::vector<CardUrl> urls;
  std::vector<CardPhone> phones;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using C = ContactCard;
    constexpr MaxLength kName(500), kMany(50);
    return base::FieldList(
        base::Required("formatted_name", &C::formatted_name, base::MinLength(1), kName),
        Optional("first_name", &C::first_name, kName), Optional("last_name", &C::last_name, kName),
        Optional("middle_name", &C::middle_name, kName), Optional("prefix", &C::prefix, kName),
        Optional("suffix", &C::suffix, kName),
        Optional("birthday", &C::birthday, MaxLength(10), base::Doc("YYYY-MM-DD")),
        Optional("org", &C::org), Optional("addresses", &C::addresses, kMany),
        Optional("emails", &C::emails, kMany), Optional("urls", &C::urls, kMany),
        Optional("phones", &C::phones, kMany));
  }
  bool operator==(const ContactCard&) const = default;
};

struct ContactsContent {
  std::vector<ContactCard> cards;
  static constexpr MessageKind kKind = MessageKind::kContacts;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("cards", &ContactsContent::cards, base::MinLength(1), base::MaxLength(257)));
  }
  bool operator==(const ContactsContent&) const = default;
};

struct PollContent {
  std::string question;
  std::vector<std::string> options;  // distinct
  bool multiple = false;             // whether one vote may choose several
  static constexpr MessageKind kKind = MessageKind::kPoll;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using C = PollContent;
    return base::FieldList(
        base::Required("question", &C::question, MinLength(1), MaxLength(255)),
        base::Required("options", &C::options, MinLength(1), MaxLength(kMaxPollOptions)),
        base::Optional("multiple", &C::multiple));
  }
  bool operator==(const PollContent&) const = default;
};

// ------------------------------------------------------------ what only business devices can send

struct ListRow {
  std::string id, title, description;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using R = ListRow;
    return base::FieldList(base::Required("id", &R::id, MinLength(1), MaxLength(200)),
                           base::Required("title", &R::title, MinLength(1), MaxLength(24)),
                           base::Optional("description", &R::description, MaxLength(72)));
  }
  bool operator==(const ListRow&) const = default;
};

struct ListSection {
  std::string title;  // required when there are several
  std::vector<ListRow> rows;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Optional("title", &ListSection::title, base::MaxLength(24)),
        base::Required("rows", &ListSection::rows, base::MinLength(1), base::MaxLength(kMaxRows)));
  }
  bool operator==(const ListSection&) const = default;
};

struct ListContent {
  std::string body, button;
  std::vector<ListSection> sections;
  std::string header, footer;
  static constexpr MessageKind kKind = MessageKind::kList;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::Optional;
    using base::Required;
    using C = ListContent;
    return base::FieldList(Required("body", &C::body, MinLength(1), MaxLength(4096)),
                           Required("button", &C::button, MinLength(1), MaxLength(20)),
                           Required("sections", &C::sections, MinLength(1), MaxLength(10)),
                           Optional("header", &C::header, MaxLength(60)),
                           Optional("footer", &C::footer, MaxLength(60)));
  }
  bool operator==(const ListContent&) const = default;
};

struct ReplyButton {
  std::string id, title;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using B = ReplyButton;
    return base::FieldList(base::Required("id", &B::id, MinLength(1), MaxLength(256)),
                           base::Required("title", &B::title, MinLength(1), MaxLength(20)));
  }
  bool operator==(const ReplyButton&) const = default;
};

struct ButtonsContent {
  std::string body;
  std::vector<ReplyButton> buttons;
  std::string header_text;
  std::optional<MessageKind> media_kind;  // image, video or document, instead of header_text
  std::optional<Media> media;
  std::string footer;
  static constexpr MessageKind kKind = MessageKind::kButtons;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::Optional;
    using base::Required;
    using C = ButtonsContent;
    return base::FieldList(Required("body", &C::body, MinLength(1), MaxLength(1024)),
                           Required("buttons", &C::buttons, MinLength(1), MaxLength(3)),
                           Optional("header_text", &C::header_text, MaxLength(60)),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("footer", &C::footer, MaxLength(60)));
  }
  bool operator==(const ButtonsContent&) const = default;
};

struct LocationRequestContent {
  std::string body;
  static constexpr MessageKind kKind = MessageKind::kLocationRequest;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("body", &LocationRequestContent::body, base::MinLength(1),
                                          base::MaxLength(1024)));
  }
  bool operator==(const LocationRequestContent&) const = default;
};

struct TemplateContent {
  std::string name, language, namespace_id, category;
  std::string body;  // as the recipient reads it
  std::string header, footer;
  std::optional<MessageKind> media_kind;  // image, video or document, instead of header
  std::optional<Media> media;
  base::json::value components;      // as they were given
  std::vector<std::string> buttons;  // their texts, which are also their ids
  static constexpr MessageKind kKind = MessageKind::kTemplate;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using base::Optional;
    using base::Required;
    using C = TemplateContent;
    return base::FieldList(Required("name", &C::name, MinLength(1), MaxLength(512)),
                           Required("language", &C::language, MinLength(1), MaxLength(20)),
                           Optional("namespace", &C::namespace_id, MaxLength(512)),
                           Optional("category", &C::category, MaxLength(50)),
                           Optional("body", &C::body, MaxLength(32768)),
                           Optional("header", &C::header, MaxLength(1024)),
                           Optional("footer", &C::footer, MaxLength(1024)),
                           Optional("media_kind", &C::media_kind), Optional("media", &C::media),
                           Optional("components", &C::components),
                           Optional("buttons", &C::buttons, MaxLength(10)));
  }
  bool operator==(const TemplateContent&) const = default;
};

struct ProductSection {
  std::string title;  // required when there are several
  std::vector<std::string> products;
  static constexpr auto Fields() {
    return base::FieldList(base::Optional("title", &ProductSection::title, base::MaxLength(24)),
                           base::Required("products", &ProductSection::products, base::MinLength(1),
                                          base::MaxLength(kMaxProducts)));
  }
  bool operator==(const ProductSection&) const = default;
};

// One product, sections of several, or (neither) the whole catalog; ids are the retailer's.
struct ProductContent {
  std::string catalog_id, product;
  std::vector<ProductSection> sections;
  std::string header, body, footer;
  static constexpr MessageKind kKind = MessageKind::kProduct;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using C = ProductContent;
    return base::FieldList(
        base::Required("catalog_id", &C::catalog_id, base::MinLength(1), MaxLength(100)),
        Optional("product", &C::product, MaxLength(100)),
        Optional("sections", &C::sections, MaxLength(10)),
        Optional("header", &C::header, MaxLength(60)), Optional("body", &C::body, MaxLength(1024)),
        Optional("footer", &C::footer, MaxLength(60)));
  }
  bool operator==(const ProductContent&) const = default;
};

// ---------------------------------------------------------------------------------------- answers

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

// ---------------------------------------------------------------------------------------- content

using Content = std::variant<TextContent, MediaContent, LocationContent, ContactsContent,
                             PollContent, ListContent, ButtonsContent, LocationRequestContent,
                             TemplateContent, ProductContent, ListReplyContent, ButtonReplyContent,
                             ReactionContent, EditContent, DeleteContent, VoteContent>;

MessageKind KindOf(const Content& content);
// What a person reads: body, caption, question, name or coordinates of a place, names of contacts,
// the title that was chosen, the emoji, the options voted for. Empty for a delete.
std::string TextOf(const Content& content);
// The media of the kind, or of its header; nullptr when there is none.
const Media* MediaOf(const Content& content);
Media* MediaOf(Content& content);
bool IsVoice(const Content& content);
// Voice messages are played, and view-once messages opened; both give a `played` receipt.
bool IsPlayable(const Content& content);
// The id of the message that a modifier changes; nullptr for everything else.
const std::string* TargetOf(const Content& content);
// The answer that choosing the row or button `id` makes; nullopt when there is none to choose.
std::optional<Content> ChoiceOf(const Content& content, std::string_view id);

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
