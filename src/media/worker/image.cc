#include "media/worker/metadata.h"
#include "media/worker/pixels.h"

namespace parley::media::worker {
namespace {

constexpr int kQuality = 90;

// The same picture, made anew.
Made Recoded(const Job& job, Made made) {
  VipsImage* turned = nullptr;
  Image image(vips_image_new_from_buffer(job.file.data(), job.file.size(), "", nullptr));
  if (image != nullptr) image = Take(vips_autorot(image.get(), &turned, nullptr), turned);
  image = OnWhite(std::move(image));
  void* bytes = nullptr;
  std::size_t size = 0;
  if (image == nullptr ||
      vips_jpegsave_buffer(image.get(), &bytes, &size, "Q", kQuality, "strip", TRUE, nullptr) != 0)
    return Refuse(Refusal::kUnreadable, "The image cannot be read");
  made.output = TakeBytes(0, bytes, size);
  made.answer.output = Output::kJpeg;
  return made;
}

bool IsRightForm(std::string_view file) {
  return file.starts_with("\xff\xd8\xff") || file.starts_with("\x89PNG\r\n");
}

}  // namespace

Made MakeImage(const Job& job) {
  Header header;
  if (auto refused = ReadHeader(job.file, header)) {
    const bool is_broken = refused->answer.refusal == Refusal::kUnreadable;
    return is_broken && IsRightForm(job.file) ? Made() : std::move(*refused);
  }
  Made made;
  made.answer.thumbnail = ThumbnailOf(job.file);
  if (made.answer.thumbnail.empty())
    return IsRightForm(job.file) ? Made()
                                 : Refuse(Refusal::kUnreadable, "The image cannot be read");
  PutSize(header, made.answer.facts);
  if (job.request.only_look) return made;
  const bool is_jpeg = header.loader == "jpegload";
  if (!is_jpeg && header.loader != "pngload") return Recoded(job, std::move(made));
  if (job.request.keep_place) return made;
  Cleaned cleaned = is_jpeg ? CleanJpeg(job.file) : CleanPng(job.file);
  // Readers are patient with a file that is cut off; what lies in it is known of a whole one alone.
  if (!cleaned.is_sound) return Recoded(job, std::move(made));
  if (!cleaned.is_changed) return made;
  made.output = std::move(cleaned.bytes);
  made.answer.output = is_jpeg ? Output::kJpeg : Output::kPng;
  return made;
}

}  // namespace parley::media::worker
