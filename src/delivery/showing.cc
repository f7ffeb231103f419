// The deliverer's part that posts beside the deliveries, and shows what posts look like.
#include "delivery/deliverer.h"

namespace parley::delivery {
namespace {

constexpr std::string_view kMasked = "(masked)";

bool IsSignature(std::string_view name) {
  constexpr std::string_view kEnd = "ignature";  // webhook-signature, X-Webhook-Signature
  return name.ends_with(kEnd);
}

}  // namespace

core::ShownPost Deliverer::Show(const core::Subscription& subscription, const core::EventId& event,
                                const core::Payload& payload) const {
  const http::ClientRequest request =
      PostOf(subscription, "", event, payload.name, payload.body, scheduler_.Now());
  core::ShownPost shown;
  shown.url = subscription.url;
  for (const auto& [name, value] : request.headers.fields())
    shown.headers.emplace_back(name, IsSignature(name) ? kMasked : value);
  shown.body = payload.body;
  return shown;
}

base::Task<core::PostAnswer> Deliverer::Post(core::Subscription subscription, core::EventId event,
                                             core::Payload payload) {
  core::PostAnswer shown;
  const auto secret =
      secrets_.Open(core::SigningPurpose(subscription.account), subscription.sealed_secret);
  if (!secret) {
    shown.error = secret.error().public_text();
    co_return shown;
  }
  const base::Microseconds start = scheduler_.Monotonic();
  http::ClientRequest request =
      PostOf(subscription, *secret, event, payload.name, std::move(payload.body), scheduler_.Now());
  auto answer = co_await client_.Send(std::move(request));
  shown.took = std::chrono::duration_cast<base::Duration>(scheduler_.Monotonic() - start);
  if (!answer) {
    shown.error = answer.error().public_text();
    co_return shown;
  }
  shown.status = answer->status;
  shown.body = ExcerptOf(answer->body, core::kShownAnswer);
  co_return shown;
}

}  // namespace parley::delivery
