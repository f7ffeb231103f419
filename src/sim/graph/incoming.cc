#include "sim/graph/incoming.h"

#include <fstream>

#include "base/encoding.h"
#include "sim/graph/error.h"
#include "sim/graph/ids.h"

namespace parley::sim::graph {
namespace {

using base::json::array;
using base::json::object;

// Of a WebP file: "RIFF", its length, "WEBP", and in an extended one "VP8X", a length and the flags
// (developers.google.com/speed/webp/docs/riff_container).
constexpr std::size_t kWebpFlagsAt = 20;
constexpr char kWebpAnimated = 0x02;

void SetText(object& out, std::string_view name, std::string_view text) {
  if (!text.empty()) out[base::JsonView(name)] = base::JsonView(text);
}

std::string BeginningOf(const net::StoredMedia& stored) {
  if (stored.path.empty()) return stored.bytes->substr(0, kWebpFlagsAt + 1);
  std::string bytes(kWebpFlagsAt + 1, '\0');
  std::ifstream file(stored.path, std::ios::binary);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  return bytes;
}

bool IsAnimated(net::Network& network, const std::string& sha256) {
  const auto stored = network.media().Open(sha256);
  if (!stored) return false;
  const std::string bytes = BeginningOf(*stored);
  return bytes.size() > kWebpFlagsAt && bytes.substr(12, 4) == "VP8X" &&
         (bytes[kWebpFlagsAt] & kWebpAnimated) != 0;
}

struct ContentWriter {
  object& out;
  const net::Message& message;
  std::string_view customer;
  const Number& number;
  net::Network& network;
  Registry& registry;

  void Put(std::string_view type, object part) const {
    out["type"] = base::JsonView(type);
    out[base::JsonView(type)] = std::move(part);
  }
  void Unsupported() const {
    out["type"] = "unsupported";
    GraphError error{kUnsupportedKind};
    object item = WebhookError(error);
    item["title"] = "Message type unknown";
    item["message"] = "Message type unknown";
    item.erase("href");
    array errors;
    errors.push_back(std::move(item));
    out["errors"] = std::move(errors);
  }
  // The node of a file; the same one whenever it is asked for.
  object FileOf(const net::Media& media) const {
    MediaNode node;
    node.id = DeriveNodeId("media " + number.id + " " + message.id + " " + media.sha256);
    node.number = number.id;
    node.sha256 = media.sha256;
    node.mime_type = media.mime_type;
    node.file_name = media.file_name;
    node.at = message.at;
    if (!registry.FindMedia(node.id)) registry.Put(node);
    object part;
    part["mime_type"] = base::JsonView(media.mime_type);
    if (const auto digest = base::FromHexText(media.sha256))
      part["sha256"] = base::JsonView(base::ToBase64(*digest));
    part["id"] = base::JsonView(node.id);
    return part;
  }

