#include "sim/wire/contents.h"

#include "proto/message.pb.h"
#include "sim/wire/cards.h"
#include "sim/wire/polls.h"

namespace parley::sim::wire {
namespace {

constexpr int kMaxWrappers = 4;

using Context = proto::ContextInfo;

// ---------------------------------------------------------------------------------------- writing

struct Writer {
  Parts& parts;
  const net::Message& message;
  proto::Message& out;
  using Written = std::optional<WrittenContent>;

  // The message meant, as its sender names it.
  void SetKey(const std::string& id, proto::MessageKey& key) const {
    key.set_remote_jid(parts.addresses.ByNumber(message.to).Text());
    key.set_from_me(AuthorOf(id) == message.from);
    key.set_id(id);
  }
  std::string AuthorOf(const std::string& id) const {
    const auto meant = parts.network.FindOwnMessage(message.from, id);
    return meant ? meant->message.from : message.to;
  }
  void SetQuoted(Context& context) const {
    const auto meant = parts.network.FindOwnMessage(message.from, message.quoted);
    context.set_stanza_id(message.quoted);
    context.set_participant(parts.addresses.ByNumber(AuthorOf(message.quoted)).Text());
    if (!meant) return;
    net::Message quoted = meant->message;
    quoted.quoted.clear();
    proto::Message body;
    if (WriteContent(parts, quoted, body)) *context.mutable_quoted_message() = std::move(body);
  }

