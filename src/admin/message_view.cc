#include "admin/message_view.h"

#include <algorithm>

#include "admin/addresses.h"
#include "base/encoding.h"
#include "base/text.h"

namespace parley::admin {
namespace {

TranscriptionView ViewOf(const core::Transcription& transcription) {
  TranscriptionView view;
  view.status = NameOf(transcription.status);
  view.engine = NameOf(transcription.engine);
  view.text = base::NonEmpty(transcription.text);
  view.language = base::NonEmpty(transcription.language);
  if (transcription.fault) {
    view.reason = NameOf(*transcription.fault);
    view.explanation = core::KindOf(*transcription.fault).text;
  }
  view.detail = base::NonEmpty(transcription.detail);
  view.finished_at = Spell(transcription.finished_at);
  return view;
}

// No peer: the channel's own number.
AuthorView AuthorOf(const core::Peer* peer, const core::Channel& channel) {
  AuthorView author;
  author.me = peer == nullptr;
  author.from = peer == nullptr ? "+" + channel.phone : NameOf(*peer);
  if (peer != nullptr) author.chat = SpellChat(peer->address());
  return author;
}

// Who wrote it; null for the channel itself.
const core::Peer* WriterOf(const core::MessageInChat& found) {
  if (found.message.direction == core::Direction::kOut) return nullptr;
  return found.message.sender ? &found.message.sender_peer : &found.chat.peer;
}

QuotedView QuotedOf(const core::MessageInChat& quoted, const core::Channel& channel) {
  const AuthorView author = AuthorOf(WriterOf(quoted), channel);
  QuotedView view;
  view.message_id = Spell(quoted.message.id);
  view.text = core::TextOf(quoted.message.content);
  view.kind = NameOf(core::KindOf(quoted.message.content));
  view.from = author.from;
  view.me = author.me;
  return view;
}

MediaView MediaOf(const core::MarkedMessage& marked, const core::MediaRef& ref,
                  const core::MediaLinks& links) {
  MediaView view;
  view.url = PathOf(ref, links);
  view.mime_type = ref.mime_type;
  view.size = ref.size;
  view.file_name = base::NonEmpty(ref.file_name);
  if (!marked.thumbnail.empty())
    view.thumbnail = "data:image/jpeg;base64," + base::ToBase64(marked.thumbnail);
  return view;
}

std::vector<PollResultView> ResultsOf(const core::PollContent& poll,
                                      const core::MarkedMessage& marked,
                                      const core::Channel& channel) {
  std::vector<PollResultView> results;
  for (const std::string& option : poll.options) {
    PollResultView& result = results.emplace_back();
    result.option = option;
    for (const core::Vote& vote : marked.votes)
      if (std::find(vote.options.begin(), vote.options.end(), option) != vote.options.end())
        result.voters.push_back(AuthorOf(vote.person ? &vote.peer : nullptr, channel));
  }
  return results;
}

}  // namespace

std::string PathOf(const core::MediaRef& media, const core::MediaLinks& links) {
  return links.UrlOf(media).substr(links.public_base().size());
}

std::string NameOf(const core::Peer& peer) {
  if (!peer.display_name().empty()) return peer.display_name();
  return peer.phone.empty() ? peer.address().value : "+" + peer.phone;
}

std::string NameOf(const core::Chat& chat) {
  if (!chat.group) return NameOf(chat.peer);
  return chat.group->subject.empty() ? chat.group->address : chat.group->subject;
}

ReceiptView ViewOf(const core::Receipt& receipt) {
  ReceiptView view;
  view.participant = receipt.peer;
  view.delivered_at = Spell(receipt.delivered_at);
  view.read_at = Spell(receipt.read_at);
  view.played_at = Spell(receipt.played_at);
  return view;
}

MessageView ViewOf(const core::MarkedMessage& marked, const MessageOwner& owner) {
  const core::Message& message = marked.found.message;
  const core::Chat& chat = marked.found.chat;
  MessageView view;
  view.message_id = Spell(message.id);
  view.account_id = Spell(owner.account.id);
  view.channel_id = Spell(owner.channel.id);
  view.number = message.row.value;
  view.chat = SpellChat(chat.address());
  view.chat_kind = NameOf(chat.kind);
  view.peer = chat.peer;
  view.direction = NameOf(message.direction);
  view.origin = NameOf(message.origin);
  view.sender = message.sender ? std::optional(message.sender_peer) : std::nullopt;
  view.kind = NameOf(core::KindOf(message.content));
  view.text = core::TextOf(message.content);
  view.content = message.content;
  if (const core::MediaRef* ref = core::MediaOf(message.content))
    view.media = MediaOf(marked, *ref, owner.links);
  if (message.quoted) view.quoted_id = Spell(*message.quoted);
  if (marked.quoted) view.quoted = QuotedOf(*marked.quoted, owner.channel);
  view.status = NameOf(message.status);
  view.edited = message.FirstAt(core::MessageStatus::kEdited).has_value();
  view.deleted = message.status == core::MessageStatus::kDeleted;
  view.failure = message.failure;
  view.link_id = base::NonEmpty(message.link_id);
  view.at = Spell(message.at);
  view.accepted_at = Spell(message.accepted_at);
  for (const core::HistoryEntry& entry : message.history)
    view.history.push_back(HistoryView{std::string(NameOf(entry.status)), Spell(entry.at)});
  for (const core::Reaction& reaction : marked.reactions) {
    const AuthorView author = AuthorOf(reaction.person ? &reaction.peer : nullptr, owner.channel);
    view.reactions.push_back(ReactionView{reaction.emoji, author.from, author.me, author.chat});
  }
  if (const auto* poll = std::get_if<core::PollContent>(&message.content))
    view.poll_results = ResultsOf(*poll, marked, owner.channel);
  if (message.recipients > 0) view.recipients = message.recipients;
  if (message.transcription) view.transcription = ViewOf(*message.transcription);
  return view;
}

}  // namespace parley::admin
