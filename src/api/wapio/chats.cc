// Chats: the list, and marking messages as read.
#include "core/chats/chats.h"

#include "api/wapio/addresses.h"
#include "api/wapio/auth.h"
#include "api/wapio/contact_schema.h"
#include "api/wapio/handlers.h"
#include "http/body.h"

namespace parley::api::wapio {
namespace {

constexpr int kMostChats = 1000;

ListedChat ListedOf(const core::ChatInList& row) {
  ListedChat chat;
  chat.id = chat.jid = Jid(row.chat.address());
  const std::string& name = row.chat.group ? row.chat.group->subject : row.chat.peer.display_name();
  if (!name.empty()) chat.name = name;
  if (row.newest) chat.conversation_timestamp = base::ToUnixSeconds(row.newest->at);
  chat.unread_count = row.chat.unread;
  if (row.chat.muted)
    chat.mute_end_time = row.chat.muted_until ? base::ToUnixMs(*row.chat.muted_until) : -1;
  chat.archived = row.chat.archived;
  return chat;
}

}  // namespace

HandlerResult ListChats(Call& call) {
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(rows, co_await call.core.chats.List(session, session->row, true, 0, kMostChats));
  ChatList list;
  for (const core::ChatInList& row : rows) list.data.push_back(ListedOf(row));
  co_return http::Response::Json(200, base::EncodeText(list));
}

HandlerResult GetChat(Call& call) {
  PARLEY_CO_TRY(session, co_await SelectSession(call, std::nullopt));
  PARLEY_CO_TRY(with, ParseRecipient(call.match["jid"], "jid"));
  PARLEY_CO_TRY(row, co_await call.core.chats.Find(session, session->row, std::move(with)));
  co_return http::Response::Json(200, base::EncodeText(ListedOf(row)));
}

HandlerResult ReadChat(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SessionOnlyBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  PARLEY_CO_TRY(with, ParseRecipient(call.match["jid"], "jid"));
  PARLEY_CO_CHECK(co_await call.core.chats.Read(session, std::move(with)));
  co_return http::Response::Json(200, base::EncodeText(MessageReply{"Chat marked as read"}));
}

HandlerResult ReadMessages(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<ReadBody>(call.request, http::kJsonBody, kRules));
  PARLEY_CO_TRY(session, co_await SelectSession(call, body.session_id));
  std::vector<core::MessageId> ids;
  base::Error faults(base::ErrorCode::kInvalidFields);
  for (std::size_t i = 0; i < body.message_ids.size(); ++i) {
    const auto id = ParseMessageId(body.message_ids[i]);
    if (id)
      ids.push_back(*id);
    else
      faults.Absorb(base::FieldError("message_ids[" + std::to_string(i) + "]", "Unknown message"));
  }
  if (!faults.faults.empty()) co_return faults;
  PARLEY_CO_CHECK(co_await call.core.chats.MarkRead(call.caller, session, std::move(ids)));
  co_return http::Response::Json(200, base::EncodeText(MessageReply{"Dispatched"}));
}

}  // namespace parley::api::wapio
