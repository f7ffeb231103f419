#include "api/wapio/payload.h"

#include <cmath>

#include "api/wapio/addresses.h"
#include "base/encoding.h"
#include "core/messages/vcard.h"

namespace parley::api::wapio {
namespace {

namespace json = base::json;
using base::JsonView;

void Set(json::object& fields, const char* name, const std::string& text) {
  if (!text.empty()) fields[name] = JsonView(text);
}
void Set(json::object& fields, const char* name, const std::optional<std::string>& text) {
  if (text) Set(fields, name, *text);
}

std::string NumberJid(const std::string& number) {
  return Jid(core::Address{core::AddressKind::kPhone, number});
}

json::object Named(std::string_view name, json::object fields) {
  json::object message;
  message[JsonView(name)] = std::move(fields);
  return message;
}

// One overload per kind: the name of the message, and its members.
struct Shape {
  const core::MediaLinks& media;
  const std::optional<core::MessageId>& quoted;
  using Object = json::object;
  using Mentions = std::optional<std::vector<std::string>>;

  Object operator()(const core::TextContent& text) const {
    Object message;
    const Object context = Context(text.mentions);
    if (context.empty()) {
      message["conversation"] = JsonView(text.body);
      return message;
    }
    Object fields;
    fields["text"] = JsonView(text.body);
    return With(context, "extendedTextMessage", std::move(fields));
  }
  Object operator()(const core::ImageContent& image) const {
    return Viewed("imageMessage", image, File(image.media, image.caption), image.mentions);
  }
  Object operator()(const core::VideoContent& video) const {
    return Viewed("videoMessage", video, File(video.media, video.caption), video.mentions);
  }
  Object operator()(const core::AudioContent& audio) const {
    Object fields = File(audio.media, "");
    fields["ptt"] = audio.voice;
    return Viewed("audioMessage", audio, std::move(fields), {});
  }
  Object operator()(const core::DocumentContent& document) const {
    Object fields = File(document.media, document.caption);
    fields["fileName"] = JsonView(document.file_name);
    return Plain("documentMessage", std::move(fields));
  }
  Object operator()(const core::StickerContent& sticker) const {
    return Plain("stickerMessage", File(sticker.media, ""));
  }
  Object operator()(const core::LocationContent& place) const {
    Object fields;
    fields["degreesLatitude"] = place.latitude;
    fields["degreesLongitude"] = place.longitude;
    Set(fields, "name", place.name);
    Set(fields, "address", place.address);
    Set(fields, "url", place.url);
    return Plain("locationMessage", std::move(fields));
  }
  Object operator()(const core::ContactsContent& contacts) const {
    if (contacts.cards.size() == 1) return Plain("contactMessage", Card(contacts.cards.front()));
    json::array cards;
    for (const core::ContactCard& card : contacts.cards) cards.push_back(Card(card));
    Object fields;
    fields["displayName"] = std::to_string(contacts.cards.size()) + " contacts";
    fields["contacts"] = std::move(cards);
    return Plain("contactsArrayMessage", std::move(fields));
  }
  Object operator()(const core::PollContent& poll) const {
    json::array options;
    for (const std::string& name : poll.options) {
      Object option;
      option["optionName"] = JsonView(name);
      options.push_back(std::move(option));
    }
    Object fields;
    fields["name"] = JsonView(poll.question);
    fields["options"] = std::move(options);
    fields["selectableOptionsCount"] = poll.multiple ? 0 : 1;  // 0: any number
    return Plain("pollCreationMessage", std::move(fields));
  }
  Object operator()(const core::ListContent& list) const {
    json::array sections;
    for (const auto& section : list.sections) {
      json::array rows;
      for (const auto& row : section.rows) {
        Object shown;
        shown["rowId"] = JsonView(row.id);
        shown["title"] = JsonView(row.title);
        Set(shown, "description", row.description);
        rows.push_back(std::move(shown));
      }
      Object shown;
      Set(shown, "title", section.title);
      shown["rows"] = std::move(rows);
      sections.push_back(std::move(shown));
    }
    Object fields;
    Set(fields, "title", list.header);
    fields["description"] = JsonView(list.body);
    fields["buttonText"] = JsonView(list.button);
    Set(fields, "footerText", list.footer);
    fields["listType"] = 1;
    fields["sections"] = std::move(sections);
    return Plain("listMessage", std::move(fields));
  }
  Object operator()(const core::ButtonsContent& content) const {
    json::array buttons;
    for (const auto& button : content.buttons) {
      Object text;
      text["displayText"] = JsonView(button.title);
      Object shown;
      shown["buttonId"] = JsonView(button.id);
      shown["buttonText"] = std::move(text);
      shown["type"] = 1;
      buttons.push_back(std::move(shown));
    }
    Object fields;
    fields["contentText"] = JsonView(content.body);
    Set(fields, "footerText", content.footer);
    Set(fields, "text", content.header_text);
    if (content.media && content.media_kind)
      fields[JsonView(std::string(NameOf(*content.media_kind)) + "Message")] =
          File(*content.media, "");
    fields["buttons"] = std::move(buttons);
    return Plain("buttonsMessage", std::move(fields));
  }
  Object operator()(const core::LocationRequestContent& request) const {
    return Plain("interactiveMessage", Interactive(request.body, "send_location", nullptr));
  }
  Object operator()(const core::CtaUrlContent& link) const {
    Object parameters;
    parameters["display_text"] = JsonView(link.button);
    parameters["url"] = JsonView(link.url);
    return WithEnds(link, Interactive(link.body, "cta_url", &parameters));
  }
  Object operator()(const core::FlowContent& flow) const {
    Object parameters;
    parameters["flow_cta"] = JsonView(flow.button);
    Set(parameters, "flow_id", flow.flow_id);
    Set(parameters, "flow_name", flow.flow_name);
    Set(parameters, "flow_token", flow.token);
    return WithEnds(flow, Interactive(flow.body, "flow", &parameters));
  }
  Object operator()(const core::TemplateContent& content) const {
    Object hydrated;
    Set(hydrated, "hydratedTitleText", content.header);
    hydrated["hydratedContentText"] = JsonView(content.body);
    Set(hydrated, "hydratedFooterText", content.footer);
    hydrated["templateId"] = JsonView(content.name);
    Object fields;
    fields["hydratedTemplate"] = std::move(hydrated);
    return Plain("templateMessage", std::move(fields));
  }
  Object operator()(const core::ProductContent& content) const {
    Object product;
    Set(product, "productId", content.product);
    json::array sections;
    for (const auto& section : content.sections) {
      json::array products;
      for (const std::string& id : section.products) {
        Object item;
        item["productId"] = JsonView(id);
        products.push_back(std::move(item));
      }
      Object shown;
      Set(shown, "title", section.title);
      shown["products"] = std::move(products);
      sections.push_back(std::move(shown));
    }
    Object fields;
    fields["catalogId"] = JsonView(content.catalog);
    if (!product.empty()) fields["product"] = std::move(product);
    if (!sections.empty()) fields["productSections"] = std::move(sections);
    Set(fields, "title", content.header);
    Set(fields, "body", content.body);
    Set(fields, "footer", content.footer);
    return Plain("productMessage", std::move(fields));
  }
  Object operator()(const core::ListReplyContent& reply) const {
    Object row;
    row["selectedRowId"] = JsonView(reply.id);
    Object fields;
    fields["title"] = JsonView(reply.title);
    fields["listType"] = 1;
    fields["singleSelectReply"] = std::move(row);
    Set(fields, "description", reply.description);
    return Plain("listResponseMessage", std::move(fields));
  }
  Object operator()(const core::ButtonReplyContent& reply) const {
    Object fields;
    fields["selectedButtonId"] = JsonView(reply.id);
    fields["selectedDisplayText"] = JsonView(reply.title);
    fields["type"] = 1;
    return Plain("buttonsResponseMessage", std::move(fields));
  }
  Object operator()(const core::OrderContent& order) const {
    double total = 0;
    for (const auto& item : order.items) total += item.price * static_cast<double>(item.quantity);
    Object fields;
    fields["itemCount"] = order.items.size();
    fields["message"] = JsonView(order.body);
    fields["totalAmount1000"] = static_cast<std::int64_t>(std::llround(total * 1000));
    if (!order.items.empty()) Set(fields, "totalCurrencyCode", order.items.front().currency);
    return Plain("orderMessage", std::move(fields));
  }
  Object operator()(const core::FlowReplyContent& reply) const {
    Object body, flow, fields;
    body["text"] = JsonView(reply.body);
    flow["name"] = JsonView(reply.name);
    flow["paramsJson"] = JsonView(reply.response);
    fields["body"] = std::move(body);
    fields["nativeFlowResponseMessage"] = std::move(flow);
    return Plain("interactiveResponseMessage", std::move(fields));
  }
  Object operator()(const core::OtherContent& other) const {
    return (*this)(core::TextContent{other.body});
  }
  // Modifiers have events of their own; these are for whoever looks at one all the same.
  Object operator()(const core::ReactionContent& reaction) const {
    Object fields = Meant(reaction.target);
    fields["text"] = JsonView(reaction.emoji);
    return Named("reactionMessage", std::move(fields));
  }
  Object operator()(const core::EditContent& edit) const {
    Object fields = Meant(edit.target), edited;
    edited["conversation"] = JsonView(edit.body);
    fields["type"] = 14;  // MESSAGE_EDIT
    fields["editedMessage"] = std::move(edited);
    return Named("protocolMessage", std::move(fields));
  }
  Object operator()(const core::DeleteContent& revoke) const {
    Object fields = Meant(revoke.target);
    fields["type"] = 0;  // REVOKE
    return Named("protocolMessage", std::move(fields));
  }
  Object operator()(const core::VoteContent& vote) const {
    json::array options;
    for (const std::string& option : vote.options)
      options.push_back(json::string(JsonView(option)));
    Object fields = Meant(vote.target);
    fields["selectedOptions"] = std::move(options);
    return Named("pollUpdateMessage", std::move(fields));
  }

