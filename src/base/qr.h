// QR codes as pictures and as terminal lines, on libqrencode and libpng.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace parley::base {

// A PNG with 8 pixels per module and a quiet zone of 4 modules; error correction level L. kInternal
// for text that no QR code holds (over 2953 bytes).
Result<std::string> QrPng(std::string_view text);

// Lines for a terminal, two modules high: half blocks, black on white whatever the terminal's own
// colours are. Errors as above.
Result<std::string> QrLines(std::string_view text);

// The same as QrPng, as "data:image/png;base64,...".
Result<std::string> QrDataUri(std::string_view text);

}  // namespace parley::base
