// Documents that are printed from tables. They lie in the sources, and a test fails when one is no
// longer what its table says; `parley docs .` writes them anew.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace parley::app {

struct PrintedDocument {
  std::string path;  // below the top folder of the sources
  std::string text;
};

std::vector<PrintedDocument> PrintDocuments();

// Returns what was written.
base::Result<std::vector<std::string>> WriteDocuments(const std::string& folder);

}  // namespace parley::app
