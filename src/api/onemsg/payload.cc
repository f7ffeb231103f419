#include "api/onemsg/payload.h"

#include <fmt/format.h>

#include <array>

#include "api/onemsg/addresses.h"
#include "core/messages/vcard.h"

namespace parley::api::onemsg {
namespace {

using core::ContentKind;

// 1MSG's words, in the order of the kinds. Of the documents: chat, interactive, image, video,
// document, audio, sticker; seen in traffic: reaction, location, contact, and button for the reply
// to a template. The others are ours.
struct Type {
  ContentKind kind;
  std::string_view type;
};
constexpr auto kTypes = std::to_array<Type>({
    {ContentKind::kText, "chat"},
    {ContentKind::kImage, "image"},
    {ContentKind::kVideo, "video"},
    {ContentKind::kAudio, "audio"},
    {ContentKind::kDocument, "document"},
    {ContentKind::kSticker, "sticker"},
    {ContentKind::kLocation, "location"},
    {ContentKind::kContacts, "contact"},
    {ContentKind::kPoll, "poll"},
    {ContentKind::kList, "interactive"},
    {ContentKind::kButtons, "interactive"},
    {ContentKind::kLocationRequest, "interactive"},
    {ContentKind::kTemplate, "template"},
    {ContentKind::kProduct, "interactive"},
    {ContentKind::kListReply, "interactive"},
    {ContentKind::kButtonReply, "interactive"},
    {ContentKind::kReaction, "reaction"},
    {ContentKind::kEdit, "edit"},
    {ContentKind::kDelete, "delete"},
    {ContentKind::kVote, "vote"},
    {ContentKind::kOrder, "interactive"},
    {ContentKind::kFlowReply, "interactive"},
    {ContentKind::kOther, "chat"},
    {ContentKind::kCtaUrl, "interactive"},
    {ContentKind::kFlow, "interactive"},
});
static_assert(kTypes.size() == core::kContentKindNames.rows.size());
static_assert([] {
  for (std::size_t i = 0; i < kTypes.size(); ++i)
    if (static_cast<std::size_t>(kTypes[i].kind) != i + 1) return false;
  return true;
}());

// Whether the message is the file, and not a text with a file above it.
bool IsFile(const core::Content& content) {
  const ContentKind kind = core::KindOf(content);
  return kind >= ContentKind::kImage && kind <= ContentKind::kSticker;
}

// Seven decimals are a centimetre; zeros at the end say nothing.
std::string Degrees(double degrees) {
  std::string text = fmt::format("{:.7f}", degrees);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

// In the words of the product list that is sent.
void PutOrder(const core::OrderContent& order, base::json::object& metadata) {
  base::json::array items;
  for (const core::OrderContent::Item& item : order.items) {
    base::json::object shown;
    shown["product_retailer_id"] = base::JsonView(item.product);
    shown["quantity"] = item.quantity;
    shown["item_price"] = item.price;
    shown["currency"] = base::JsonView(item.currency);
    items.push_back(std::move(shown));
  }
  metadata["catalog_id"] = base::JsonView(order.catalog);
  metadata["product_items"] = std::move(items);
}

}  // namespace

std::string_view TypeOf(const core::Content& content) {
  if (const auto* audio = std::get_if<core::AudioContent>(&content))
    return audio->voice ? "voice" : "audio";
  if (const auto* reply = std::get_if<core::ButtonReplyContent>(&content))
    return reply->of_template ? "button" : "interactive";
  return kTypes[static_cast<std::size_t>(core::KindOf(content)) - 1].type;
}

std::string BodyOf(const core::Content& content, const core::MediaLinks& links) {
  if (const auto* place = std::get_if<core::LocationContent>(&content))
    return Degrees(place->latitude) + ";" + Degrees(place->longitude);
  if (const auto* contacts = std::get_if<core::ContactsContent>(&content)) {
    std::string cards;
    for (const core::ContactCard& card : contacts->cards)
      cards += (cards.empty() ? "" : "\n") + core::VCardOf(card);
    return cards;
  }
  return IsFile(content) ? links.UrlOf(*core::MediaOf(content)) : core::TextOf(content);
}

std::optional<std::string> CaptionOf(const core::Content& content) {
  if (const auto* place = std::get_if<core::LocationContent>(&content)) {
    if (place->name.empty()) return std::nullopt;
    return place->name;
  }
  if (!IsFile(content)) return std::nullopt;
  const std::string& caption = core::TextOf(content);
  if (!caption.empty()) return caption;
  const auto* document = std::get_if<core::DocumentContent>(&content);
  if (document == nullptr || document->file_name.empty()) return std::nullopt;
  return document->file_name;
}

base::json::object MetadataOf(const core::Content& content) {
  base::json::object metadata;
  const auto set = [&metadata](const char* name, const std::string& text) {
    if (!text.empty()) metadata[name] = base::JsonView(text);
  };
  if (const auto* reply = std::get_if<core::ListReplyContent>(&content)) {
    set("id", reply->id);
    set("title", reply->title);
    set("description", reply->description.value_or(""));
  }
  if (const auto* reply = std::get_if<core::ButtonReplyContent>(&content)) {
    set("id", reply->id);
    set("title", reply->title);
  }
  if (const auto* place = std::get_if<core::LocationContent>(&content)) {
    set("name", place->name);
    set("address", place->address);
  }
  if (const auto* order = std::get_if<core::OrderContent>(&content)) PutOrder(*order, metadata);
  if (const auto* link = std::get_if<core::CtaUrlContent>(&content)) {
    set("display_text", link->button);
    set("url", link->url);
  }
  if (const auto* flow = std::get_if<core::FlowContent>(&content)) {
    set("flow_id", flow->flow_id);
    set("flow_name", flow->flow_name);
    set("flow_cta", flow->button);
    set("flow_token", flow->token);
  }
  if (const auto* reply = std::get_if<core::FlowReplyContent>(&content)) {
    set("name", reply->name);
    set("response_json", reply->response);
  }
  if (const auto* other = std::get_if<core::OtherContent>(&content)) {
    set("type", other->type);
    set("details", other->details);
  }
  return metadata;
}

ListedMessage ListedOf(const core::MessageInChat& found, const core::Channel& channel,
                       const core::MediaLinks& media) {
  const core::Message& message = found.message;
  const core::Peer& peer = message.sender ? message.sender_peer : found.chat.peer;
  ListedMessage listed;
  listed.number = message.row.value;
  listed.id = Spell(message.id);
  listed.body = BodyOf(message.content, media);
  listed.from_me = message.direction == core::Direction::kOut;
  listed.self = message.origin == core::Origin::kApi ? 1 : 0;
  listed.author = listed.from_me ? channel.phone + "@c.us" : ChatId(peer);
  listed.time = base::ToUnixSeconds(message.at);
  listed.chat_id = ChatId(found.chat.address());
  listed.type = TypeOf(message.content);
  listed.sender_name = listed.from_me ? channel.phone + "@c.us" : peer.display_name();
  listed.caption = CaptionOf(message.content);
  if (message.quoted) listed.quoted = Spell(*message.quoted);
  listed.metadata = MetadataOf(message.content);
  const std::string& name =
      found.chat.group ? found.chat.group->subject : found.chat.peer.display_name();
  listed.chat_name = name.empty() ? found.chat.address().value : name;
  return listed;
}

}  // namespace parley::api::onemsg
