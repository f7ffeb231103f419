// Messages, for looking into what became of one.
#include "core/messages/messages.h"

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/message_view.h"
#include "core/channels/channels.h"

namespace parley::admin {

HandlerResult GetMessage(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(id, MessageInPath(call));
  // As the account itself would read it.
  auto caller = std::make_shared<core::Caller>();
  caller->account = account;
  auto found = co_await call.core.messages.GetMarked(std::move(caller), id);
  PARLEY_CO_TRY(marked, Named(std::move(found), "message"));
  const core::Message& message = marked.found.message;
  PARLEY_CO_TRY(channel, co_await call.core.channels.Get(account.row, message.channel));
  MessageView view = ViewOf(marked, MessageOwner{account, channel, call.core.media_links});
  if (marked.found.chat.kind == core::ChatKind::kGroup) {
    PARLEY_CO_TRY(receipts, co_await call.core.messages.Receipts(account.row, message.id));
    for (const core::Receipt& receipt : receipts) view.receipts.push_back(ViewOf(receipt));
  }
  co_return Reply(200, view);
}

}  // namespace parley::admin
