// 2Chat's authentication: the header X-User-API-Key. The rate limit is per key.
#pragma once

#include "base/task.h"
#include "core/accounts/directory.h"
#include "http/message.h"

namespace parley::api::twochat {

// The request outlives the call.
base::Task<core::Admission> Authenticate(core::Directory& directory, const http::Request& request);

}  // namespace parley::api::twochat
