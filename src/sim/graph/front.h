// Front: Meta's Graph API in front of the simulated network, as programs see it that use WhatsApp's
// Cloud API (docs/simulated-graph.md). Paths are Graph's below "/graph": "/graph/v23.0/{id}/...".
//
//   Front::Open(scheduler, random, network, *log, client)  ->  an http::Service
//
// A phone-number node is a device of profile business of a person of the network: people, messages,
// receipts, the 24-hour window, templates, delays and faults are the network's, and so is the queue
// behind the webhooks. What is a node, a token or a webhook is here, and is kept in the log.
//
// Numbers are made and changed by the functions below, which the control API calls; Meta's own
// business tools do that.
//
// Thread: that of the network.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "base/scheduler.h"
#include "http/client.h"
#include "http/message.h"
#include "sim/graph/fault_rule.h"
#include "sim/graph/layers.h"
#include "sim/graph/parts.h"
#include "sim/graph/registry.h"
#include "sim/network/network.h"

namespace parley::sim::graph {

inline constexpr std::string_view kGraphPath = "/graph";
// What the file of its keep begins with.
inline constexpr std::string_view kKeepMark = "parley simulated graph 1\n";

struct NewNumber {
  std::string number;   // digits; the person is made when there is none
  std::string name;     // empty: the person's
  std::string account;  // empty: a new one, with an app and a token of its own
  std::string app_secret;
  std::optional<Callback> callback;  // the app's
  bool subscribed = true;
};

// A number and what a program needs to use it.
struct ShownNode {
  Number number;
  Account account;
  App app;
  std::string token;        // the newest that is valid; empty: none
  std::size_t waiting = 0;  // changes that are not told yet
};

class Front : public http::Service {
 public:
  // Reads what was kept, connects the numbers and posts what was not told. kInvalidState when the
  // log holds something else. All arguments must outlive it, and it the requests that it handles.
  static base::Result<std::unique_ptr<Front>> Open(base::Scheduler& scheduler, base::Random& random,
                                                   net::Network& network, net::Log& log,
                                                   http::Client& client);

  // kAlreadyExists when the number is a node; kNotFound for an unknown account; kInvalidState when
  // there are kMaxNumbers, or the phone has too many devices. The callback is believed.
  virtual base::Result<ShownNode> AddNumber(NewNumber wanted) = 0;
  virtual base::Result<ShownNode> FindNumber(std::string_view id) const = 0;
  virtual std::vector<ShownNode> ListNumbers() const = 0;
  // Logs the device out, too.
  virtual base::Result<void> RemoveNumber(std::string_view id) = 0;
  // What a node is from now on; id, number, device and account stay.
  virtual base::Result<ShownNode> ChangeNumber(Number number) = 0;
  virtual base::Result<ShownNode> ChangeAccount(std::string_view number, Account account) = 0;
  virtual base::Result<ShownNode> ChangeApp(std::string_view number, App app) = 0;
  // Asks the URL as Meta does before it believes it; kInvalidFields (webhook_url) says what was
  // wrong with the answer.
  virtual base::Task<base::Result<void>> Verify(Callback callback) = 0;

  // A token of the number's app. kInvalidState when there are kMaxTokens.
  virtual base::Result<Token> AddToken(std::string_view number,
                                       std::vector<std::string> permissions,
                                       std::optional<base::Time> expires_at) = 0;
  // kNotFound for a token of another app.
  virtual base::Result<void> RevokeToken(std::string_view number, std::string_view token) = 0;

  // Tells a change of the field, with `value` as it is; and a message that the network cannot
  // carry, from somebody. Both wait with the others and survive a restart.
  virtual base::Result<void> Tell(std::string_view number, std::string field,
                                  base::json::object value) = 0;
  // Answers the message's id.
  virtual base::Result<std::string> Receive(std::string_view number, std::string from,
                                            base::json::object message) = 0;

  virtual base::Result<FaultEntry> AddFault(FaultRule rule) = 0;
  virtual std::vector<FaultEntry> ListFaults() const = 0;
  virtual base::Result<void> RemoveFault(std::int64_t id) = 0;
  virtual const FrontCounters& counters() const = 0;
};

}  // namespace parley::sim::graph