  Written operator()(const net::TextContent& text) const {
    if (message.quoted.empty() && text.mentions.empty()) {
      out.set_conversation(text.body);
      return WrittenContent{"text", ""};
    }
    proto::ExtendedTextMessage& extended = *out.mutable_extended_text_message();
    extended.set_text(text.body);
    if (!message.quoted.empty()) SetQuoted(*extended.mutable_context_info());
    for (const std::string& number : text.mentions)
      extended.mutable_context_info()->add_mentioned_jid(parts.addresses.ByNumber(number).Text());
    return WrittenContent{"text", ""};
  }
  Written operator()(const net::LocationContent& location) const {
    proto::LocationMessage& to = *out.mutable_location_message();
    to.set_degrees_latitude(location.latitude);
    to.set_degrees_longitude(location.longitude);
    if (!location.name.empty()) to.set_name(location.name);
    if (!location.address.empty()) to.set_address(location.address);
    if (!location.url.empty()) to.set_url(location.url);
    if (!message.quoted.empty()) SetQuoted(*to.mutable_context_info());
    return WrittenContent{"media", ""};
  }
  Written operator()(const net::ContactsContent& contacts) const {
    if (contacts.cards.size() == 1) {
      SetCard(contacts.cards.front(), *out.mutable_contact_message());
      if (!message.quoted.empty())
        SetQuoted(*out.mutable_contact_message()->mutable_context_info());
      return WrittenContent{"media", ""};
    }
    proto::ContactsArrayMessage& array = *out.mutable_contacts_array_message();
    array.set_display_name(std::to_string(contacts.cards.size()) + " contacts");
    for (const net::ContactCard& card : contacts.cards) SetCard(card, *array.add_contacts());
    if (!message.quoted.empty()) SetQuoted(*array.mutable_context_info());
    return WrittenContent{"media", ""};
  }
  static void SetCard(const net::ContactCard& card, proto::ContactMessage& to) {
    to.set_display_name(card.formatted_name);
    to.set_vcard(WriteCard(card));
  }
  Written operator()(const net::PollContent& poll) const {
    WritePoll(parts, message, poll, out);
    return WrittenContent{"poll", ""};
  }
  Written operator()(const net::ReactionContent& reaction) const {
    SetKey(reaction.target, *out.mutable_reaction_message()->mutable_key());
    out.mutable_reaction_message()->set_text(reaction.emoji);
    out.mutable_reaction_message()->set_sender_timestamp_ms(base::ToUnixMs(message.at));
    return WrittenContent{"reaction", ""};
  }
  Written operator()(const net::EditContent& edit) const {
    proto::ProtocolMessage& protocol = *out.mutable_protocol_message();
    SetKey(edit.target, *protocol.mutable_key());
    protocol.set_type(proto::ProtocolMessage::MESSAGE_EDIT);
    protocol.mutable_edited_message()->set_conversation(edit.body);
    protocol.set_timestamp_ms(base::ToUnixMs(message.at));
    return WrittenContent{"text", "1"};
  }
  Written operator()(const net::DeleteContent& deletion) const {
    proto::ProtocolMessage& protocol = *out.mutable_protocol_message();
    SetKey(deletion.target, *protocol.mutable_key());
    protocol.set_type(proto::ProtocolMessage::REVOKE);
    return WrittenContent{"text", "7"};
  }
  Written operator()(const net::VoteContent& vote) const {
    if (!WriteVote(parts, message, vote, out)) return std::nullopt;
    return WrittenContent{"poll", ""};
  }
  Written operator()(const net::MediaContent&) const { return std::nullopt; }
  Written operator()(const net::ListContent&) const { return std::nullopt; }
  Written operator()(const net::ButtonsContent&) const { return std::nullopt; }
  Written operator()(const net::LocationRequestContent&) const { return std::nullopt; }
  Written operator()(const net::TemplateContent&) const { return std::nullopt; }
  Written operator()(const net::ProductContent&) const { return std::nullopt; }
  Written operator()(const net::ListReplyContent&) const { return std::nullopt; }
  Written operator()(const net::ButtonReplyContent&) const { return std::nullopt; }
  Written operator()(const net::CtaUrlContent&) const { return std::nullopt; }
  Written operator()(const net::FlowContent&) const { return std::nullopt; }
  Written operator()(const net::FlowReplyContent&) const { return std::nullopt; }
};

// ---------------------------------------------------------------------------------------- reading

std::string TextIn(const proto::Message& message) {
  const proto::Message& inner = Unwrapped(message);
  if (inner.has_conversation()) return inner.conversation();
  return inner.extended_text_message().text();
}

Understood Plain(net::Content content, const Context& context) {
  return Understood{std::move(content), context.stanza_id()};
}

std::optional<Understood> ReadText(Parts& parts, const proto::Message& message) {
  net::TextContent text;
  if (message.has_conversation()) {
    text.body = message.conversation();
    return Plain(std::move(text), Context());
  }
  const proto::ExtendedTextMessage& extended = message.extended_text_message();
  text.body = extended.text();
  for (const std::string& jid : extended.context_info().mentioned_jid())
    if (const auto number = parts.addresses.NumberOf(jid)) text.mentions.push_back(*number);
  return Plain(std::move(text), extended.context_info());
}

std::optional<Understood> ReadLocation(const proto::LocationMessage& location) {
  net::LocationContent read;
  read.latitude = location.degrees_latitude();
  read.longitude = location.degrees_longitude();
  read.name = location.name();
  read.address = location.address();
  read.url = location.url();
  return Plain(std::move(read), location.context_info());
}

std::optional<Understood> ReadContacts(const proto::Message& message) {
  net::ContactsContent contacts;
  const auto add = [&contacts](const proto::ContactMessage& contact) {
    contacts.cards.push_back(ReadCard(contact.display_name(), contact.vcard()));
  };
  if (message.has_contact_message()) {
    add(message.contact_message());
    return Plain(std::move(contacts), message.contact_message().context_info());
  }
  for (const auto& contact : message.contacts_array_message().contacts()) add(contact);
  return Plain(std::move(contacts), message.contacts_array_message().context_info());
}

std::optional<Understood> ReadProtocol(const proto::ProtocolMessage& protocol) {
  if (protocol.type() == proto::ProtocolMessage::REVOKE && protocol.has_type())
    return Plain(net::DeleteContent{protocol.key().id()}, Context());
  if (protocol.type() != proto::ProtocolMessage::MESSAGE_EDIT) return std::nullopt;
  std::string body = TextIn(protocol.edited_message());
  if (body.empty()) return std::nullopt;
  return Plain(net::EditContent{protocol.key().id(), std::move(body)}, Context());
}

const proto::Message* Inner(const proto::Message& message) {
  if (message.has_device_sent_message()) return &message.device_sent_message().message();
  if (message.has_ephemeral_message()) return &message.ephemeral_message().message();
  if (message.has_view_once_message()) return &message.view_once_message().message();
  if (message.has_view_once_message_v2()) return &message.view_once_message_v2().message();
  if (message.has_edited_message()) return &message.edited_message().message();
  return nullptr;
}

}  // namespace

const proto::Message& Unwrapped(const proto::Message& message) {
  const proto::Message* inner = &message;
  for (int i = 0; i < kMaxWrappers; ++i) {
    const proto::Message* next = Inner(*inner);
    if (next == nullptr) break;
    inner = next;
  }
  return *inner;
}

std::optional<WrittenContent> WriteContent(Parts& parts, const net::Message& message,
                                           proto::Message& out) {
  return std::visit(Writer{parts, message, out}, message.content);
}

std::optional<Understood> ReadContent(Parts& parts, std::string_view from, std::string_view to,
                                      const proto::Message& wrapped) {
  const proto::Message& message = Unwrapped(wrapped);
  if (message.has_conversation() || message.has_extended_text_message())
    return ReadText(parts, message);
  if (message.has_location_message()) return ReadLocation(message.location_message());
  if (message.has_contact_message() || message.has_contacts_array_message())
    return ReadContacts(message);
  if (message.has_protocol_message()) return ReadProtocol(message.protocol_message());
  if (message.has_reaction_message()) {
    const proto::ReactionMessage& reaction = message.reaction_message();
    return Plain(net::ReactionContent{reaction.key().id(), reaction.text()}, Context());
  }
  if (message.has_poll_update_message())
    return ReadVote(parts, from, to, message.poll_update_message());
  return ReadPoll(message);
}

}  // namespace parley::sim::wire
