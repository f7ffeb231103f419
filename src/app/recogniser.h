// Where the embedded recogniser of speech is.
#pragma once

#include <optional>
#include <string>

#include "app/options.h"
#include "speech/embedded.h"

namespace parley::app {

speech::EmbeddedOptions RecogniserOptions(const Options& options);

// What of it is missing, with the option that names it; nullopt: nothing. Without it everything
// else works.
std::optional<std::string> RecogniserFault(const Options& options);

}  // namespace parley::app