 private:
  // With one button of what WhatsApp calls native flows.
  static Object Interactive(std::string_view text, std::string_view name,
                            const Object* parameters) {
    Object body, button, flow, fields;
    body["text"] = JsonView(text);
    button["name"] = JsonView(name);
    if (parameters != nullptr)
      button["buttonParamsJson"] = JsonView(base::ToText(base::json::value(*parameters)));
    json::array buttons;
    buttons.push_back(std::move(button));
    flow["buttons"] = std::move(buttons);
    fields["body"] = std::move(body);
    fields["nativeFlowMessage"] = std::move(flow);
    return fields;
  }
  // Puts what stands above and below the text.
  template <class Kind>
  Object WithEnds(const Kind& content, Object fields) const {
    Object header, footer;
    Set(header, "title", content.header_text);
    if (content.media && content.media_kind)
      header[JsonView(std::string(NameOf(*content.media_kind)) + "Message")] =
          File(*content.media, "");
    Set(footer, "text", content.footer);
    if (!header.empty()) fields["header"] = std::move(header);
    if (!footer.empty()) fields["footer"] = std::move(footer);
    return Plain("interactiveMessage", std::move(fields));
  }

  static Object Meant(const std::optional<core::MessageId>& target) {
    Object key, fields;
    if (target) key["id"] = Spell(*target);
    fields["key"] = std::move(key);
    return fields;
  }

