#include "link/multidevice/content_out.h"

#include <type_traits>

#include "core/messages/vcard.h"
#include "link/multidevice/quotes.h"

namespace parley::link::multidevice {
namespace {

using core::ContentKind;
using Result = base::Result<Written>;

// The values of the stanza's attribute `edit`.
constexpr const char* kEdit = "1";
constexpr const char* kSenderRevoke = "7";

// The one table: a kind stands here when there is a function for it below.
constexpr ContentKind kCarried[] = {
    ContentKind::kText,     ContentKind::kLocation, ContentKind::kContacts, ContentKind::kPoll,
    ContentKind::kReaction, ContentKind::kEdit,     ContentKind::kDelete,   ContentKind::kVote,
};

base::Error NotCarried() {
  return base::Error(base::ErrorCode::kNotSupported, "This link does not carry such messages yet");
}

// Names the message that this one speaks of.
void Name(const core::MessageReference& target, const Jid& chat, proto::MessageKey& key) {
  key.set_remote_jid(chat.Text());
  key.set_from_me(target.from_me);
  key.set_id(target.link_id);
}

struct Writer {
  const core::OutgoingMessage& out;
  const Writing& writing;

  // Null when there is nothing to say in it.
  void FillContext(proto::ContextInfo& context,
                   const std::optional<std::vector<std::string>>& mentions) const {
    if (out.quoted) {
      const Who author =
          out.quoted->from_me
              ? WhoIs(writing.own.lid.user.empty() ? writing.own.number : writing.own.lid)
              : WhoIs(out.quoted->sender);
      context.set_stanza_id(out.quoted->link_id);
      if (!author.empty()) context.set_participant(author.jid().Text());
      // Clients want one to be here, and show it unless they have the message itself.
      if (writing.quoted)
        *context.mutable_quoted_message() = QuoteOf(*writing.quoted);
      else
        context.mutable_quoted_message()->set_conversation("");
    }
    if (mentions)
      for (const std::string& number : *mentions)
        context.add_mentioned_jid(Jid(number, JidServer::kUser).Text());
  }
  template <class Message>
  void AddQuote(Message& message) const {
    if (out.quoted) FillContext(*message.mutable_context_info(), std::nullopt);
  }

  Result operator()(const core::TextContent& text) const {
    Written written;
    const bool mentions = text.mentions && !text.mentions->empty();
    if (!out.quoted && !mentions) {
      written.message.set_conversation(text.body);
      return written;
    }
    auto& extended = *written.message.mutable_extended_text_message();
    extended.set_text(text.body);
    FillContext(*extended.mutable_context_info(), text.mentions);
    return written;
  }

  Result operator()(const core::LocationContent& location) const {
    Written written;
    auto& message = *written.message.mutable_location_message();
    message.set_degrees_latitude(location.latitude);
    message.set_degrees_longitude(location.longitude);
    if (!location.name.empty()) message.set_name(location.name);
    if (!location.address.empty()) message.set_address(location.address);
    if (!location.url.empty()) message.set_url(location.url);
    AddQuote(message);
    return written;
  }

  Result operator()(const core::ContactsContent& contacts) const {
    Written written;
    written.type = "media";
    const auto fill = [](const core::ContactCard& card, proto::ContactMessage& message) {
      message.set_display_name(card.formatted_name);
      message.set_vcard(core::VCardOf(card));
    };
    if (contacts.cards.size() == 1) {
      auto& message = *written.message.mutable_contact_message();
      fill(contacts.cards.front(), message);
      AddQuote(message);
      written.media_type = "vcard";
      return written;
    }
    auto& message = *written.message.mutable_contacts_array_message();
    message.set_display_name(std::to_string(contacts.cards.size()) + " contacts");
    for (const core::ContactCard& card : contacts.cards) fill(card, *message.add_contacts());
    AddQuote(message);
    written.media_type = "contact_array";
    return written;
  }

  Result operator()(const core::PollContent& poll) const {
    Written written;
    auto& message = *written.message.mutable_poll_creation_message();
    message.set_name(poll.question);
    for (const std::string& option : poll.options) message.add_options()->set_option_name(option);
    message.set_selectable_options_count(poll.multiple ? 0 : 1);
    AddQuote(message);
    if (writing.secret)
      written.message.mutable_message_context_info()->set_message_secret(
          std::string(writing.secret->view()));
    written.type = "poll";
    written.poll_type = "creation";
    return written;
  }

