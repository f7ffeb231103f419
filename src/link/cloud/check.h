// Looks for what usually goes wrong when a number is connected: a token that ends or may too
// little, an id that is another's, an account that no app is subscribed to, a webhook that Meta
// cannot reach. Asks Graph, and the webhook by its public address; changes nothing.
//
//   token, permissions  what Graph says of the token
//   number, account     that the ids belong together
//   registered          that the number can send
//   subscription        that the app hears of the account
//   app_secret, fields  that the secret is the app's, and which fields it is subscribed to
//   callback_url        that Meta's webhooks go to this server
//   public_url          that the server's address is one that Meta takes
//   webhook             that this address leads here
//   verify_token        that Meta came with the right one
//   graph               only when it does not answer
//
// What cannot be found out, as an earlier finding stands in its way, is not among the findings.
#pragma once

#include <string>
#include <vector>

#include "base/task.h"
#include "core/channels/cloud.h"
#include "core/ids.h"

namespace parley::link::cloud {

class CloudFactory;

struct Finding {
  std::string check;  // one of those above
  bool ok = false;
  std::string text;  // a sentence for people
  std::string fix;   // of what is not ok: what to do or write instead
};

struct CheckedNumber {
  core::ChannelId channel;
  core::CloudCredentials credentials;
  std::string public_base;  // where others reach this server, without a slash at the end
};

// Within a minute, by the factory's guarded client. No finding holds the token or the secret; the
// verify token stands in those that say to enter it. Thread: the factory's, which outlives it.
base::Task<std::vector<Finding>> CheckNumber(CloudFactory* factory, CheckedNumber number);

}  // namespace parley::link::cloud
