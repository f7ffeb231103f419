// Accounts: listing, making and changing them.
#include "core/accounts/accounts.h"

#include <algorithm>

#include "admin/account_schema.h"
#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/handlers.h"
#include "admin/query.h"
#include "base/text.h"
#include "http/url.h"

namespace parley::admin {
namespace {

AccountView ViewOf(const core::Account& account) {
  AccountView view;
  view.account_id = Spell(account.id);
  view.name = account.name;
  view.plan = account.plan;
  view.on_trial = account.on_trial;
  view.expires_at = Spell(account.expires_at);
  view.blocked = account.blocked;
  view.block_reason = base::NonEmpty(account.block_reason);
  view.requests_per_minute = account.requests_per_minute;
  view.burst = account.burst;
  view.messages_per_month = account.messages_per_month;
  view.settings = account.settings;
  view.has_transcription_key = !account.sealed_transcription_key.empty();
  view.created_at = Spell(account.created_at);
  return view;
}

// It goes into a header.
bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

template <class AnyAccountBody>
base::Result<core::AccountChange> ChangeOf(const Body<AnyAccountBody>& body) {
  const AnyAccountBody& fields = body.fields;
  core::AccountChange change;
  change.name = fields.name;
  change.plan = fields.plan;
  change.on_trial = fields.on_trial;
  change.blocked = fields.blocked;
  change.block_reason = fields.block_reason;
  change.requests_per_minute = fields.requests_per_minute;
  change.burst = fields.burst;
  change.messages_per_month = fields.messages_per_month;
  if (fields.settings) change.settings = PatchOf<core::AccountSettings>(body.members, "settings");
  if (fields.settings && !fields.settings->transcription_url.empty())
    if (auto url = http::ParseUrl(fields.settings->transcription_url); !url)
      return base::FieldError("settings.transcription_url", "Must be an http or https URL");
  change.transcription_key = fields.transcription_key;
  if (body.IsNull("transcription_key")) change.transcription_key.emplace();
  if (change.transcription_key && !IsPrintable(*change.transcription_key))
    return base::FieldError("transcription_key", "Must be printable ASCII without blanks");
  if (body.IsNull("expires_at")) change.expires_at.emplace();
  if (!fields.expires_at) return change;
  const auto time = base::ParseTime(*fields.expires_at);
  if (!time) return base::FieldError("expires_at", "Must be a time like 2027-01-15T08:00:00Z");
  change.expires_at.emplace(*time);
  return change;
}

}  // namespace

HandlerResult ListAccounts(Call& call) {
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(cursor, QueryId<core::AccountId>(call.request, "after"));
  core::AccountRow after;
  if (cursor) {
    auto last = co_await call.core.accounts.Get(*cursor);
    if (!last) co_return base::FieldError("after", "Unknown account");
    after = last->row;
  }
  // One more tells whether there is a next page.
  PARLEY_CO_TRY(accounts, co_await call.core.accounts.List(after, limit + 1));
  const bool more = accounts.size() > static_cast<std::size_t>(limit);
  if (more) accounts.pop_back();
  AccountList list;
  for (const core::Account& account : accounts) list.accounts.push_back(ViewOf(account));
  if (more) list.next = list.accounts.back().account_id;
  co_return Reply(200, list);
}

HandlerResult CreateAccount(Call& call) {
  PARLEY_CO_TRY(body, ReadBody<NewAccountBody>(call.request));
  core::Account wanted;
  PARLEY_CO_TRY(change, ChangeOf(body));
  change.ApplyTo(wanted);
  PARLEY_CO_TRY(account, co_await call.core.accounts.CreateWithKey(
                             wanted, change.transcription_key.value_or("")));
  co_return Reply(201, ViewOf(account));
}

HandlerResult GetAccount(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  AccountView view = ViewOf(account);
  if (account.messages_per_month > 0) {
    PARLEY_CO_TRY(used, co_await call.core.accounts.MessagesThisMonth(account.row));
    view.messages_this_month = used;
  }
  co_return Reply(200, view);
}

HandlerResult ChangeAccount(Call& call) {
  PARLEY_CO_TRY(current, co_await AccountInPath(call));
  PARLEY_CO_TRY(body, ReadBody<ChangedAccountBody>(call.request));
  PARLEY_CO_TRY(change, ChangeOf(body));
  PARLEY_CO_TRY(account, co_await call.core.accounts.Change(current.id, std::move(change)));
  co_return Reply(200, ViewOf(account));
}

}  // namespace parley::admin
