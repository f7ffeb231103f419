// The options of a running server as the admin API tells of them.
#pragma once

#include <vector>

#include "admin/option_schema.h"
#include "app/option_sources.h"

namespace parley::app {

// In the order of the table, without the hidden ones. Secrets have no value.
std::vector<admin::OptionView> ViewsOf(const GatheredOptions& gathered);

}  // namespace parley::app
