#include "link/cloud/format/content_in.h"

#include <fmt/format.h>

#include "core/templates/parameter.h"
#include "link/cloud/format/message_fields.h"
#include "link/cloud/format/number.h"

namespace parley::link::cloud::format {
namespace {

using base::json::object;
using Read = base::Result<void>;

constexpr std::size_t kMaxLabel = 4096;  // of what is no text of its own
constexpr std::size_t kMaxDetails = 64 << 10;
constexpr std::size_t kMaxToldItems = 50;  // of an order, in words

// Of a message, in the order of Meta's reference.
constexpr std::string_view kMessageMembers[] = {
    "from",
    "from_user_id",
    "from_parent_user_id",
    "to",
    "to_user_id",
    "to_parent_user_id",
    "group_id",
    "id",
    "timestamp",
    "type",
    "context",
    "errors",
    "referral",
    "identity",
    "text",
    "image",
    "video",
    "audio",
    "document",
    "sticker",
    "location",
    "contacts",
    "reaction",
    "button",
    "interactive",
    "order",
    "system",
    "unsupported",
    "edit",
    "revoke",
    "request_welcome",
};

std::string IdOf(const std::optional<std::string>& id) {
  return id ? Clean(*id, kMaxMetaId) : std::string();
}
std::string Label(const std::optional<std::string>& text) {
  return text ? Clean(*text, kMaxLabel) : std::string();
}
std::optional<std::string> CleanLabel(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  return Clean(*text, kMaxLabel);
}

Read ReadText(const object& message, Incoming& out) {
  PARLEY_TRY(text, ReadMember<TextIn>(message, "text"));
  out.message.content = core::TextContent{Clean(text.body)};
  return {};
}

// The caption and file name of a kind that has a place for them.
template <class Kind>
Read ReadFile(const object& message, std::string_view type, Incoming& out) {
  PARLEY_TRY(file, ReadMember<FileIn>(message, type));
  Kind content;
  if constexpr (requires { content.caption; }) content.caption = Clean(file.caption.value_or(""));
  if constexpr (requires { content.file_name; }) content.file_name = Label(file.filename);
  if constexpr (requires { content.voice; }) content.voice = file.voice;
  out.message.content = std::move(content);
  MediaToFetch media;
  media.id = Clean(file.id, kMaxMetaId);
  media.mime_type = Label(file.mime_type);
  media.sha256 = DigestIn(file.sha256.value_or(""));  // here it is Base64
  media.file_name = Label(file.filename);
  out.media = std::move(media);
  return {};
}
Read ReadImage(const object& message, Incoming& out) {
  return ReadFile<core::ImageContent>(message, "image", out);
}
Read ReadVideo(const object& message, Incoming& out) {
  return ReadFile<core::VideoContent>(message, "video", out);
}
Read ReadAudio(const object& message, Incoming& out) {
  return ReadFile<core::AudioContent>(message, "audio", out);
}
Read ReadDocument(const object& message, Incoming& out) {
  return ReadFile<core::DocumentContent>(message, "document", out);
}
Read ReadSticker(const object& message, Incoming& out) {
  return ReadFile<core::StickerContent>(message, "sticker", out);
}

Read ReadLocation(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadMember<LocationIn>(message, "location"));
  core::LocationContent place;
  place.latitude = given.latitude;
  place.longitude = given.longitude;
  place.name = Label(given.name);
  place.address = Label(given.address);
  place.url = Label(given.url);
  out.message.content = std::move(place);
  return {};
}

core::ContactCard CardOf(const CardIn& given) {
  core::ContactCard card;
  if (given.name) {
    card.formatted_name = Label(given.name->formatted_name);
    card.first_name = CleanLabel(given.name->first_name);
    card.last_name = CleanLabel(given.name->last_name);
    card.middle_name = CleanLabel(given.name->middle_name);
    card.prefix = CleanLabel(given.name->prefix);
    card.suffix = CleanLabel(given.name->suffix);
  }
  card.birthday = CleanLabel(given.birthday);
  if (given.org)
    card.org = core::ContactCard::Organisation{CleanLabel(given.org->company),
                                               CleanLabel(given.org->department),
                                               CleanLabel(given.org->title)};
  if (given.addresses) {
    auto& list = card.addresses.emplace();
    for (const core::ContactCard::PostalAddress& at : *given.addresses)
      list.push_back({CleanLabel(at.street), CleanLabel(at.city), CleanLabel(at.state),
                      CleanLabel(at.zip), CleanLabel(at.country), CleanLabel(at.country_code),
                      CleanLabel(at.type)});
  }
  if (given.emails) {
    auto& list = card.emails.emplace();
    for (const CardEmailIn& email : *given.emails)
      list.push_back({Label(email.email), CleanLabel(email.type)});
  }
  if (given.urls) {
    auto& list = card.urls.emplace();
    for (const CardUrlIn& url : *given.urls) list.push_back({Label(url.url), CleanLabel(url.type)});
  }
  if (given.phones) {
    auto& list = card.phones.emplace();
    for (const CardPhoneIn& phone : *given.phones)
      list.push_back({Label(phone.phone), CleanLabel(phone.type), CleanLabel(phone.wa_id)});
  }
  return card;
}

Read ReadContacts(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadList<CardIn>(base::Find(message, "contacts"), "contacts", kMaxCards));
  if (given.empty()) return base::FieldError("contacts", "Required");
  core::ContactsContent contacts;
  for (const CardIn& card : given) contacts.cards.push_back(CardOf(card));
  out.message.content = std::move(contacts);
  return {};
}

