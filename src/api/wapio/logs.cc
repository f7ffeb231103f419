// A session's logs: messages, changes of its state, and what was posted to its webhook. All newest
// first; the cursor of a page is where the next one goes on.
#include <algorithm>

#include "api/wapio/addresses.h"
#include "api/wapio/auth.h"
#include "api/wapio/handlers.h"
#include "api/wapio/log_schema.h"
#include "api/wapio/query.h"
#include "base/json.h"
#include "core/channels/channels.h"
#include "core/media/media_source.h"
#include "core/messages/messages.h"
#include "core/webhooks/webhooks.h"

namespace parley::api::wapio {
namespace {

using core::DeliveryState;

// Wapio's words for the states of a delivery; two states share one.
struct DeliveryWord {
  DeliveryState state;
  std::string_view word;
};
constexpr DeliveryWord kDeliveryWords[] = {
    {DeliveryState::kWaiting, "pending"},
    {DeliveryState::kParked, "pending"},
    {DeliveryState::kDone, "delivered"},
    {DeliveryState::kDead, "failed"},
};
static_assert(std::size(kDeliveryWords) == core::kDeliveryStateNames.rows.size());

// ------------------------------------------------------------------------------------ messages

std::string_view LogWord(const core::Message& message) {
  switch (message.status) {
    case core::MessageStatus::kReceived:
      return "received";
    case core::MessageStatus::kQueued:
    case core::MessageStatus::kUnconfirmed:
      return "in_progress";
    case core::MessageStatus::kFailed:
      return "failed";
    case core::MessageStatus::kSent:
    case core::MessageStatus::kDelivered:
    case core::MessageStatus::kRead:
    case core::MessageStatus::kPlayed:
    case core::MessageStatus::kEdited:
    case core::MessageStatus::kDeleted:
      break;
  }
  return message.direction == core::Direction::kOut ? "sent" : "received";
}

// {"text"} or {"text" (the caption), "mediaUrl", "mimetype", "fileName"}.
std::string ContentText(const core::Content& content, const core::MediaLinks& links) {
  base::json::object shown;
  const std::string& text = core::TextOf(content);
  const core::MediaRef* media = core::MediaOf(content);
  if (!text.empty() || media == nullptr) shown["text"] = base::JsonView(text);
  if (media != nullptr) {
    shown["mediaUrl"] = links.UrlOf(*media);
    shown["mediaId"] = Spell(media->id);
    shown["mimetype"] = base::JsonView(media->mime_type);
    if (!media->file_name.empty()) shown["fileName"] = base::JsonView(media->file_name);
  }
  return base::ToText(shown);
}

MessageLog LogOf(const core::MessageInChat& found, const core::Channel& channel,
                 const core::MediaLinks& links) {
  const core::Message& message = found.message;
  const bool outgoing = message.direction == core::Direction::kOut;
  const std::string own = Jid(core::Address{core::AddressKind::kPhone, channel.phone});
  MessageLog log;
  log.id = Spell(message.id);
  log.whatsapp_session_id = Spell(channel.id);
  log.direction = outgoing ? "outgoing" : "incoming";
  log.remote_jid = Jid(found.chat.address());
  log.to = outgoing ? log.remote_jid : own;
  log.from = outgoing ? own : message.sender ? Jid(message.sender_peer) : log.remote_jid;
  const core::ContentKind kind = core::KindOf(message.content);
  log.kind = kind == core::ContentKind::kContacts ? "contact" : NameOf(kind);  // as it is sent
  log.content = ContentText(message.content, links);
  log.status = LogWord(message);
  log.delivery_status = NameOf(message.status);
  if (message.failure) log.failed_reason = message.failure->text;
  log.created_at = Iso(message.accepted_at);
  log.updated_at = message.history.empty() ? log.created_at : Iso(message.history.back().at);
  return log;
}

// ---------------------------------------------------------------------------------- deliveries

base::Result<std::vector<DeliveryState>> StatesOf(const http::Request& request) {
  std::vector<DeliveryState> states;
  const std::string word = request.Query("status").value_or("");
  for (const DeliveryWord& row : kDeliveryWords)
    if (row.word == word) states.push_back(row.state);
  if (!word.empty() && states.empty())
    return base::FieldError("status", "Must be pending, delivered or failed");
  return states;
}

DeliveryLog LogOf(const core::Delivery& delivery) {
  DeliveryLog log;
  log.id = std::to_string(delivery.event.value) + ":" + delivery.name;
  log.event = delivery.name;
  for (const DeliveryWord& row : kDeliveryWords)
    if (row.state == delivery.state) log.status = row.word;
  log.attempts = delivery.attempts;
  if (delivery.last_status != 0) log.response_status = delivery.last_status;
  if (!delivery.last_error.empty()) log.error = delivery.last_error;
  log.duration_ms = delivery.last_duration_ms;
  if (delivery.next_at) log.next_attempt_at = Iso(*delivery.next_at);
  if (delivery.finished_at) log.finished_at = Iso(*delivery.finished_at);
  return log;
}

// limit and cursor, and all that is wrong with them.
struct PageQuery {
  int limit = 0;
  std::int64_t cursor = 0;
};
base::Result<PageQuery> PageOf(const http::Request& request) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  const auto limit = QueryLimit(request);
  if (!limit) faults.Absorb(limit.error());
  const auto cursor = QueryCursor(request);
  if (!cursor) faults.Absorb(cursor.error());
  if (!faults.faults.empty()) return faults;
  PageQuery page;
  page.limit = *limit;
  page.cursor = *cursor;
  return page;
}

}  // namespace

