// The inbox of a channel: its chats, what stands in them, and searching.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "admin/addresses.h"
#include "admin/handlers.h"
#include "admin/inbox_schema.h"
#include "admin/message_view.h"
#include "admin/query.h"
#include "core/chats/chats.h"
#include "core/messages/messages.h"

namespace parley::admin {
namespace {

MessageOwner OwnerOf(const Call& call, const Owned& owned) {
  return MessageOwner{owned.account, *owned.channel, call.core.media_links};
}

ChatView ViewOf(const core::ChatInList& row, const MessageOwner& owner) {
  const core::Chat& chat = row.chat;
  ChatView view;
  view.chat = SpellChat(chat.address());
  view.kind = NameOf(chat.kind);
  view.name = NameOf(chat);
  if (!chat.peer.phone.empty()) view.phone = "+" + chat.peer.phone;
  view.unread = chat.unread;
  view.muted = chat.muted;
  view.archived = chat.archived;
  view.muted_until = Spell(chat.muted_until);
  view.window_until = Spell(chat.window_until);
  if (!row.newest) return view;
  core::MarkedMessage newest;
  newest.found.message = *row.newest;
  newest.found.chat = chat;
  view.last_message = ViewOf(newest, owner);
  view.last_at = Spell(row.newest->at);
  return view;
}

std::string CursorOf(const core::ChatPlace& place) {
  return fmt::format("{}-{}", base::ToUnixMs(place.at), place.row.value);
}

base::Result<std::optional<core::ChatPlace>> PlaceIn(const http::Request& request) {
  const auto text = request.Query("after");
  if (!text) return std::optional<core::ChatPlace>();
  std::int64_t at = 0, row = 0;
  const char* const end = text->data() + text->size();
  const auto [dash, error] = std::from_chars(text->data(), end, at);
  bool is_place = error == std::errc() && dash != end && *dash == '-' && at >= 0;
  if (is_place) {
    const auto [rest, row_error] = std::from_chars(dash + 1, end, row);
    is_place = row_error == std::errc() && rest == end && row > 0;
  }
  if (!is_place) return base::FieldError("after", "Must be `next` of the page before");
  return std::optional(core::ChatPlace{base::FromUnixMs(at), core::ChatRow(row)});
}

}  // namespace

HandlerResult ListChats(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(after, PlaceIn(call.request));
  PARLEY_CO_TRY(text, QueryText(call.request));
  core::ContactStore::ChatPage page;
  page.with_history = true;
  page.search = std::move(text);
  page.after = after;
  page.limit = limit;
  PARLEY_CO_TRY(listed, co_await call.core.chats.ListPage(owned.channel, std::nullopt, page));
  ChatList list;
  for (const core::ChatInList& row : listed.rows)
    list.chats.push_back(ViewOf(row, OwnerOf(call, owned)));
  if (listed.next) list.next = CursorOf(*listed.next);
  co_return Reply(200, list);
}

HandlerResult ListChatMessages(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(chat, ChatInPath(call));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(before, QueryId<core::MessageId>(call.request, "before"));
  auto messages =
      co_await call.core.messages.ListMarked(owned.channel, std::move(chat), before, limit + 1);
  if (!messages) co_return messages.error();
  MessagePage page;
  const bool more = messages->size() > static_cast<std::size_t>(limit);
  if (more) messages->pop_back();
  for (const core::MarkedMessage& marked : *messages)
    page.messages.push_back(ViewOf(marked, OwnerOf(call, owned)));
  if (more) page.next = page.messages.back().message_id;
  co_return Reply(200, page);
}

HandlerResult ReadWholeChat(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(chat, ChatInPath(call));
  auto read = co_await call.core.chats.Read(owned.channel, std::move(chat));
  PARLEY_CO_CHECK(Named(std::move(read), "chat"));
  co_return NoContent();
}

HandlerResult SearchMessages(Call& call) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(text, QueryText(call.request));
  if (text.empty()) co_return base::FieldError("query", "Required");
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(before, QueryInteger(call.request, "before", 1, INT64_MAX));
  core::SearchQuery query;
  query.text = std::move(text);
  query.before = core::MessageRow(before.value_or(0));
  query.limit = limit;
  PARLEY_CO_TRY(page, co_await call.core.messages.Search(owned.channel, std::move(query)));
  FoundMessages found;
  for (const core::MarkedMessage& marked : page.messages)
    found.messages.push_back(ViewOf(marked, OwnerOf(call, owned)));
  found.searched_to = Spell(page.searched_at);
  if (page.more) found.next = page.searched_to.value;
  co_return Reply(200, found);
}

}  // namespace parley::admin
