#include "base/encoding.h"
#include "sim/control/handlers.h"
#include "sim/control/wire_schema.h"

namespace parley::sim::control {

Answer GetWire(const Call& call) {
  PARLEY_TRY(front, call.Wire());
  const wire::FrontCounters& counters = front->counters();
  ShownWire shown;
  const std::string base = call.BaseUrl();
  shown.url = base.empty() ? "/ws/chat" : "ws" + base.substr(4) + "/ws/chat";
  shown.root_key = base::ToHexText(front->root_key());
  shown.connections = counters.connections;
  shown.handshakes_failed = counters.handshakes_failed;
  shown.logins = counters.logins;
  shown.logins_refused = counters.logins_refused;
  shown.paired = counters.paired;
  shown.pairings_failed = counters.pairings_failed;
  shown.stanzas = counters.stanzas;
  shown.malformed = counters.malformed;
  shown.unknown_stanzas = counters.unknown_stanzas;
  shown.unknown_queries = counters.unknown_queries;
  shown.messages = counters.messages;
  shown.unreadable = counters.unreadable;
  shown.not_understood = counters.not_understood;
  shown.retries_asked = counters.retries_asked;
  shown.retries_answered = counters.retries_answered;
  shown.refused_by_strict = counters.refused_by_strict;
  return Reply(200, shown);
}

Answer ListWireFaults(const Call& call) {
  PARLEY_TRY(front, call.Wire());
  ShownWireFaults shown;
  shown.faults = front->ListFaults();
  return Reply(200, shown);
}

Answer CreateWireFault(const Call& call) {
  PARLEY_TRY(front, call.Wire());
  PARLEY_TRY(rule, call.Body<wire::FaultRule>());
  PARLEY_TRY(entry, front->AddFault(std::move(rule)));
  return Reply(201, entry);
}

Answer DeleteWireFault(const Call& call) {
  PARLEY_TRY(front, call.Wire());
  PARLEY_TRY(id, call.RuleId());
  PARLEY_CHECK(front->RemoveFault(id));
  return NoContent();
}

Answer DropOneTimeKeys(const Call& call) {
  PARLEY_TRY(front, call.Wire());
  PARLEY_CHECK(front->DropOneTimeKeys(call.Parameter("device")));
  return NoContent();
}

Answer ChangePhone(const Call& call) {
  PARLEY_TRY(front, call.Wire());
  PARLEY_TRY(number, call.Number());
  PARLEY_CHECK(front->ChangeIdentity(number));
  return NoContent();
}

}  // namespace parley::sim::control
