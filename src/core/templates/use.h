// Using a template: whether what a program gives fits it, and the text that the recipient will
// read. The simulated network judges the same by rules of its own (sim/network/template_use.h):
// neither layer may include the other, and a real network would not take our word, either.
#pragma once

#include <vector>

#include "base/result.h"
#include "core/messages/content.h"
#include "core/templates/template.h"

namespace parley::core {

// Finds the template that `content` names (an empty `space` is any, as long as only one fits),
// checks its components against it, and fills in category, body, header, footer and buttons.
// kInvalidFields: there is none ("template"), it is not approved, or the number or kind of the
// parameters does not match ("params").
base::Result<void> UseTemplate(const std::vector<Template>& templates, TemplateContent& content);

}  // namespace parley::core
