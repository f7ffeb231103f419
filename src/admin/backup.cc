// Backing up a running server.
#include "admin/body.h"
#include "admin/handlers.h"
#include "admin/node_schema.h"

namespace parley::admin {

HandlerResult MakeBackup(Call& call) {
  PARLEY_CO_TRY(body, ReadBody<BackupBody>(call.request));
  const bool with_key = body.fields.with_key.value_or(true);
  PARLEY_CO_TRY(view, co_await call.context.node.Backup(body.fields.folder, with_key));
  co_return Reply(200, view);
}

}  // namespace parley::admin
