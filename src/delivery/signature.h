// How deliveries are signed.
//
// Every delivery carries Standard Webhooks headers (standardwebhooks.com, spec 1.0): webhook-id,
// webhook-timestamp, and webhook-signature, which is "v1," and the Base64 of the HMAC-SHA256 of
// "<id>.<timestamp>.<body>".
//
// Wapio's subscribers also get Wapio's own: X-Webhook-Signature "t=<unix s>,v1=<hex>", the HMAC of
// "<t>.<body>" under the secret as written, and X-Webhook-Event.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"
#include "core/accounts/credential.h"
#include "http/message.h"

namespace parley::delivery {

// The HMAC key of a Standard Webhooks secret: what follows "whsec_" is Base64; any other secret is
// the key as it stands.
std::string StandardKey(std::string_view secret);

void Sign(core::Dialect dialect, std::string_view delivery_id, std::string_view event_name,
          std::string_view secret, base::Time now, std::string_view body, http::Headers& headers);

}  // namespace parley::delivery
