// How posts to webhooks look in the admin API.
#pragma once

#include "admin/webhook_schema.h"
#include "core/webhooks/webhook_post.h"

namespace parley::admin {

PostView ViewOf(const core::ShownPost& post);

}  // namespace parley::admin
