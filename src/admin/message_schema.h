// Bodies of the routes about messages.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/schema.h"
#include "core/contacts/person.h"
#include "core/messages/message.h"

namespace parley::admin {

struct HistoryView {
  std::string status, at;
  static constexpr auto Fields() {
    return FieldList(Required("status", &HistoryView::status), Required("at", &HistoryView::at));
  }
};

struct ReceiptView {
  core::Peer participant;
  std::optional<std::string> delivered_at, read_at, played_at;
  static constexpr auto Fields() {
    using V = ReceiptView;
    return FieldList(Required("participant", &V::participant),
                     Optional("delivered_at", &V::delivered_at, NullWhenAbsent()),
                     Optional("read_at", &V::read_at, NullWhenAbsent()),
                     Optional("played_at", &V::played_at, NullWhenAbsent()));
  }
};

struct TranscriptionView {
  std::string status, engine;
  std::optional<std::string> text, language, reason, explanation, detail, finished_at;
  static constexpr auto Fields() {
    using V = TranscriptionView;
    return FieldList(Required("status", &V::status, Doc("pending, done or failed")),
                     Required("engine", &V::engine, Doc("embedded or endpoint")),
                     Optional("text", &V::text, NullWhenAbsent()),
                     Optional("language", &V::language, NullWhenAbsent()),
                     Optional("reason", &V::reason, NullWhenAbsent(), Doc("Why it failed")),
                     Optional("explanation", &V::explanation, NullWhenAbsent()),
                     Optional("detail", &V::detail, NullWhenAbsent(),
                              Doc("What the endpoint or the recogniser said")),
                     Optional("finished_at", &V::finished_at, NullWhenAbsent()));
  }
};

// Who wrote, reacted or voted.
struct AuthorView {
  std::string from;
  bool me = false;
  std::optional<std::string> chat;
  static constexpr auto Fields() {
    using V = AuthorView;
    return FieldList(
        Required("from", &V::from, Doc("Their name, or else their number, for people to read")),
        Required("me", &V::me, Doc("It is the channel itself")),
        Optional("chat", &V::chat, NullWhenAbsent(), Doc("What they are written to by")));
  }
};

struct ReactionView {
  std::string emoji, from;
  bool me = false;
  std::optional<std::string> chat;
  static constexpr auto Fields() {
    using V = ReactionView;
    return FieldList(Required("emoji", &V::emoji), Required("from", &V::from),
                     Required("me", &V::me, Doc("It is the channel's own")),
                     Optional("chat", &V::chat, NullWhenAbsent()));
  }
};

struct PollResultView {
  std::string option;
  std::vector<AuthorView> voters;
  static constexpr auto Fields() {
    return FieldList(Required("option", &PollResultView::option),
                     Required("voters", &PollResultView::voters));
  }
};

struct QuotedView {
  std::string message_id, text, kind, from;
  bool me = false;
  static constexpr auto Fields() {
    using V = QuotedView;
    return FieldList(Required("message_id", &V::message_id), Required("text", &V::text),
                     Required("kind", &V::kind), Required("from", &V::from),
                     Required("me", &V::me));
  }
};

struct MediaView {
  std::string url, mime_type;
  std::int64_t size = 0;
  std::optional<std::string> file_name, thumbnail;
  static constexpr auto Fields() {
    using V = MediaView;
    return FieldList(
        Required("url", &V::url, Doc("An unguessable path on this server, which needs no key")),
        Required("mime_type", &V::mime_type), Required("size", &V::size, Doc("In bytes")),
        Optional("file_name", &V::file_name, NullWhenAbsent()),
        Optional("thumbnail", &V::thumbnail, NullWhenAbsent(),
                 Doc("A small JPEG as a data URI, of images and videos")));
  }
};

struct MessageView {
  std::string message_id, account_id, channel_id;
  std::int64_t number = 0;
  std::string chat, chat_kind;
  core::Peer peer;
  std::string direction, origin;
  std::optional<core::Peer> sender;
  std::string kind, text;
  core::Content content;
  std::optional<MediaView> media;
  std::optional<std::string> quoted_id;
  std::optional<QuotedView> quoted;
  std::string status;
  bool edited = false, deleted = false;
  std::optional<core::Failure> failure;
  std::optional<std::string> link_id;
  std::string at, accepted_at;
  std::vector<HistoryView> history;
  std::vector<ReactionView> reactions;
  std::optional<std::vector<PollResultView>> poll_results;
  std::optional<std::int64_t> recipients;
  std::vector<ReceiptView> receipts;
  std::optional<TranscriptionView> transcription;
  static constexpr auto Fields() {
    using V = MessageView;
    return FieldList(
        Required("message_id", &V::message_id), Required("account_id", &V::account_id),
        Required("channel_id", &V::channel_id),
        Required("number", &V::number, Doc("1MSG's messageNumber")),
        Required("chat", &V::chat, Doc("Where it stands, for paths and `to`")),
        Required("chat_kind", &V::chat_kind), Required("peer", &V::peer, Doc("The other side")),
        Required("direction", &V::direction), Required("origin", &V::origin),
        Optional("sender", &V::sender, NullWhenAbsent(), Doc("Who wrote it, of one in a group")),
        Required("kind", &V::kind),
        Required("text", &V::text,
                 Doc("What a person reads of it: body, caption, question; may "
                     "be empty")),
        Required("content", &V::content), Optional("media", &V::media, NullWhenAbsent()),
        Optional("quoted_id", &V::quoted_id, NullWhenAbsent()),
        Optional("quoted", &V::quoted, NullWhenAbsent(),
                 Doc("The message it answers to; null when it is not here")),
        Required("status", &V::status), Required("edited", &V::edited),
        Required("deleted", &V::deleted, Doc("Revoked for everybody")),
        Optional("failure", &V::failure, NullWhenAbsent()),
        Optional("link_id", &V::link_id, NullWhenAbsent(),
                 Doc("The network's id, where it is not derived from ours")),
        Required("at", &V::at, Doc("The network's time")), Required("accepted_at", &V::accepted_at),
        Required("history", &V::history), Required("reactions", &V::reactions),
        Optional("poll_results", &V::poll_results, NullWhenAbsent(),
                 Doc("Of a poll: every option with who chose it")),
        Optional("recipients", &V::recipients, NullWhenAbsent(),
                 Doc("Of one sent to a group: how many people get it")),
        Required("receipts", &V::receipts,
                 Doc("How far it has come with each of them; told of a single message only")),
        Optional("transcription", &V::transcription, NullWhenAbsent(),
                 Doc("Of a voice message that came in while its account wanted them")));
  }
};

}  // namespace parley::admin
