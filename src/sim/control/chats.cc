#include "sim/control/handlers.h"
#include "sim/control/life_schema.h"
#include "sim/control/shown.h"

namespace parley::sim::control {

Answer ListChats(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(chats, call.network.ListChats(number));
  ShownChats shown;
  for (const network::ChatSummary& chat : chats) {
    ShownChat& row = shown.chats.emplace_back();
    row.chat = ShowChat(chat.chat);
    row.last = base::ToUnixSeconds(chat.last_at);
    row.unread = static_cast<std::int64_t>(chat.unread);
    row.archived = chat.archived;
    row.muted = chat.muted;
    row.muted_until_ms = chat.muted_until;
  }
  return Reply(200, shown);
}

Answer ChangeChat(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<ChatBody>());
  network::ChatChange change;
  change.chat = ParseChat(call.Parameter("chat"));
  change.action = body.action;
  change.muted_until = body.muted_until_ms;
  PARLEY_CHECK(call.network.ChangeChat({number, ""}, change));
  return NoContent();
}

}  // namespace parley::sim::control
