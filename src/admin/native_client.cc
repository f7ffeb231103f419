// What native channels say of themselves to the network.
#include "admin/native_client.h"

#include "admin/body.h"
#include "admin/handlers.h"

namespace parley::admin {

HandlerResult GetNativeClient(Call& call) {
  PARLEY_CO_TRY(view, call.context.node.NativeClient());
  co_return Reply(200, view);
}

HandlerResult ChangeNativeClient(Call& call) {
  PARLEY_CO_TRY(body, ReadBody<NativeClientChange>(call.request));
  PARLEY_CO_TRY(view, call.context.node.ChangeNativeClient(body.fields));
  co_return Reply(200, view);
}

}  // namespace parley::admin
