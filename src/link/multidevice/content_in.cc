#include "link/multidevice/content_in.h"

#include <cmath>

#include "base/encoding.h"
#include "core/messages/vcard.h"

namespace parley::link::multidevice {
namespace {

constexpr std::size_t kMaxLabel = 4096;  // of what is no text of its own

// What wraps a message without being one. `edited_message` is none: what is in it is an edit
// anyway.
const proto::FutureProofMessage* WrapperIn(const proto::Message& message) {
  if (message.has_ephemeral_message()) return &message.ephemeral_message();
  if (message.has_view_once_message()) return &message.view_once_message();
  if (message.has_view_once_message_v2()) return &message.view_once_message_v2();
  if (message.has_view_once_message_v2_extension())
    return &message.view_once_message_v2_extension();
  if (message.has_document_with_caption_message()) return &message.document_with_caption_message();
  if (message.has_edited_message()) return &message.edited_message();
  if (message.has_group_mentioned_message()) return &message.group_mentioned_message();
  if (message.has_bot_invoke_message()) return &message.bot_invoke_message();
  if (message.has_lottie_sticker_message()) return &message.lottie_sticker_message();
  if (message.has_associated_child_message()) return &message.associated_child_message();
  if (message.has_poll_creation_message_v4()) return &message.poll_creation_message_v4();
  if (message.has_limit_sharing_message()) return &message.limit_sharing_message();
  if (message.has_question_message()) return &message.question_message();
  if (message.has_bot_forwarded_message()) return &message.bot_forwarded_message();
  if (message.has_spoiler_message()) return &message.spoiler_message();
  return nullptr;
}

const proto::PollCreationMessage* PollIn(const proto::Message& message) {
  if (message.has_poll_creation_message()) return &message.poll_creation_message();
  if (message.has_poll_creation_message_v2()) return &message.poll_creation_message_v2();
  if (message.has_poll_creation_message_v3()) return &message.poll_creation_message_v3();
  if (message.has_poll_creation_message_v5()) return &message.poll_creation_message_v5();
  if (message.has_poll_creation_message_v6()) return &message.poll_creation_message_v6();
  return nullptr;
}

std::string CleanId(const std::string& id) { return CleanText(id, 200); }

template <class Message>
void ReadQuote(const Message& message, Content& out) {
  if (message.has_context_info()) out.quoted_id = CleanId(message.context_info().stanza_id());
}

void ReadText(const proto::ExtendedTextMessage& message, Content& out) {
  core::TextContent text;
  text.body = CleanText(message.text());
  std::vector<std::string> mentions;
  for (const std::string& mentioned : message.context_info().mentioned_jid()) {
    const auto jid = wire::binary::ParseJid(mentioned);
    if (jid && IsPerson(*jid) && mentions.size() < kMaxMentions) mentions.push_back(jid->user);
  }
  if (!mentions.empty()) text.mentions = std::move(mentions);
  out.content = core::Content(std::move(text));
  ReadQuote(message, out);
}

// `text`: the name of a place, or what somebody says on the way.
void ReadLocation(double latitude, double longitude, const std::string& name,
                  const std::string& address, const std::string& url, Content& out) {
  if (!(std::abs(latitude) <= 90) || !(std::abs(longitude) <= 180)) {
    out.unread = "location_out_of_range";
    return;
  }
  core::LocationContent location;
  location.latitude = latitude;
  location.longitude = longitude;
  location.name = CleanText(name, kMaxLabel);
  location.address = CleanText(address, kMaxLabel);
  location.url = CleanText(url, kMaxLabel);
  out.content = core::Content(std::move(location));
}

core::ContactCard CardOf(const proto::ContactMessage& message) {
  core::ContactCard card = core::ReadVCard(CleanText(message.vcard()));
  if (card.formatted_name.empty())
    card.formatted_name = CleanText(message.display_name(), kMaxLabel);
  return card;
}

void ReadPoll(const proto::PollCreationMessage& message, const proto::Message& around,
              Content& out) {
  core::PollContent poll;
  poll.question = CleanText(message.name());
  for (const auto& option : message.options())
    if (poll.options.size() < kMaxPollOptions)
      poll.options.push_back(CleanText(option.option_name(), kMaxLabel));
  poll.multiple = message.selectable_options_count() != 1;
  const auto& secret = around.message_context_info().message_secret();
  out.secret = MessageSecret::From(secret.empty() ? message.enc_key() : secret);
  out.content = core::Content(std::move(poll));
  ReadQuote(message, out);
}

// The text that takes the place of another.
std::string EditedText(const proto::Message& edited) {
  const proto::Message& message = Unwrap(edited);
  if (message.has_conversation()) return message.conversation();
  if (message.has_extended_text_message()) return message.extended_text_message().text();
  if (message.has_image_message()) return message.image_message().caption();
  if (message.has_video_message()) return message.video_message().caption();
  if (message.has_document_message()) return message.document_message().caption();
  return "";
}

void ReadProtocol(const proto::ProtocolMessage& message, Content& out) {
  out.target_id = CleanId(message.key().id());
  if (message.type() == proto::ProtocolMessage::REVOKE && message.has_key()) {
    out.content = core::Content(core::DeleteContent());
  } else if (message.type() == proto::ProtocolMessage::MESSAGE_EDIT && message.has_key()) {
    core::EditContent edit;
    edit.body = CleanText(EditedText(message.edited_message()));
    out.content = core::Content(std::move(edit));
  } else {
    out.target_id.clear();
    out.unread = "protocol";
  }
}

void ReadVote(const proto::PollUpdateMessage& message, Content& out) {
  SealedVote vote;
  vote.poll_id = CleanId(message.poll_creation_message_key().id());
  vote.poll_from_voter = message.poll_creation_message_key().from_me();
  vote.sealed.payload = message.vote().enc_payload();
  vote.sealed.nonce = message.vote().enc_iv();
  out.target_id = vote.poll_id;
  out.vote = std::move(vote);
}

// The name of a kind that is not carried yet.
std::string_view NameOfOther(const proto::Message& message) {
  if (message.has_image_message()) return "image";
  if (message.has_video_message() || message.has_ptv_message()) return "video";
  if (message.has_audio_message()) return "audio";
  if (message.has_document_message()) return "document";
  if (message.has_sticker_message()) return "sticker";
  if (message.has_enc_reaction_message()) return "sealed_reaction";
  if (message.has_secret_encrypted_message()) return "sealed_edit";
  if (message.has_sender_key_distribution_message()) return "sender_key";
  return "unknown";
}

}  // namespace

const proto::Message& Unwrap(const proto::Message& message) {
  const proto::Message* inner = &message;
  for (int depth = 0; depth < kMaxWrappers; ++depth) {
    const proto::FutureProofMessage* wrapper = WrapperIn(*inner);
    if (wrapper == nullptr || !wrapper->has_message()) break;
    inner = &wrapper->message();
  }
  return *inner;
}

Content ContentOf(const proto::Message& wrapped) {
  Content out;
  const proto::Message& message = Unwrap(wrapped);
  if (message.has_conversation()) {
    core::TextContent text;
    text.body = CleanText(message.conversation());
    out.content = core::Content(std::move(text));
  } else if (message.has_extended_text_message()) {
    ReadText(message.extended_text_message(), out);
  } else if (message.has_location_message()) {
    const auto& place = message.location_message();
    ReadLocation(place.degrees_latitude(), place.degrees_longitude(), place.name(), place.address(),
                 place.url(), out);
    ReadQuote(place, out);
  } else if (message.has_live_location_message()) {
    const auto& place = message.live_location_message();
    ReadLocation(place.degrees_latitude(), place.degrees_longitude(), place.caption(), "", "", out);
    ReadQuote(place, out);
  } else if (message.has_contact_message()) {
    core::ContactsContent contacts;
    contacts.cards.push_back(CardOf(message.contact_message()));
    out.content = core::Content(std::move(contacts));
    ReadQuote(message.contact_message(), out);
  } else if (message.contacts_array_message().contacts_size() > 0) {
    core::ContactsContent contacts;
    for (const auto& card : message.contacts_array_message().contacts())
      if (contacts.cards.size() < kMaxContactCards) contacts.cards.push_back(CardOf(card));
    out.content = core::Content(std::move(contacts));
    ReadQuote(message.contacts_array_message(), out);
  } else if (message.has_reaction_message()) {
    core::ReactionContent reaction;
    reaction.emoji = CleanText(message.reaction_message().text(), 64);
    out.target_id = CleanId(message.reaction_message().key().id());
    out.content = core::Content(std::move(reaction));
  } else if (const auto* poll = PollIn(message)) {
    const bool inside = message.message_context_info().has_message_secret();
    ReadPoll(*poll, inside ? message : wrapped, out);
  } else if (message.has_poll_update_message()) {
    ReadVote(message.poll_update_message(), out);
  } else if (message.has_protocol_message()) {
    ReadProtocol(message.protocol_message(), out);
  } else if (message.has_list_response_message()) {
    const auto& chosen = message.list_response_message();
    core::ListReplyContent reply;
    reply.id = CleanText(chosen.single_select_reply().selected_row_id(), kMaxLabel);
    reply.title = CleanText(chosen.title(), kMaxLabel);
    if (chosen.has_description()) reply.description = CleanText(chosen.description(), kMaxLabel);
    out.content = core::Content(std::move(reply));
    ReadQuote(chosen, out);
  } else if (message.has_buttons_response_message()) {
    const auto& pressed = message.buttons_response_message();
    core::ButtonReplyContent reply;
    reply.id = CleanText(pressed.selected_button_id(), kMaxLabel);
    reply.title = CleanText(pressed.selected_display_text(), kMaxLabel);
    out.content = core::Content(std::move(reply));
    ReadQuote(pressed, out);
  } else if (message.has_template_button_reply_message()) {
    const auto& pressed = message.template_button_reply_message();
    core::ButtonReplyContent reply;
    reply.id = CleanText(pressed.selected_id(), kMaxLabel);
    reply.title = CleanText(pressed.selected_display_text(), kMaxLabel);
    reply.of_template = true;
    out.content = core::Content(std::move(reply));
    ReadQuote(pressed, out);
  } else {
    out.unread = NameOfOther(message);
  }
  return out;
}

std::optional<core::VoteContent> VoteOf(std::string_view opened,
                                        const std::vector<std::string>& options) {
  proto::PollVoteMessage choice;
  if (!choice.ParseFromArray(opened.data(), static_cast<int>(opened.size()))) return std::nullopt;
  core::VoteContent vote;
  for (const std::string& option : options) {
    const std::string hash = HashOfOption(option);
    for (const std::string& selected : choice.selected_options())
      if (selected == hash) {
        vote.options.push_back(option);
        break;
      }
  }
  return vote;
}

std::string CleanText(std::string_view text, std::size_t max) {
  std::string clean;
  std::size_t at = 0;
  while (at < text.size() && clean.size() < max) {
    // The longest piece up to the bound that is well-formed: one sign at a time.
    const auto first = static_cast<unsigned char>(text[at]);
    const std::size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const std::string_view sign = text.substr(at, length);
    if (clean.size() + sign.size() > max) break;
    if (first == 0 || sign.size() < length || !base::IsUtf8(sign)) {
      if (first != 0) clean += "\xef\xbf\xbd";
      ++at;
      continue;
    }
    clean += sign;
    at += length;
  }
  return clean;
}

}  // namespace parley::link::multidevice
