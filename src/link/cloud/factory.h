// Makes the links of channels on Meta's Cloud API, and knows them by their numbers.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/channels/link.h"
#include "link/cloud/graph.h"
#include "link/cloud/link.h"

namespace parley::link::cloud {

// What happened since the start, of all channels.
struct CloudCounters {
  std::int64_t webhooks = 0;             // taken and durable
  std::int64_t webhooks_refused = 0;     // wrong signature or unreadable
  std::int64_t webhooks_deferred = 0;    // answered so that Meta brings them again
  std::int64_t changes = 0;              // in those that were taken
  std::int64_t changes_of_others = 0;    // for numbers that no channel has
  std::int64_t unknown_members = 0;      // that Meta sent and nobody here knows
  std::int64_t unknown_fields = 0;       // changes of a kind that is not used
  std::int64_t unread_messages = 0;      // in groups, or from nobody that is known
  std::int64_t faulty_elements = 0;      // that could not be read
  std::int64_t requests_refused = 0;     // by Graph
  std::int64_t requests_unanswered = 0;  // it is unknown what became of them
};

// As /metrics names them.
struct CloudCounterName {
  std::string_view name;
  std::int64_t CloudCounters::*member;
};
inline constexpr CloudCounterName kCloudCounterNames[] = {
    {"webhooks", &CloudCounters::webhooks},
    {"webhooks_refused", &CloudCounters::webhooks_refused},
    {"webhooks_deferred", &CloudCounters::webhooks_deferred},
    {"changes", &CloudCounters::changes},
    {"changes_of_others", &CloudCounters::changes_of_others},
    {"unknown_members", &CloudCounters::unknown_members},
    {"unknown_fields", &CloudCounters::unknown_fields},
    {"unread_messages", &CloudCounters::unread_messages},
    {"faulty_elements", &CloudCounters::faulty_elements},
    {"requests_refused", &CloudCounters::requests_refused},
    {"requests_unanswered", &CloudCounters::requests_unanswered},
};

// Thread: the store's scheduler's.
class CloudFactory final : public core::LinkFactory {
 public:
  CloudFactory(CloudParts parts, GraphOptions options)
      : parts_(parts), options_(std::move(options)) {}

  core::Capabilities CapabilitiesOf(std::string_view) const override { return CloudCapabilities(); }
  std::unique_ptr<core::Link> Make(const core::Channel& channel, core::LinkEvents& events) override;

  const CloudParts& parts() const { return parts_; }
  const GraphOptions& options() const { return options_; }
  CloudCounters& counters() { return counters_; }

  // The running link of a channel, of a number, of all numbers of a business account; nullptr and
  // none where there is none.
  CloudLink* OfChannel(core::ChannelId channel) const;
  CloudLink* OfNumber(std::string_view phone_number_id) const;
  std::vector<CloudLink*> OfAccount(std::string_view business_account_id) const;

  // By the link itself, once it knows its number. False when another link has that number.
  bool Add(CloudLink& link);
  void Remove(CloudLink& link);

  // Challenges that this process makes to its own webhooks (webhook_check.h). The last answers
  // whether it arrived here, and forgets it.
  void ExpectChallenge(const std::string& text) { own_challenges_[text] = false; }
  // By the webhook: whether it is one of those.
  bool MeetChallenge(std::string_view text);
  bool ForgetChallenge(const std::string& text);

 private:
  const CloudParts parts_;
  const GraphOptions options_;
  CloudCounters counters_;
  std::map<std::string, CloudLink*, std::less<>> by_number_;
  std::map<std::string, bool, std::less<>> own_challenges_;  // as many as checks are under way
};

}  // namespace parley::link::cloud
