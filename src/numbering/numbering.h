// Phone-number facts from Google's libphonenumber (8.12.57 in Debian 12, Apache-2.0).
#pragma once

#include <memory>

#include "core/numbers.h"

namespace parley::numbering {

// Thread: any. The metadata is loaded at the first question (about 2 MB, 10 ms).
std::unique_ptr<core::NumberFacts> MakeNumberFacts();

}  // namespace parley::numbering
