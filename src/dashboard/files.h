// The dashboard's files as they were built into the program.
#pragma once

#include <span>
#include <string_view>

namespace parley::dashboard {

struct File {
  std::string_view path;  // below /ui/: "index.html", "assets/index-1a2b3c4d.js"
  std::string_view type;  // Content-Type
  std::string_view etag;  // with its quotes
  std::string_view gzip;  // its bytes, compressed
  bool is_hashed;         // its name changes with its content
};

// Those of this program, for as long as it runs; none when it was built without
// (PARLEY_DASHBOARD=OFF). Only `parley` itself has them: who serves them is given them.
std::span<const File> EmbeddedFiles();

}  // namespace parley::dashboard
