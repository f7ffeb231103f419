// Sending messages, and changing what was sent. What the dashboard sends is a program's, as far as
// the core is concerned: it has no phone in its hand.
#include <algorithm>
#include <map>

#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/handlers.h"
#include "admin/message_view.h"
#include "admin/sending_schema.h"
#include "admin/sent_content.h"
#include "base/emoji.h"
#include "core/messages/messages.h"
#include "core/templates/templates.h"

namespace parley::admin {
namespace {

// The core's names of fields in this API's words.
constexpr std::pair<std::string_view, std::string_view> kSentNames[] = {
    {"url", "media_url"},
    {"quoted", "quoted_id"},
    {"params", "template.parameters"},
};

// Bound to the whole path: the same key may be used on another channel.
base::Result<std::optional<core::IdempotencyKey>> OnceOf(const Call& call, core::AccountRow account,
                                                         std::string_view command) {
  const std::string_view key = call.request.headers.Get("Idempotency-Key");
  if (key.empty()) return std::optional<core::IdempotencyKey>();
  const bool is_printable =
      std::all_of(key.begin(), key.end(), [](char c) { return c > 0x20 && c < 0x7F; });
  if (key.size() > core::kMaxIdempotencyKeyLength || !is_printable)
    return base::FieldError("Idempotency-Key", "Must be 1 to 255 printable ASCII characters");
  const std::string route =
      std::string(NameOf(call.request.method)) + " " + std::string(call.request.path());
  return std::optional(
      core::MakeIdempotencyKey(account, core::CredentialRow(), route, key, command));
}

base::Error InOurWords(base::Error error, bool has_media_id) {
  // Of what a message names by id, media alone is looked up before it is accepted.
  if (error.code == base::ErrorCode::kNotFound && has_media_id)
    return base::FieldError("media_id", "Unknown media");
  for (const auto& [theirs, ours] : kSentNames)
    error = base::RenameFault(std::move(error), theirs, ours);
  return error;
}

// The message as it is now.
base::Task<base::Result<core::MarkedMessage>> Current(Call& call, core::Account account,
                                                      core::MessageId id) {
  auto caller = std::make_shared<core::Caller>();
  caller->account = std::move(account);
  co_return co_await call.core.messages.GetMarked(std::move(caller), id);
}

HandlerResult Accepted(Call& call, Owned owned, core::MessageId id) {
  PARLEY_CO_TRY(marked, co_await Current(call, owned.account, id));
  SentReply reply;
  reply.message =
      ViewOf(marked, MessageOwner{owned.account, *owned.channel, call.core.media_links});
  co_return Reply(202, reply);
}

// Sends a change of the message in the path, and answers with that message.
HandlerResult Modify(Call& call, core::Content modifier) {
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(id, MessageInPath(call));
  auto found = co_await Current(call, owned.account, id);
  PARLEY_CO_TRY(target, Named(std::move(found), "message"));
  const core::Message& message = target.found.message;
  if (message.channel != owned.channel->row || core::IsModifier(core::KindOf(message.content)))
    co_return Unknown("message");
  core::SetTarget(modifier, id);
  std::string text;
  AppendJsonForm(text, modifier);
  PARLEY_CO_TRY(once, OnceOf(call, owned.account.row, text));
  core::SendCommand command;
  command.channel = owned.channel->row;
  command.what = std::move(modifier);
  command.needs_pairing = true;
  command.once = once;
  PARLEY_CO_CHECK(co_await call.core.messages.Send(owned.channel, std::move(command)));
  co_return co_await Accepted(call, std::move(owned), id);
}

}  // namespace

HandlerResult SendMessage(Call& call) {
  PARLEY_CO_TRY(body, ReadBody<SendMessageBody>(call.request));
  PARLEY_CO_TRY(owned, co_await ChannelAndAccount(call));
  PARLEY_CO_TRY(command, CommandOf(body.fields));
  PARLEY_CO_TRY(once, OnceOf(call, owned.account.row, base::EncodeText(body.fields)));
  const bool has_media_id = body.fields.media_id.has_value();
  if (core::TemplateContent* content = TemplateOf(command)) {
    auto used = co_await call.core.templates.Use(owned.channel, *content);
    if (!used) co_return InOurWords(used.error(), false);
    *content = std::move(*used);
  }
  command.channel = owned.channel->row;
  command.once = once;
  auto queued = co_await call.core.messages.Send(owned.channel, std::move(command));
  if (!queued) co_return InOurWords(queued.error(), has_media_id);
  co_return co_await Accepted(call, std::move(owned), queued->id);
}

HandlerResult ReactToMessage(Call& call) {
  PARLEY_CO_TRY(body, ReadBody<ReactionBody>(call.request));
  core::ReactionContent reaction;
  reaction.emoji = std::move(body.fields.emoji);
  if (!reaction.emoji.empty() && !base::IsOneEmoji(reaction.emoji))
    co_return base::FieldError("emoji", "Must be one emoji, or empty");
  co_return co_await Modify(call, std::move(reaction));
}

HandlerResult VoteInPoll(Call& call) {
  PARLEY_CO_TRY(body, ReadBody<VoteBody>(call.request));
  core::VoteContent vote;
  vote.options = std::move(body.fields.options);
  co_return co_await Modify(call, std::move(vote));
}

HandlerResult EditMessage(Call& call) {
  PARLEY_CO_TRY(body, ReadBody<EditBody>(call.request));
  core::EditContent edit;
  edit.body = std::move(body.fields.text);
  co_return co_await Modify(call, std::move(edit));
}

HandlerResult RevokeMessage(Call& call) {
  core::DeleteContent revoke;
  co_return co_await Modify(call, std::move(revoke));
}

}  // namespace parley::admin
