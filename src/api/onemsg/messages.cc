// Sending, listing, and asking about messages.
#include "core/messages/messages.h"

#include <algorithm>
#include <charconv>

#include "api/onemsg/addresses.h"
#include "api/onemsg/business_schema.h"
#include "api/onemsg/handlers.h"
#include "api/onemsg/media.h"
#include "api/onemsg/payload.h"
#include "api/onemsg/sending.h"
#include "core/chats/chats.h"
#include "core/contacts/contacts.h"

namespace parley::api::onemsg {
namespace {

constexpr int kDefaultLimit = 100;
// "limit 0 = all" is served in full up to this; a larger history is read in pages.
constexpr int kMostAtOnce = 10000;

base::Result<void> ReadFile(const http::Body& request, const SendFileBody& body,
                            core::MediaDraft& draft) {
  if (!body.media_id || body.body || !request.files.empty())
    return ReadSource(request, body.body, draft);
  const auto id = ParseMediaId(*body.media_id);
  if (!id) return base::FieldError("mediaId", "Unknown media");
  draft.source = core::MediaFromStore{*id};
  return {};
}

base::Result<core::MediaDraft> DraftOf(const http::Body& request, const SendFileBody& body) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::MediaDraft draft;
  if (auto read = ReadFile(request, body, draft); !read) faults.Absorb(read.error());
  if (body.media_type) ParseName(*body.media_type, draft.kind.emplace());
  draft.caption = body.caption.value_or("");
  draft.mentions = MentionsIn(draft.caption, body.mentioned);
  draft.voice = body.voice.value_or(false);
  if (body.filename) draft.file_name = *body.filename;
  // An upload may have brought a name.
  if (draft.file_name.empty() && !body.media_id)
    faults.Absorb(base::FieldError("filename", "Required"));
  if (!faults.faults.empty()) return faults;
  return draft;
}

// ------------------------------------------------------------------------------------- listing

struct ListQuery {
  bool last = false;
  std::int64_t after = -1, before = -1, limit = kDefaultLimit;
  std::optional<base::Time> from, until;
  std::string chat_id, message_id;
};

// A fault goes to `faults`.
std::int64_t IntegerIn(const http::Request& request, std::string_view name, std::int64_t otherwise,
                       base::Error& faults) {
  const std::string text = request.Query(name).value_or("");
  if (text.empty()) return otherwise;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error == std::errc() && end == text.data() + text.size() && number >= 0) return number;
  faults.Absorb(base::FieldError(std::string(name), "Must be 0 or a positive integer"));
  return otherwise;
}

base::Result<ListQuery> QueryOf(const http::Request& request) {
  ListQuery query;
  const std::string last = request.Query("last").value_or("");
  query.last = IsWord(last, "true") || last == "1";
  base::Error faults(base::ErrorCode::kInvalidFields);
  query.after = IntegerIn(request, "lastMessageNumber", -1, faults);
  query.before = IntegerIn(request, "firstMessageNumber", -1, faults);
  const std::int64_t limit = IntegerIn(request, "limit", kDefaultLimit, faults);
  const std::int64_t from = IntegerIn(request, "min_time", -1, faults);
  const std::int64_t until = IntegerIn(request, "max_time", -1, faults);
  if (!faults.faults.empty()) return faults;
  query.limit = limit == 0 ? kMostAtOnce : std::min<std::int64_t>(limit, kMostAtOnce);
  constexpr std::int64_t kFarFuture = 100'000'000'000;  // seconds
  if (from >= 0) query.from = base::FromUnixMs(std::min(from, kFarFuture) * 1000);
  if (until >= 0) query.until = base::FromUnixMs(std::min(until, kFarFuture) * 1000 + 999);
  query.chat_id = request.Query("chatId").value_or("");
  query.message_id = request.Query("msgId").value_or("");
  return query;
}

// `last` gives the newest first and ignores lastMessageNumber; firstMessageNumber pages backwards;
// else ascending from after lastMessageNumber.
core::MessageStore::Page PageOf(const ListQuery& query, core::ChannelRow channel) {
  core::MessageStore::Page page;
  page.channel = channel;
  page.limit = static_cast<int>(query.limit);
  page.from = query.from;
  page.until = query.until;
  page.newest_first = query.last || query.before >= 0;
  page.by_row = true;  // messageNumber is where a client goes on
  if (!query.last && query.after > 0) page.after = core::MessageRow(query.after);
  if (query.before > 0) page.before = core::MessageRow(query.before);
  return page;
}

base::Task<base::Result<std::vector<core::MessageInChat>>> Find(Call& call, ListQuery query) {
  if (!query.message_id.empty()) {
    const auto id = ParseMessageId(query.message_id);
    std::vector<core::MessageInChat> one;
    if (!id) co_return one;
    auto found = co_await call.core.messages.Get(call.caller, *id);
    if (!found && found.error().code != base::ErrorCode::kNotFound) co_return found.error();
    if (found) one.push_back(std::move(*found));
    co_return one;
  }
  core::MessageStore::Page page = PageOf(query, call.channel->row);
  if (query.chat_id.empty())
    co_return co_await call.core.messages.List(call.channel->account, std::move(page));
  PARLEY_CO_TRY(with, ParseChatId(query.chat_id));
  co_return co_await call.core.messages.ListChat(call.channel, std::move(with), std::move(page));
}

