#include "app/event_samples.h"

#include <array>

#include "api/onemsg/dialect.h"
#include "api/twochat/dialect.h"
#include "api/twochat/events.h"
#include "api/wapio/dialect.h"
#include "api/wapio/events.h"
#include "app/sample_events.h"
#include "core/media/media_source.h"
#include "numbering/numbering.h"

namespace parley::app {
namespace {

// 1MSG's callbacks have no names: the member that holds them tells what they are.
struct Callback {
  std::string_view name, when;
};
constexpr auto kOneMsgCallbacks = std::to_array<Callback>({
    {"messages", "A message came, or was sent: by a program or on the phone; reactions as well"},
    {"ack", "A message that was sent took a step; not when `ackNotificationsOn` is false"},
});

class SampleLinks final : public core::MediaLinks {
 public:
  const std::string& public_base() const override { return base_; }
  std::string UrlOf(const core::MediaRef& media) const override {
    return base_ + "/media/" + media.id.value.ToHex() + "-c2lnbmF0dXJl/" + media.file_name;
  }
  std::optional<core::MediaId> IdOf(std::string_view) const override { return std::nullopt; }

 private:
  std::string base_ = "https://gateway.example";
};

template <class Row>
std::vector<EventSample> Names(std::span<const Row> rows) {
  std::vector<EventSample> samples;
  for (const Row& row : rows) samples.push_back(EventSample{row.name, row.when, ""});
  return samples;
}

// Each gets the first payload of its name.
std::vector<EventSample> Fill(std::vector<EventSample> samples, const core::EventEncoder& encoder) {
  core::Subscription everything;
  everything.account_id =
      core::AccountId(*base::Uuid::Parse("01a3185c-5000-7000-8000-0000000000ff"));
  for (const core::Event& event : SampleEvents())
    for (core::Payload& payload : encoder.Encode(event, everything))
      for (EventSample& sample : samples)
        if (sample.name == payload.name && sample.body.empty())
          sample.body = std::move(payload.body);
  return samples;
}

}  // namespace

std::vector<DialectSamples> EventSamples() {
  const SampleLinks links;
  const auto numbers = numbering::MakeNumberFacts();
  const auto twochat = api::twochat::MakeEncoder(links, *numbers);
  const auto wapio = api::wapio::MakeEncoder(links);
  const auto onemsg = api::onemsg::MakeEncoder(links);
  return {
      {"2Chat",
       "Each is subscribed by itself, with `POST /open/webhooks/subscribe/{event}`: to one URL, "
       "for "
       "one number.",
       Fill(Names(api::twochat::EventNames()), *twochat)},
      {"Wapio",
       "A session has one webhook, `PUT /v1/whatsapp-sessions/{session_id}/webhook`, which names "
       "the events that it wants, or none for all of them. `X-Webhook-Event` has the name as well. "
       "What stands in `data` stands in `payload`, too.",
       Fill(Names(api::wapio::EventNames()), *wapio)},
      {"1MSG",
       "A channel has up to five URLs, set by `POST /settings` or `POST /webhook`; each gets both.",
       Fill(Names(std::span<const Callback>(kOneMsgCallbacks)), *onemsg)},
  };
}

}  // namespace parley::app
