// `parley check`: whether a server could start with these options, without starting one.
#pragma once

#include "app/option_sources.h"
#include "base/json.h"

namespace parley::app {

// Every problem with the option that it is about and what to do:
// {"problems": [{"option", "text"}], "notes": [text]}. Changes nothing. A server that runs on the
// same data folder is no problem; what it holds (its ports) is then not looked at.
base::json::object CheckInstallation(const GatheredOptions& gathered);

}  // namespace parley::app
