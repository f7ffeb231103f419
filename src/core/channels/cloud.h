// What connects a channel by Meta's Cloud API: which number it is, and how both sides know each
// other. Kept sealed beside the link's state, and gone with it when the channel is deleted. Part of
// core/channels/channels.h.
#pragma once

#include <optional>
#include <string>

#include "base/fields.h"
#include "base/random.h"
#include "base/result.h"
#include "base/task.h"
#include "core/ids.h"
#include "core/link_state.h"
#include "core/secrets.h"
#include "core/store.h"

namespace parley::core {

// All of it is copied from the app's pages at Meta, but for the verify token, which may be ours.
struct CloudCredentials {
  std::string phone_number_id;      // digits: the node of the number
  std::string business_account_id;  // digits: the WhatsApp business account that the number is in
  std::string access_token;
  std::string app_secret;    // signs the webhooks
  std::string verify_token;  // what the app's page sends to prove that the webhook is meant
  // Requests prove that they come from who knows the app's secret, for apps that ask for it.
  bool app_secret_proof = false;

  static constexpr auto Fields() {
    using C = CloudCredentials;
    return base::FieldList(base::Required("phone_number_id", &C::phone_number_id),
                           base::Required("business_account_id", &C::business_account_id),
                           base::Required("access_token", &C::access_token),
                           base::Required("app_secret", &C::app_secret),
                           base::Required("verify_token", &C::verify_token),
                           base::Optional("app_secret_proof", &C::app_secret_proof));
  }
};

// 32 letters and digits.
std::string DrawVerifyToken(base::Random& random);

// Whether `id` can be one of Graph's nodes: 1 to 32 digits.
bool IsGraphId(std::string_view id);

// The record of a channel's credentials, to be written with its link's state.
LinkWrite SealedCloud(Secrets& secrets, ChannelId channel, const CloudCredentials& credentials);

// nullopt when there are none, also of a channel that is not there. The arguments outlive the call.
base::Task<base::Result<std::optional<CloudCredentials>>> LoadCloud(Store& store, Secrets& secrets,
                                                                    ChannelRow row,
                                                                    ChannelId channel);

}  // namespace parley::core
