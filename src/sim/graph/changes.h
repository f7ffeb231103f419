// Changes: what a webhook tells, one by one, in Meta's shapes (developers.facebook.com/docs/
// whatsapp/cloud-api/webhooks/components; .../webhooks/reference).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/time.h"
#include "sim/graph/error.h"
#include "sim/graph/layers.h"
#include "sim/graph/registry.h"
#include "sim/graph/sent.h"
#include "sim/network/network.h"

namespace parley::sim::graph {

struct Change {
  std::string field;  // "messages", "message_template_status_update", ...
  base::json::value value;
  base::Time at;  // when it happened; nobody is told after kToldFor
};

inline constexpr std::string_view kMessagesField = "messages";
inline constexpr std::string_view kEchoesField = "smb_message_echoes";

// {"object": "whatsapp_business_account", "entry": [...]} of an account.
std::string WebhookBody(std::string_view account, const std::vector<Change>& changes);

// What stands around messages and statuses.
base::json::object NewValue(const Number& number);

// A status of a message that was sent; `billed` is told with it where there is one.
Change StatusChange(const Number& number, std::string_view wamid, const SentRecord& sent,
                    std::string_view status, base::Time at,
                    const std::optional<net::BilledConversation>& billed);
Change FailedChange(const Number& number, std::string_view wamid, const SentRecord& sent,
                    base::Time at, const GraphError& error);

// The change of an item of the number's queue; nullopt for what Meta tells nobody. Media that came
// in gets its node.
class ChangeMaker {
 public:
  ChangeMaker(net::Network& network, Registry& registry, const SentBook& sent)
      : network_(network), registry_(registry), sent_(sent) {}

  std::optional<Change> Of(const Number& number, const net::Item& item) const;
  // A message that the network cannot carry, as the control API has it told: `message` says type
  // and what belongs to it.
  Change Received(const Number& number, std::string_view from, base::json::object message,
                  base::Time at) const;

 private:
  std::optional<Change> OfMessage(const Number& number, const net::IncomingMessage& incoming) const;
  std::optional<Change> OfReceipt(const Number& number, const net::Receipt& receipt) const;
  std::optional<Change> OfNotice(const Number& number, const net::Notice& notice) const;
  base::json::array ContactsOf(std::string_view wa_id) const;

  net::Network& network_;
  Registry& registry_;
  const SentBook& sent_;
};

}  // namespace parley::sim::graph