  static Object Card(const core::ContactCard& card) {
    Object fields;
    fields["displayName"] = JsonView(card.formatted_name);
    fields["vcard"] = core::VCardOf(card);
    return fields;
  }

  Object File(const core::MediaRef& file, std::string_view caption) const {
    Object fields;
    fields["url"] = media.UrlOf(file);
    fields["mimetype"] = JsonView(file.mime_type);
    fields["fileLength"] = file.size;
    fields["fileSha256"] = base::ToBase64(base::FromHexText(file.sha256).value_or(""));
    fields["mediaId"] = Spell(file.id);
    if (!caption.empty()) fields["caption"] = JsonView(caption);
    return fields;
  }

  // Whom the text names and what the message answers.
  Object Context(const Mentions& mentions) const {
    Object context;
    if (quoted) context["stanzaId"] = Spell(*quoted);
    json::array jids;
    for (const std::string& number : mentions.value_or(std::vector<std::string>()))
      jids.push_back(json::string(NumberJid(number)));
    if (!jids.empty()) context["mentionedJid"] = std::move(jids);
    return context;
  }
  static Object With(const Object& context, std::string_view name, Object fields) {
    if (!context.empty()) fields["contextInfo"] = context;
    return Named(name, std::move(fields));
  }
  Object Plain(std::string_view name, Object fields) const {
    return With(Context({}), name, std::move(fields));
  }
  template <class Media>
  Object Viewed(std::string_view name, const Media& content, Object fields,
                const Mentions& mentions) const {
    if (content.view_once) fields["viewOnce"] = true;
    return With(Context(mentions), name, std::move(fields));
  }
};

}  // namespace

const core::Peer& AuthorOf(const core::ChatSnapshot& chat, const core::MessageSnapshot& message) {
  return message.sender ? *message.sender : chat.peer;
}

json::object KeyOf(const core::ChannelSnapshot& channel, const core::ChatSnapshot& chat,
                   const core::MessageSnapshot& message) {
  const core::Peer& peer = AuthorOf(chat, message);
  const bool from_me = message.direction == core::Direction::kOut;
  const std::string& sender = from_me ? channel.phone : peer.phone;
  json::object key;
  key["id"] = Spell(message.id);
  key["fromMe"] = from_me;
  key["remoteJid"] = Jid(chat.address());
  if (message.sender) key["participant"] = Jid(*message.sender);
  key["addressingMode"] = peer.phone.empty() && !peer.lid.empty() ? "lid" : "pn";
  if (!sender.empty()) {
    key["senderPn"] = NumberJid(sender);
    key["cleanedSenderPn"] = JsonView(sender);
  }
  if (!from_me && !peer.lid.empty())
    key["senderLid"] = Jid(core::Address{core::AddressKind::kLid, peer.lid});
  return key;
}

json::object ShapeOf(const core::Content& content, const std::optional<core::MessageId>& quoted,
                     const core::MediaLinks& media) {
  return std::visit(Shape{media, quoted}, content);
}

}  // namespace parley::api::wapio