Read ReadReaction(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadMember<ReactionIn>(message, "reaction"));
  core::ReactionContent reaction;
  reaction.emoji = Label(given.emoji);
  out.message.target_link_id = Clean(given.message_id, kMaxMetaId);
  out.message.content = std::move(reaction);
  return {};
}

// What there is no kind for. `details` may be null.
void PutOther(std::string type, std::string body, const base::json::value* details, Incoming& out) {
  core::OtherContent other;
  other.type = std::move(type);
  other.body = std::move(body);
  if (details != nullptr) other.details = base::ToText(*details);
  if (other.details.size() > kMaxDetails) other.details.clear();
  out.message.content = std::move(other);
}

Read ReadButton(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadMember<ButtonIn>(message, "button"));
  core::ButtonReplyContent reply;
  reply.title = Label(given.text);
  reply.id = given.payload ? Label(given.payload) : reply.title;
  reply.of_template = true;
  out.message.content = std::move(reply);
  return {};
}

Read ReadInteractive(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadMember<InteractiveIn>(message, "interactive"));
  if (given.list_reply) {
    core::ListReplyContent reply;
    reply.id = Clean(given.list_reply->id, kMaxLabel);
    reply.title = Clean(given.list_reply->title, kMaxLabel);
    reply.description = CleanLabel(given.list_reply->description);
    out.message.content = std::move(reply);
  } else if (given.button_reply) {
    core::ButtonReplyContent reply;
    reply.id = Clean(given.button_reply->id, kMaxLabel);
    reply.title = Clean(given.button_reply->title, kMaxLabel);
    out.message.content = std::move(reply);
  } else if (given.nfm_reply) {
    core::FlowReplyContent reply;
    reply.name = given.nfm_reply->name ? Label(given.nfm_reply->name) : "flow";
    reply.response = Clean(given.nfm_reply->response_json);
    reply.body = Label(given.nfm_reply->body);
    if (reply.body.empty()) reply.body = "A form was filled in";
    out.message.content = std::move(reply);
  } else {
    PutOther("interactive." + Clean(given.type, 64), "An answer of a kind that is not known here",
             base::Find(message, "interactive"), out);
  }
  return {};
}

Read ReadOrder(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadMember<OrderIn>(message, "order"));
  core::OrderContent order;
  order.catalog = Clean(given.catalog_id, kMaxMetaId);
  order.note = Label(given.text);
  order.body = order.note;
  for (const OrderItemIn& item : given.items) {
    order.items.push_back({Clean(item.product, kMaxMetaName), item.quantity, item.price,
                           Clean(item.currency.value_or(""), kMaxMetaName)});
    if (order.items.size() > kMaxToldItems) continue;
    const core::OrderContent::Item& told = order.items.back();
    order.body += fmt::format("{}{} x {} ({} {})", order.body.empty() ? "" : "\n", told.quantity,
                              told.product, told.price, told.currency);
  }
  if (order.body.empty()) order.body = "An order without items";
  out.message.content = std::move(order);
  return {};
}

Read ReadEdit(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadMember<EditIn>(message, "edit"));
  core::EditContent edit;
  const EditedIn& now = given.message;
  for (const std::optional<CaptionIn>* media : {&now.image, &now.video, &now.document})
    if (*media) edit.body = Clean((*media)->caption.value_or(""));
  if (now.text) edit.body = Clean(now.text->body);
  out.message.target_link_id = Clean(given.original_message_id, kMaxMetaId);
  out.message.content = std::move(edit);
  return {};
}

Read ReadRevoke(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadMember<RevokeIn>(message, "revoke"));
  out.message.target_link_id = Clean(given.original_message_id, kMaxMetaId);
  out.message.content = core::DeleteContent();
  return {};
}

// The digits of a number as Meta writes it, with or without a plus; empty: it is none.
std::string DigitsOf(std::string_view number) {
  const auto address = core::ParsePhone(number);
  return address ? address->value : "";
}

Read ReadSystem(const object& message, Incoming& out) {
  PARLEY_TRY(given, ReadMember<SystemIn>(message, "system"));
  std::string body = Label(given.body);
  if (body.empty()) body = "Something about this person has changed";
  PutOther("system", std::move(body), base::Find(message, "system"), out);
  out.message.opens_window = false;
  return {};
}

// Somebody has opened the chat, and not written anything.
Read ReadWelcome(const object&, Incoming& out) {
  PutOther("request_welcome", "Has opened the chat", nullptr, out);
  out.message.opens_window = false;
  return {};
}

