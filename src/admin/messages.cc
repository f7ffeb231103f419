// Messages, for looking into what became of one.
#include "core/messages/messages.h"

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/message_schema.h"
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

MessageView ViewOf(const core::MessageInChat& found) {
  const core::Message& message = found.message;
  MessageView view;
  view.message_id = Spell(message.id);
  view.number = message.row.value;
  view.chat_kind = NameOf(found.chat.kind);
  view.peer = found.chat.peer;
  view.direction = NameOf(message.direction);
  view.origin = NameOf(message.origin);
  view.content = message.content;
  if (message.quoted) view.quoted_id = Spell(*message.quoted);
  view.status = NameOf(message.status);
  view.failure = message.failure;
  view.link_id = base::NonEmpty(message.link_id);
  view.at = Spell(message.at);
  view.accepted_at = Spell(message.accepted_at);
  for (const core::HistoryEntry& entry : message.history)
    view.history.push_back(HistoryView{std::string(NameOf(entry.status)), Spell(entry.at)});
  if (message.recipients > 0) view.recipients = message.recipients;
  if (message.transcription) view.transcription = ViewOf(*message.transcription);
  return view;
}

ReceiptView ViewOf(const core::Receipt& receipt) {
  ReceiptView view;
  view.participant = receipt.peer;
  view.delivered_at = Spell(receipt.delivered_at);
  view.read_at = Spell(receipt.read_at);
  view.played_at = Spell(receipt.played_at);
  return view;
}

}  // namespace

HandlerResult GetMessage(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  const auto id = base::Uuid::Parse(call.match["message_id"]);
  if (!id) co_return base::Error(base::ErrorCode::kNotFound, "Unknown message");
  // As the account itself would read it.
  auto caller = std::make_shared<core::Caller>();
  caller->account = account;
  auto found = co_await call.core.messages.Get(std::move(caller), core::MessageId(*id));
  if (!found && found.error().code == base::ErrorCode::kNotFound)
    co_return base::Error(base::ErrorCode::kNotFound, "Unknown message");
  if (!found) co_return found.error();
  const std::vector<core::ChannelRow> rows(1, found->message.channel);
  PARLEY_CO_TRY(channels, co_await ChannelIdsOf(call, account.row, rows));
  MessageView view = ViewOf(*found);
  view.account_id = Spell(account.id);
  view.channel_id = SpellChannel(channels, found->message.channel).value_or("");
  if (found->chat.kind == core::ChatKind::kGroup) {
    PARLEY_CO_TRY(receipts, co_await call.core.messages.Receipts(account.row, found->message.id));
    for (const core::Receipt& receipt : receipts) view.receipts.push_back(ViewOf(receipt));
  }
  co_return Reply(200, view);
}

}  // namespace parley::admin
