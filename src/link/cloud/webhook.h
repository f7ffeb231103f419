// Where Meta's webhooks arrive: GET and POST /cloud/{channel id}/webhook.
//
// GET is the challenge with which the app's page proves that the address is meant (hub.mode,
// hub.verify_token, hub.challenge). POST brings changes, signed with the app's secret in
// X-Hub-Signature-256 over the body as it came; it is answered 200 once they are durable, and with
// an error otherwise, so that Meta brings them again. One app has one address for all its numbers:
// a change goes to the channel of its number, if that channel has the secret that was signed with.
// Source: developers.facebook.com, "Webhooks", Getting started; Cloud API, "Webhooks".
#pragma once

#include <memory>

#include "http/message.h"
#include "link/cloud/factory.h"

namespace parley::link::cloud {

// Meta sends at most 3 MB.
inline constexpr std::size_t kMaxWebhook = 4 << 20;

// `factory` outlives the service. Thread: the factory's.
std::unique_ptr<http::Service> MakeWebhook(CloudFactory& factory);

// Whether `header` ("sha256=<64 hex digits>") signs `body` with `secret`. Takes the same time
// wherever it differs.
bool IsSigned(std::string_view body, std::string_view header, std::string_view secret);

}  // namespace parley::link::cloud
