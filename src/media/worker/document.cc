#include "media/worker/pixels.h"
#include "media/worker/words.h"

namespace parley::media::worker {

// What cannot be read is a document all the same.
Made ReadDocument(const Job& job) {
  Made made;
  VipsImage* page = nullptr;
  const Image image =
      Take(vips_pdfload_buffer(const_cast<char*>(job.file.data()), job.file.size(), &page, nullptr),
           page);
  if (image == nullptr) return made;
  const std::int64_t pages = vips_image_get_n_pages(image.get());
  if (pages >= 1 && pages <= core::MediaFacts::kMaxPages) made.answer.facts.pages = pages;
  const char* title = nullptr;
  if (vips_image_get_typeof(image.get(), "pdf-title") != 0 &&
      vips_image_get_string(image.get(), "pdf-title", &title) == 0) {
    std::string line = OneLine(title, core::MediaFacts::kMaxTitle);
    if (!line.empty()) made.answer.facts.title = std::move(line);
  }
  return made;
}

}  // namespace parley::media::worker
