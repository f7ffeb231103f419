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

struct MessageView {
  std::string message_id, account_id, channel_id;
  std::int64_t number = 0;
  std::string chat_kind;
  core::Peer peer;
  std::string direction, origin;
  core::Content content;
  std::optional<std::string> quoted_id;
  std::string status;
  std::optional<core::Failure> failure;
  std::optional<std::string> link_id;
  std::string at, accepted_at;
  std::vector<HistoryView> history;
  std::optional<std::int64_t> recipients;
  std::vector<ReceiptView> receipts;
  std::optional<TranscriptionView> transcription;
  static constexpr auto Fields() {
    using V = MessageView;
    return FieldList(
        Required("message_id", &V::message_id), Required("account_id", &V::account_id),
        Required("channel_id", &V::channel_id),
        Required("number", &V::number, Doc("1MSG's messageNumber")),
        Required("chat_kind", &V::chat_kind), Required("peer", &V::peer, Doc("The other side")),
        Required("direction", &V::direction), Required("origin", &V::origin),
        Required("content", &V::content), Optional("quoted_id", &V::quoted_id, NullWhenAbsent()),
        Required("status", &V::status), Optional("failure", &V::failure, NullWhenAbsent()),
        Optional("link_id", &V::link_id, NullWhenAbsent(),
                 Doc("The network's id, where it is not derived from ours")),
        Required("at", &V::at, Doc("The network's time")), Required("accepted_at", &V::accepted_at),
        Required("history", &V::history),
        Optional("recipients", &V::recipients, NullWhenAbsent(),
                 Doc("Of one sent to a group: how many people get it")),
        Required("receipts", &V::receipts, Doc("How far it has come with each of them")),
        Optional("transcription", &V::transcription, NullWhenAbsent(),
                 Doc("Of a voice message that came in while its account wanted them")));
  }
};

}  // namespace parley::admin