// The words of Cloud API's status objects; empty for steps that it has no word for.
std::string_view HookStatus(core::MessageStatus status) {
  switch (status) {
    case core::MessageStatus::kSent:
    case core::MessageStatus::kDelivered:
    case core::MessageStatus::kRead:
    case core::MessageStatus::kFailed:
    case core::MessageStatus::kDeleted:
      return NameOf(status);
    case core::MessageStatus::kPlayed:
      return "read";
    case core::MessageStatus::kQueued:
    case core::MessageStatus::kUnconfirmed:
    case core::MessageStatus::kReceived:
    case core::MessageStatus::kEdited:
      break;
  }
  return "";
}

std::string_view OriginOf(const core::Conversation& conversation) {
  const bool is_users = conversation.category == core::ConversationCategory::kService;
  return is_users ? "user_initiated" : "business_initiated";
}

void AddBilling(const core::Conversation& conversation, Hook& hook) {
  HookPricing& pricing = hook.pricing.emplace();
  pricing.billable = conversation.billable;
  pricing.category = OriginOf(conversation);
  HookConversation& shown = hook.conversation.emplace();
  shown.id = conversation.id;
  shown.origin.type = OriginOf(conversation);
  shown.expiration_timestamp = base::ToUnixSeconds(conversation.expires_at);
}

}  // namespace

HandlerResult SendMessage(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<SendMessageBody>(call.request, kBodyTypes, kRules));
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command = CommandTo(body, faults);
  if (!faults.faults.empty()) {
    if (!body.body) faults.Absorb(base::FieldError("body", "Required"));
    co_return faults;
  }
  if (!body.body) co_return base::Error(base::ErrorCode::kInvalidFields, "empty body");
  core::TextContent text;
  text.mentions = MentionsIn(*body.body, body.mentioned);
  text.body = std::move(*body.body);
  command.what = core::Content(std::move(text));
  co_return co_await Send(call, std::move(command));
}

HandlerResult SendFile(Call& call) {
  PARLEY_CO_TRY(request, http::ReadBody(call.request, kBodyTypes));
  base::DecodeRules rules = kRules;
  rules.json_in_text = request.is_form;
  PARLEY_CO_TRY(body, base::Decode<SendFileBody>(request.value, rules));
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command = CommandTo(body, faults);
  auto draft = DraftOf(request, body);
  if (!draft) faults.Absorb(draft.error());
  if (!faults.faults.empty()) co_return faults;
  command.what = std::move(*draft);
  co_return co_await Send(call, std::move(command));
}

HandlerResult GetMessages(Call& call) {
  PARLEY_CO_TRY(query, QueryOf(call.request));
  MessageList list;
  if (!call.channel->settings.history_enabled) {
    list.notice =
        "The message history is not saved for this channel. To enable it, write to "
        "technical support.";
    co_return http::Response::Json(200, base::EncodeText(list));
  }
  PARLEY_CO_TRY(found, co_await Find(call, std::move(query)));
  for (const core::MessageInChat& message : found) {
    list.messages.push_back(ListedOf(message, *call.channel, call.core.media_links));
    const std::int64_t number = message.message.row.value;
    list.first_number = std::min(list.first_number.value_or(number), number);
    list.last_number = std::max(list.last_number.value_or(number), number);
  }
  co_return http::Response::Json(200, base::EncodeText(list));
}

HandlerResult GetHookInfo(Call& call) {
  const std::string id = call.request.Query("messageId").value_or("");
  if (id.empty()) co_return base::FieldError("messageId", "Required");
  const auto parsed = ParseMessageId(id);
  if (!parsed) co_return base::Error(base::ErrorCode::kNotFound, "Unknown message");
  auto found = co_await call.core.messages.Get(call.caller, *parsed);
  if (!found && found.error().code == base::ErrorCode::kNotFound)
    co_return base::Error(base::ErrorCode::kNotFound, "Unknown message");
  if (!found) co_return found.error();
  HookList list;
  const bool was_read = found->message.FirstAt(core::MessageStatus::kRead).has_value();
  for (const core::HistoryEntry& entry : found->message.history) {
    if (HookStatus(entry.status).empty()) continue;
    if (was_read && entry.status == core::MessageStatus::kPlayed) continue;
    Hook hook;
    hook.id = Spell(found->message.id);
    hook.status = HookStatus(entry.status);
    hook.timestamp = std::to_string(base::ToUnixSeconds(entry.at));
    hook.recipient_id = found->chat.address().value;
    // What failed is not billed, and neither is the taking back.
    if (const auto& conversation = found->message.conversation;
        conversation && entry.status != core::MessageStatus::kFailed &&
        entry.status != core::MessageStatus::kDeleted)
      AddBilling(*conversation, hook);
    list.hooks.push_back(std::move(hook));
  }
  co_return http::Response::Json(200, base::EncodeText(list));
}

HandlerResult ReadMessage(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<ReadMessageBody>(call.request, kBodyTypes, kRules));
  const auto id = ParseMessageId(body.message_id);
  if (!id) co_return base::Error(base::ErrorCode::kNotFound, "Unknown message");
  std::vector<core::MessageId> ids;
  ids.push_back(*id);
  const bool typing = body.typing_indicator.value_or(false);
  PARLEY_CO_CHECK(
      co_await call.core.chats.MarkRead(call.caller, call.channel, std::move(ids), typing));
  co_return http::Response::Json(200, base::EncodeText(ResultReply()));
}

}  // namespace parley::api::onemsg
