// What the body of a send call asks for, in core terms.
#pragma once

#include "admin/sending_schema.h"
#include "base/result.h"
#include "core/messages/send.h"

namespace parley::admin {

// All but channel and idempotency. Every fault of the body together. Of a template, `what` is the
// file above its text (or, without one, the template), and it is still to be looked up
// (core/templates/templates.h): TemplateOf finds it in the command.
base::Result<core::SendCommand> CommandOf(const SendMessageBody& body);

// Null for other kinds.
core::TemplateContent* TemplateOf(core::SendCommand& command);

}  // namespace parley::admin
