// The parameters that a message gives for a template's variables, as the Cloud API has them.
#pragma once

#include "base/typed_text.h"

namespace parley::core {

using base::IntegerOf;
using base::ListOf;
using base::LowerCase;
using base::TextOfParameter;

}  // namespace parley::core
