// The admin API's token: a file in the data folder, so whoever may read that may administer.
#pragma once

#include <string>

#include "base/random.h"
#include "base/result.h"
#include "core/store.h"

namespace parley::app {

// The token in the file, drawn when there is none. The file is the truth: a token that is no longer
// in it no longer works.
base::Task<base::Result<std::string>> EnsureAdminToken(core::Store& store, base::Random& random,
                                                       std::string path);

}  // namespace parley::app
