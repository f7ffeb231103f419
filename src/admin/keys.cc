// Keys: what programs present. A key is shown once, by the call that makes it.
#include "core/accounts/keys.h"

#include "admin/account_schema.h"
#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/handlers.h"
#include "admin/query.h"
#include "base/text.h"
#include "core/accounts/accounts.h"
#include "core/channels/channels.h"

namespace parley::admin {
namespace {

KeyView ViewOf(const core::Credential& key, const ChannelIds& channels) {
  KeyView view;
  view.fingerprint = key.fingerprint;
  view.previous_fingerprint = base::NonEmpty(key.previous_fingerprint);
  view.dialect = NameOf(key.dialect);
  view.label = key.label;
  view.channel_id = SpellChannel(channels, key.channel);
  view.created_at = Spell(key.created_at);
  return view;
}

base::Task<base::Result<ChannelIds>> ChannelsOf(Call& call, core::AccountRow account,
                                                std::vector<core::Credential> keys) {
  std::vector<core::ChannelRow> rows;
  for (const core::Credential& key : keys)
    if (key.channel) rows.push_back(*key.channel);
  return ChannelIdsOf(call, account, std::move(rows));
}

HandlerResult Issued(Call& call, int status, core::AccountRow account, core::IssuedKey key) {
  const std::vector<core::Credential> one(1, key.credential);
  PARLEY_CO_TRY(channels, co_await ChannelsOf(call, account, one));
  IssuedKeyView view;
  view.key = key.raw;
  view.details = ViewOf(key.credential, channels);
  co_return Reply(status, view);
}

base::Error UnknownKey() { return base::Error(base::ErrorCode::kNotFound, "Unknown key"); }

}  // namespace

HandlerResult ListKeys(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(limit, QueryLimit(call.request));
  PARLEY_CO_TRY(keys, co_await call.core.accounts.Keys(account.row));
  if (const auto after = call.request.Query("after")) {
    const auto last = std::find_if(keys.begin(), keys.end(), [&](const core::Credential& key) {
      return key.fingerprint == *after;
    });
    if (last == keys.end()) co_return base::FieldError("after", "Unknown key");
    keys.erase(keys.begin(), last + 1);
  }
  const bool more = keys.size() > static_cast<std::size_t>(limit);
  if (more) keys.resize(static_cast<std::size_t>(limit));
  PARLEY_CO_TRY(channels, co_await ChannelsOf(call, account.row, keys));
  KeyList list;
  for (const core::Credential& key : keys) list.keys.push_back(ViewOf(key, channels));
  if (more) list.next = list.keys.back().fingerprint;
  co_return Reply(200, list);
}

HandlerResult CreateKey(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(body, ReadBody<NewKeyBody>(call.request));
  core::Dialect dialect = core::Dialect::kAdmin;
  ParseName(body.fields.dialect, dialect);
  PARLEY_CO_TRY(key, co_await call.core.accounts.IssueKey(account.row, dialect,
                                                          body.fields.label.value_or("")));
  co_return co_await Issued(call, 201, account.row, key);
}

HandlerResult RenewKey(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  auto key = co_await call.core.accounts.RenewKey(account.row, call.match["fingerprint"]);
  if (!key && key.error().code == base::ErrorCode::kNotFound) co_return UnknownKey();
  if (!key) co_return key.error();
  co_return co_await Issued(call, 200, account.row, *key);
}

HandlerResult RevokeKey(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  auto revoked = co_await call.core.accounts.RevokeKey(account.row, call.match["fingerprint"]);
  if (!revoked && revoked.error().code == base::ErrorCode::kNotFound) co_return UnknownKey();
  if (!revoked) co_return revoked.error();
  co_return NoContent();
}

HandlerResult CreateChannelKey(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_TRY(body, ReadBody<NewChannelKeyBody>(call.request));
  core::Dialect dialect = core::Dialect::kAdmin;
  ParseName(body.fields.dialect, dialect);
  PARLEY_CO_TRY(key, co_await call.core.channels.RenewKey(account.row, channel.row, dialect));
  co_return co_await Issued(call, 201, account.row, key);
}

}  // namespace parley::admin