  void operator()(const net::TextContent& text) const {
    object part;
    part["body"] = base::JsonView(text.body);
    Put("text", std::move(part));
  }
  void operator()(const net::MediaContent& content) const {
    if (content.view_once) return Unsupported();
    object part = FileOf(content.media);
    SetText(part, "caption", content.caption);
    if (content.kind == net::MessageKind::kDocument)
      part["filename"] = base::JsonView(content.media.file_name);
    if (content.kind == net::MessageKind::kAudio) part["voice"] = content.media.voice;
    if (content.kind == net::MessageKind::kSticker)
      part["animated"] = IsAnimated(network, content.media.sha256);
    Put(NameOf(content.kind), std::move(part));
  }
  void operator()(const net::LocationContent& place) const {
    object part;
    part["latitude"] = place.latitude;
    part["longitude"] = place.longitude;
    SetText(part, "name", place.name);
    SetText(part, "address", place.address);
    SetText(part, "url", place.url);
    Put("location", std::move(part));
  }
  void operator()(const net::ContactsContent& contacts) const {
    array cards;
    for (const net::ContactCard& card : contacts.cards) cards.push_back(CardOf(card));
    out["type"] = "contacts";
    out["contacts"] = std::move(cards);
  }
  void operator()(const net::ReactionContent& reaction) const {
    object part;
    part["message_id"] = base::JsonView(WamidOf(reaction.target, customer));
    SetText(part, "emoji", reaction.emoji);  // absent: taken back
    Put("reaction", std::move(part));
  }
  void operator()(const net::ListReplyContent& reply) const {
    object chosen;
    chosen["id"] = base::JsonView(reply.id);
    chosen["title"] = base::JsonView(reply.title);
    SetText(chosen, "description", reply.description);
    object part;
    part["type"] = "list_reply";
    part["list_reply"] = std::move(chosen);
    Put("interactive", std::move(part));
  }
  // The button of a template is another type than that of an interactive message.
  void operator()(const net::ButtonReplyContent& reply) const {
    const auto quoted = network.FindOwnMessage(number.number, message.quoted);
    object part;
    if (quoted && std::holds_alternative<net::TemplateContent>(quoted->message.content)) {
      part["payload"] = base::JsonView(reply.id);
      part["text"] = base::JsonView(reply.title);
      return Put("button", std::move(part));
    }
    object chosen;
    chosen["id"] = base::JsonView(reply.id);
    chosen["title"] = base::JsonView(reply.title);
    part["type"] = "button_reply";
    part["button_reply"] = std::move(chosen);
    Put("interactive", std::move(part));
  }
  void operator()(const net::FlowReplyContent& reply) const {
    object form;
    form["response_json"] = base::JsonView(reply.response);
    form["body"] = base::JsonView(reply.body);
    form["name"] = base::JsonView(reply.name);
    object part;
    part["type"] = "nfm_reply";
    part["nfm_reply"] = std::move(form);
    Put("interactive", std::move(part));
  }
  void operator()(const net::PollContent&) const { Unsupported(); }
  void operator()(const net::EditContent&) const { Unsupported(); }
  void operator()(const net::DeleteContent&) const { Unsupported(); }
  void operator()(const net::VoteContent&) const { Unsupported(); }
  // What only businesses send to each other.
  void operator()(const net::ListContent&) const { Unsupported(); }
  void operator()(const net::ButtonsContent&) const { Unsupported(); }
  void operator()(const net::LocationRequestContent&) const { Unsupported(); }
  void operator()(const net::TemplateContent&) const { Unsupported(); }
  void operator()(const net::ProductContent&) const { Unsupported(); }
  void operator()(const net::CtaUrlContent&) const { Unsupported(); }
  void operator()(const net::FlowContent&) const { Unsupported(); }

  static object CardOf(const net::ContactCard& card) {
    object name;
    name["formatted_name"] = base::JsonView(card.formatted_name);
    SetText(name, "first_name", card.first_name);
    SetText(name, "last_name", card.last_name);
    SetText(name, "middle_name", card.middle_name);
    SetText(name, "prefix", card.prefix);
    SetText(name, "suffix", card.suffix);
    object out;
    out["name"] = std::move(name);
    SetText(out, "birthday", card.birthday);
    if (card.org) {
      object org;
      SetText(org, "company", card.org->company);
      SetText(org, "department", card.org->department);
      SetText(org, "title", card.org->title);
      out["org"] = std::move(org);
    }
    array addresses, emails, urls, phones;
    for (const net::CardAddress& address : card.addresses) {
      object item;
      SetText(item, "street", address.street);
      SetText(item, "city", address.city);
      SetText(item, "state", address.state);
      SetText(item, "zip", address.zip);
      SetText(item, "country", address.country);
      SetText(item, "country_code", address.country_code);
      SetText(item, "type", address.type);
      addresses.push_back(std::move(item));
    }
    for (const net::CardEmail& email : card.emails) {
      object item;
      SetText(item, "email", email.email);
      SetText(item, "type", email.type);
      emails.push_back(std::move(item));
    }
    for (const net::CardUrl& url : card.urls) {
      object item;
      SetText(item, "url", url.url);
      SetText(item, "type", url.type);
      urls.push_back(std::move(item));
    }
    for (const net::CardPhone& phone : card.phones) {
      object item;
      SetText(item, "phone", phone.phone);
      SetText(item, "wa_id", phone.wa_id);
      SetText(item, "type", phone.type);
      phones.push_back(std::move(item));
    }
    if (!addresses.empty()) out["addresses"] = std::move(addresses);
    if (!emails.empty()) out["emails"] = std::move(emails);
    if (!urls.empty()) out["urls"] = std::move(urls);
    if (!phones.empty()) out["phones"] = std::move(phones);
    return out;
  }
};

}  // namespace

void AddContent(object& message, const net::Message& from_network, std::string_view customer,
                const Number& number, net::Network& network, Registry& registry) {
  const ContentWriter writer{message, from_network, customer, number, network, registry};
  std::visit(writer, from_network.content);
}

}  // namespace parley::sim::graph