  Result operator()(const core::ReactionContent& reaction) const {
    if (!out.target) return base::ErrorCode::kNotFound;
    Written written;
    auto& message = *written.message.mutable_reaction_message();
    Name(*out.target, writing.chat, *message.mutable_key());
    message.set_text(reaction.emoji);
    message.set_sender_timestamp_ms(base::ToUnixMs(writing.now));
    written.type = "reaction";
    written.silent = true;
    if (reaction.emoji.empty()) written.edit = kSenderRevoke;
    return written;
  }

  Result operator()(const core::EditContent& edit) const {
    if (!out.target || !out.target->from_me) return base::ErrorCode::kNotFound;
    Written written;
    auto& message = *written.message.mutable_protocol_message();
    Name(*out.target, writing.chat, *message.mutable_key());
    message.set_type(proto::ProtocolMessage::MESSAGE_EDIT);
    message.mutable_edited_message()->set_conversation(edit.body);
    message.set_timestamp_ms(base::ToUnixMs(writing.now));
    written.edit = kEdit;
    written.silent = true;
    return written;
  }

  Result operator()(const core::DeleteContent&) const {
    if (!out.target) return base::ErrorCode::kNotFound;
    if (!out.target->from_me)
      return base::Error(base::ErrorCode::kNotSupported, "Only own messages can be revoked here");
    Written written;
    auto& message = *written.message.mutable_protocol_message();
    Name(*out.target, writing.chat, *message.mutable_key());
    message.set_type(proto::ProtocolMessage::REVOKE);
    written.edit = kSenderRevoke;
    written.silent = true;
    return written;
  }

  Result operator()(const core::VoteContent& vote) const {
    if (!out.target || !writing.poll_secret || writing.poll_author.empty())
      return base::Error(base::ErrorCode::kNotFound, "The poll's secret is not known");
    proto::PollVoteMessage choice;
    for (const std::string& option : vote.options)
      choice.add_selected_options(HashOfOption(option));
    const bool by_lid = IsLid(writing.chat) && !writing.own.lid.user.empty();
    const Jid voter = AccountOf(by_lid ? writing.own.lid : writing.own.number);
    const SealedBySecret sealed =
        SealVote(*writing.poll_secret, out.target->link_id, writing.poll_author.jid(), voter,
                 choice.SerializeAsString(), writing.random);
    Written written;
    auto& message = *written.message.mutable_poll_update_message();
    Name(*out.target, writing.chat, *message.mutable_poll_creation_message_key());
    message.mutable_vote()->set_enc_payload(sealed.payload);
    message.mutable_vote()->set_enc_iv(sealed.nonce);
    message.set_sender_timestamp_ms(base::ToUnixMs(writing.now));
    written.type = "poll";
    written.poll_type = "vote";
    written.silent = true;
    return written;
  }

  Result operator()(const core::ImageContent&) const { return NotCarried(); }
  Result operator()(const core::VideoContent&) const { return NotCarried(); }
  Result operator()(const core::AudioContent&) const { return NotCarried(); }
  Result operator()(const core::DocumentContent&) const { return NotCarried(); }
  Result operator()(const core::StickerContent&) const { return NotCarried(); }
  Result operator()(const core::ListContent&) const { return NotCarried(); }
  Result operator()(const core::ButtonsContent&) const { return NotCarried(); }
  Result operator()(const core::LocationRequestContent&) const { return NotCarried(); }
  Result operator()(const core::TemplateContent&) const { return NotCarried(); }
  Result operator()(const core::ProductContent&) const { return NotCarried(); }
  Result operator()(const core::ListReplyContent&) const { return NotCarried(); }
  Result operator()(const core::ButtonReplyContent&) const { return NotCarried(); }
  Result operator()(const core::OrderContent&) const { return NotCarried(); }
  Result operator()(const core::FlowReplyContent&) const { return NotCarried(); }
  Result operator()(const core::OtherContent&) const { return NotCarried(); }
  Result operator()(const core::CtaUrlContent&) const { return NotCarried(); }
  Result operator()(const core::FlowContent&) const { return NotCarried(); }
};

}  // namespace

std::vector<core::ContentKind> CarriedKinds() { return {std::begin(kCarried), std::end(kCarried)}; }

Result MessageOf(const core::OutgoingMessage& message, const Writing& writing) {
  const core::ContentVariant& content = message.content;
  return std::visit(Writer{message, writing}, content);
}

proto::Message CopyFor(const proto::Message& message, const Jid& chat) {
  proto::Message copy;
  auto& sent = *copy.mutable_device_sent_message();
  sent.set_destination_jid(chat.Text());
  *sent.mutable_message() = message;
  if (message.has_message_context_info())
    *copy.mutable_message_context_info() = message.message_context_info();
  return copy;
}

}  // namespace parley::link::multidevice
