#include "sim/control/handlers.h"
#include "sim/control/life_schema.h"
#include "sim/control/shown.h"

namespace parley::sim::control {

Answer ListCalls(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(calls, call.network.ListCalls(number));
  ShownCalls shown;
  for (const network::Call& row : calls) shown.calls.push_back(Show(row));
  return Reply(200, shown);
}

Answer MakeCall(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(known, call.network.FindPerson(number));
  PARLEY_TRY(body, call.Body<CallBody>());
  PARLEY_TRY(to, ParseNumber(body.to, "to"));
  network::CallDraft draft;
  draft.to = to;
  draft.group = body.group.value_or("");
  draft.video = body.video.value_or(false);
  PARLEY_TRY(made, call.network.MakeCall(number, draft));
  return Reply(201, Show(made));
}

Answer ActOnCall(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<CallActionBody>());
  const std::string& id = call.Parameter("call");
  base::Result<network::Call> changed = base::Error(base::ErrorCode::kInternal);
  switch (body.action) {
    case CallAction::kAccept:
      changed = call.network.AcceptCall(number, id);
      break;
    case CallAction::kReject:
      changed = call.network.RejectCall({number, ""}, id);
      break;
    case CallAction::kHangUp:
      changed = call.network.HangUp(number, id);
      break;
  }
  if (!changed) return changed.error();
  return Reply(200, Show(*changed));
}

}  // namespace parley::sim::control
