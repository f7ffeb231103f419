#include "dashboard/files.h"

namespace parley::dashboard {

std::span<const File> EmbeddedFiles() { return {}; }

}  // namespace parley::dashboard