HandlerResult GetMessageLogs(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(query, PageOf(call.request));
  core::MessageStore::Page page;
  page.channel = channel->row;
  page.before = core::MessageRow(query.cursor);
  page.limit = query.limit + 1;  // one more tells whether there is a next page
  PARLEY_CO_TRY(found, co_await call.core.messages.List(channel->account, page));
  MessageLogs logs;
  const bool more = static_cast<int>(found.size()) > query.limit;
  if (more) found.pop_back();
  for (const core::MessageInChat& message : found)
    logs.messages.push_back(LogOf(message, *channel, call.core.media_links));
  if (more) logs.next_cursor = std::to_string(found.back().message.row.value);
  co_return http::Response::Json(200, base::EncodeText(logs));
}

HandlerResult GetSessionLogs(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  PARLEY_CO_TRY(query, PageOf(call.request));
  PARLEY_CO_TRY(found, co_await call.core.channels.StateLog(channel->account, channel->row,
                                                            core::EventPosition(query.cursor),
                                                            query.limit + 1));
  SessionLogs logs;
  const bool more = static_cast<int>(found.size()) > query.limit;
  if (more) found.pop_back();
  for (const core::Event& event : found) {
    const auto& changed = std::get<core::ChannelStateChanged>(event.body);
    const std::string& reason = changed.channel.state_reason;
    SessionLog log;
    log.id = "bps_evt_" + event.id.value.ToHex();
    log.whatsapp_session_id = Spell(channel->id);
    log.event_type = reason == core::kRestartRequested ? "session_restarted" : "status_change";
    log.status = StatusOf(changed.channel.state);
    log.previous_status = StatusOf(changed.previous);
    if (!reason.empty()) log.reason = reason;
    log.occurred_at = Iso(event.at);
    logs.events.push_back(std::move(log));
  }
  if (more) logs.next_cursor = std::to_string(found.back().position.value);
  co_return http::Response::Json(200, base::EncodeText(logs));
}

HandlerResult GetWebhookDeliveries(Call& call) {
  PARLEY_CO_TRY(channel, co_await SessionInPath(call));
  const auto query = PageOf(call.request);
  auto states = StatesOf(call.request);
  base::Error faults(base::ErrorCode::kInvalidFields);
  if (!query) faults.Absorb(query.error());
  if (!states) faults.Absorb(states.error());
  if (!faults.faults.empty()) co_return faults;
  core::SubscriptionStore::Filter of_session;
  of_session.channel = channel->row;
  of_session.dialect = core::Dialect::kWapio;
  PARLEY_CO_TRY(webhooks, co_await call.core.webhooks.List(channel->account, of_session));
  DeliveryLogs logs;
  if (webhooks.empty()) co_return http::Response::Json(200, base::EncodeText(logs));
  core::DeliveryStore::Filter filter;
  filter.subscription = webhooks.front().row;
  filter.before = core::EventPosition(query->cursor);
  filter.limit = query->limit;
  PARLEY_CO_TRY(page, co_await call.core.webhooks.PageOfDeliveries(channel->account, filter,
                                                                   std::move(*states)));
  for (const core::Delivery& delivery : page.rows) logs.deliveries.push_back(LogOf(delivery));
  if (page.more) logs.next_cursor = std::to_string(page.rows.back().event.value);
  co_return http::Response::Json(200, base::EncodeText(logs));
}

}  // namespace parley::api::wapio
