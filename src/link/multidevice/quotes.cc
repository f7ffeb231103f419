#include "link/multidevice/quotes.h"

#include "core/messages/vcard.h"
#include "link/multidevice/content_in.h"

namespace parley::link::multidevice {
namespace {

std::string QuotedText(const std::string& text) { return CleanText(text, kMaxQuotedText); }

struct Quoter {
  proto::Message& out;

  void operator()(const core::ImageContent& image) const {
    auto& message = *out.mutable_image_message();
    message.set_mimetype(image.media.mime_type);
    if (!image.caption.empty()) message.set_caption(QuotedText(image.caption));
  }
  void operator()(const core::VideoContent& video) const {
    auto& message = *out.mutable_video_message();
    message.set_mimetype(video.media.mime_type);
    if (!video.caption.empty()) message.set_caption(QuotedText(video.caption));
  }
  void operator()(const core::AudioContent& audio) const {
    auto& message = *out.mutable_audio_message();
    message.set_mimetype(audio.media.mime_type);
    message.set_ptt(audio.voice);
  }
  void operator()(const core::DocumentContent& document) const {
    auto& message = *out.mutable_document_message();
    message.set_mimetype(document.media.mime_type);
    message.set_file_name(QuotedText(document.file_name));
    if (!document.caption.empty()) message.set_caption(QuotedText(document.caption));
  }
  void operator()(const core::StickerContent& sticker) const {
    out.mutable_sticker_message()->set_mimetype(sticker.media.mime_type);
  }
  void operator()(const core::LocationContent& location) const {
    auto& message = *out.mutable_location_message();
    message.set_degrees_latitude(location.latitude);
    message.set_degrees_longitude(location.longitude);
    if (!location.name.empty()) message.set_name(QuotedText(location.name));
    if (!location.address.empty()) message.set_address(QuotedText(location.address));
  }
  // Of many cards how many they are, and of one that is too long the name.
  void operator()(const core::ContactsContent& contacts) const {
    if (contacts.cards.size() != 1) {
      out.mutable_contacts_array_message()->set_display_name(std::to_string(contacts.cards.size()) +
                                                             " contacts");
      return;
    }
    const core::ContactCard& card = contacts.cards.front();
    out.mutable_contact_message()->set_display_name(QuotedText(card.formatted_name));
    std::string vcard = core::VCardOf(card);
    if (vcard.size() <= kMaxQuotedText) out.mutable_contact_message()->set_vcard(std::move(vcard));
  }
  void operator()(const core::PollContent& poll) const {
    auto& message = *out.mutable_poll_creation_message();
    message.set_name(QuotedText(poll.question));
    for (const std::string& option : poll.options)
      if (message.options_size() < kMaxQuotedOptions)
        message.add_options()->set_option_name(QuotedText(option));
    message.set_selectable_options_count(poll.multiple ? 0 : 1);
  }
  void operator()(const core::TextContent& text) const { Say(text.body); }
  void operator()(const core::ListContent& list) const { Say(list.body); }
  void operator()(const core::ButtonsContent& buttons) const { Say(buttons.body); }
  void operator()(const core::LocationRequestContent& request) const { Say(request.body); }
  void operator()(const core::TemplateContent& used) const { Say(used.body); }
  void operator()(const core::ProductContent& product) const { Say(product.body); }
  void operator()(const core::ListReplyContent& reply) const { Say(reply.title); }
  void operator()(const core::ButtonReplyContent& reply) const { Say(reply.title); }
  void operator()(const core::OrderContent& order) const { Say(order.body); }
  void operator()(const core::FlowReplyContent& reply) const { Say(reply.body); }
  void operator()(const core::OtherContent& other) const { Say(other.body); }
  void operator()(const core::CtaUrlContent& link) const { Say(link.body); }
  void operator()(const core::FlowContent& flow) const { Say(flow.body); }
  // Nobody answers what only changes a message.
  void operator()(const core::ReactionContent&) const { Say(""); }
  void operator()(const core::EditContent&) const { Say(""); }
  void operator()(const core::DeleteContent&) const { Say(""); }
  void operator()(const core::VoteContent&) const { Say(""); }

  void Say(const std::string& text) const { out.set_conversation(QuotedText(text)); }
};

}  // namespace

proto::Message QuoteOf(const core::Content& content) {
  const core::ContentVariant& kind = content;
  proto::Message quote;
  std::visit(Quoter{quote}, kind);
  return quote;
}

}  // namespace parley::link::multidevice
