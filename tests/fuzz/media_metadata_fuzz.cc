// What is taken out of an image is out: a second look finds nothing more, and the file has not
// grown by more than an orientation.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "media/worker/metadata.h"

using namespace parley::media::worker;

namespace {

void Try(Cleaned (*clean)(std::string_view), std::string_view file) {
  constexpr std::size_t kOrientation = 36;
  const Cleaned once = clean(file);
  if (once.is_changed && !once.is_sound) std::abort();
  if (once.is_changed == once.bytes.empty()) std::abort();
  if (!once.is_changed) return;
  if (once.bytes.size() > file.size() + kOrientation) std::abort();
  const Cleaned twice = clean(once.bytes);
  if (!twice.is_sound || twice.is_changed) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view file(reinterpret_cast<const char*>(data), size);
  Try(CleanJpeg, file);
  Try(CleanPng, file);
  return 0;
}
