// The webhook's part of check.h: whether its address is one that Meta takes, and leads here.
#pragma once

#include <string>

#include "link/cloud/check.h"

namespace parley::link::cloud {

// Where Meta reaches the webhook of the number's channel.
std::string WebhookUrlOf(const CheckedNumber& number);

// Whether `url` is the webhook of a running channel of this server that takes what is signed with
// the number's app secret: an app has one address for all its numbers.
bool IsOwnWebhook(const CloudFactory& factory, const CheckedNumber& number, std::string_view url);

// Whether it is public and has TLS, as far as the address itself says. A Graph without TLS is not
// Meta's, and takes any address.
Finding CheckPublicUrl(const CloudFactory& factory, const CheckedNumber& number);

// Asks the address for a challenge, as Meta does.
base::Task<Finding> ReachWebhook(CloudFactory* factory, CheckedNumber number);

// What Meta's own challenges were like. Only of a running channel.
Finding CheckVerifyToken(CloudFactory& factory, const CheckedNumber& number);

}  // namespace parley::link::cloud
