// Cloud API channels: their credentials, and what Meta must be told of the webhook.
#include "admin/cloud.h"

#include <algorithm>

#include "admin/addresses.h"
#include "admin/body.h"
#include "admin/handlers.h"
#include "core/channels/channels.h"
#include "core/channels/cloud.h"
#include "core/media/media_source.h"

namespace parley::admin {
namespace {

// What may stand in a header: printable, without blanks.
bool IsToken(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// kNotFound when it is another link's.
base::Task<base::Result<core::CloudCredentials>> CredentialsOfChannel(Call* call,
                                                                      core::AccountRow account,
                                                                      core::ChannelRow channel) {
  PARLEY_CO_TRY(credentials, co_await call->core.channels.GetCloud(account, channel));
  if (!credentials)
    co_return base::Error(base::ErrorCode::kNotFound,
                          "The channel is not connected by the Cloud API");
  co_return std::move(*credentials);
}

}  // namespace

base::Result<core::CloudCredentials> CredentialsOf(const CloudBody& body, std::string_view path) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  const auto fault = [&](std::string_view field, std::string text) {
    faults.Absorb(base::FieldError(std::string(path) + std::string(field), std::move(text)));
  };
  if (!core::IsGraphId(body.phone_number_id))
    fault("phone_number_id", "Must be digits: the id that Meta shows beside the number");
  if (!core::IsGraphId(body.business_account_id)) fault("business_account_id", "Must be digits");
  if (!IsToken(body.access_token)) fault("access_token", "Must have no blanks");
  if (!IsToken(body.app_secret)) fault("app_secret", "Must have no blanks");
  if (!faults.faults.empty()) return faults;
  core::CloudCredentials credentials;
  credentials.phone_number_id = body.phone_number_id;
  credentials.business_account_id = body.business_account_id;
  credentials.access_token = body.access_token;
  credentials.app_secret = body.app_secret;
  credentials.verify_token = body.verify_token.value_or("");
  credentials.app_secret_proof = body.app_secret_proof.value_or(false);
  return credentials;
}

HandlerResult GetCloud(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_TRY(credentials, co_await CredentialsOfChannel(&call, account.row, channel.row));
  CloudView view;
  view.phone_number_id = credentials.phone_number_id;
  view.business_account_id = credentials.business_account_id;
  view.webhook_url =
      call.core.media_links.public_base() + "/cloud/" + Spell(channel.id) + "/webhook";
  view.verify_token = credentials.verify_token;
  view.app_secret_proof = credentials.app_secret_proof;
  co_return Reply(200, view);
}

HandlerResult SetCloud(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_TRY(body, ReadBody<CloudBody>(call.request));
  PARLEY_CO_TRY(credentials, CredentialsOf(body.fields, ""));
  PARLEY_CO_CHECK(
      co_await call.core.channels.SetCloud(account.row, channel.row, std::move(credentials)));
  co_return co_await GetCloud(call);
}

HandlerResult CheckCloud(Call& call) {
  PARLEY_CO_TRY(account, co_await AccountInPath(call));
  PARLEY_CO_TRY(channel, co_await ChannelInPath(call, account.row));
  PARLEY_CO_TRY(credentials, co_await CredentialsOfChannel(&call, account.row, channel.row));
  std::string public_base = call.core.media_links.public_base();
  PARLEY_CO_TRY(view, co_await call.context.node.CheckCloud(channel.id, std::move(credentials),
                                                            std::move(public_base)));
  co_return Reply(200, view);
}

}  // namespace parley::admin
