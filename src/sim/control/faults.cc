#include "sim/control/handlers.h"
#include "sim/control/shown.h"

namespace parley::sim::control {

Answer ListFaults(const Call& call) {
  ShownFaults shown;
  for (const network::Fault& fault : call.network.ListFaults()) shown.faults.push_back(Show(fault));
  return Reply(200, shown);
}

Answer CreateFault(const Call& call) {
  PARLEY_TRY(form, call.Body<network::FaultForm>());
  if (form.match.from) {
    PARLEY_TRY(from, ParseNumber(*form.match.from, "match.from"));
    form.match.from = from;
  }
  if (form.match.to) {
    PARLEY_TRY(to, ParseChat(*form.match.to, "match.to"));
    form.match.to = to;
  }
  PARLEY_TRY(rule, network::FromForm(form));
  PARLEY_TRY(fault, call.network.AddFault(rule));
  return Reply(201, Show(fault));
}

Answer DeleteFault(const Call& call) {
  PARLEY_TRY(id, call.RuleId());
  PARLEY_CHECK(call.network.RemoveFault(id));
  return NoContent();
}

}  // namespace parley::sim::control