// Whatever Meta adds, and what it cannot show itself, which has its reason in `errors`.
void ReadOther(const object& message, std::string type, Incoming& out) {
  std::string body = out.errors.empty() ? "" : out.errors.front().Text();
  if (body.empty()) body = "A message of a kind that is not known here";
  const base::json::value* details = base::Find(message, type);
  if (details == nullptr) details = base::Find(message, "errors");
  PutOther(std::move(type), std::move(body), details, out);
}

struct TypeReader {
  std::string_view type;
  Read (*read)(const object& message, Incoming& out);
};

// The one table. What is not in it, `unsupported` and whatever comes next, is ReadOther's.
constexpr TypeReader kTypeReaders[] = {
    {"text", &ReadText},         {"image", &ReadImage},
    {"video", &ReadVideo},       {"audio", &ReadAudio},
    {"document", &ReadDocument}, {"sticker", &ReadSticker},
    {"location", &ReadLocation}, {"contacts", &ReadContacts},
    {"reaction", &ReadReaction}, {"button", &ReadButton},
    {"edit", &ReadEdit},         {"interactive", &ReadInteractive},
    {"revoke", &ReadRevoke},     {"system", &ReadSystem},
    {"order", &ReadOrder},       {"request_welcome", &ReadWelcome},
};

// The profile that belongs to the number or id; the only one there is, as a number can be spelled
// otherwise in it (Mexico, Brazil); nullptr.
const Profile* FindProfile(const std::vector<Profile>& profiles, const std::string& number,
                           const std::string& user_id) {
  for (const Profile& profile : profiles)
    if ((!number.empty() && profile.wa_id == number) ||
        (!user_id.empty() && profile.user_id == user_id))
      return &profile;
  return profiles.size() == 1 ? &profiles.front() : nullptr;
}

base::Result<Incoming> ReadAny(const base::json::value& value, const std::vector<Profile>& profiles,
                               bool from_me) {
  PARLEY_TRY(envelope, ReadObject<EnvelopeIn>(value));
  const object& message = value.get_object();
  Incoming out;
  NoteUnknown(message, kMessageMembers, out.unknown);
  out.message.link_id = Clean(envelope.id, kMaxMetaId);
  out.message.at = AtSecond(envelope.timestamp);
  out.message.from_me = from_me;
  if (envelope.context) {
    out.message.quoted_link_id = IdOf(envelope.context->id);
    out.frequently_forwarded = envelope.context->frequently_forwarded;
    out.forwarded = envelope.context->forwarded || out.frequently_forwarded;
  }
  out.from_ad = base::Find(message, "referral") != nullptr;
  out.errors = ReadWebhookErrors(ListIn(message, "errors"));

  core::Peer& peer = out.message.from;
  peer.phone = DigitsOf((from_me ? envelope.to : envelope.from).value_or(""));
  out.user_id = IdOf(from_me ? envelope.to_user_id : envelope.from_user_id);
  if (const Profile* profile = FindProfile(profiles, peer.phone, out.user_id)) {
    if (peer.phone.empty()) peer.phone = DigitsOf(profile->wa_id);
    if (out.user_id.empty()) out.user_id = profile->user_id;
    peer.username = profile->username;
    peer.push_name = profile->name;
  }
  if (envelope.group_id) {
    out.unread = "group";
    return out;
  }
  if (peer.phone.empty() && peer.username.empty()) {
    out.unread = "no_number";
    return out;
  }
  for (const TypeReader& reader : kTypeReaders) {
    if (reader.type != envelope.type) continue;
    PARLEY_CHECK(reader.read(message, out));
    return out;
  }
  if (envelope.type.empty())
    out.unread = "no_type";
  else
    ReadOther(message, Clean(envelope.type, 64), out);
  return out;
}

}  // namespace

base::Result<std::vector<Profile>> ReadProfiles(const object& value) {
  PARLEY_TRY(given, ReadList<ProfileIn>(base::Find(value, "contacts"), "contacts", kMaxProfiles));
  std::vector<Profile> profiles;
  for (const ProfileIn& contact : given) {
    Profile& profile = profiles.emplace_back();
    profile.wa_id = IdOf(contact.wa_id);
    profile.user_id = IdOf(contact.user_id);
    if (!contact.profile) continue;
    profile.name = Label(contact.profile->name);
    // The core keeps usernames in lower case.
    profile.username = core::LowerCase(Clean(contact.profile->username.value_or(""), kMaxMetaId));
  }
  return profiles;
}

base::Result<Incoming> ReadMessage(const base::json::value& message,
                                   const std::vector<Profile>& profiles) {
  return ReadAny(message, profiles, false);
}

base::Result<Incoming> ReadEcho(const base::json::value& message,
                                const std::vector<Profile>& profiles) {
  return ReadAny(message, profiles, true);
}

void SetMedia(core::IncomingMessage& message, core::Media media) {
  core::ContentVariant& content = message.content;
  std::visit(
      [&media](auto& kind) {
        if constexpr (requires { kind.media.sha256; }) kind.media = media.ref;
      },
      content);
  message.media = std::move(media);
}

}  // namespace parley::link::cloud::format
