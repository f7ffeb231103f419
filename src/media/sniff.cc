#include "media/sniff.h"

#include <fmt/format.h>
#include <magic.h>

#include <algorithm>
#include <mutex>

namespace parley::media {
namespace {

class MagicSniffer final : public Sniffer {
 public:
  explicit MagicSniffer(magic_t cookie) : cookie_(cookie) {}
  ~MagicSniffer() override { magic_close(cookie_); }

  std::string TypeOf(std::string_view head) override {
    const std::lock_guard lock(mutex_);
    const char* type = magic_buffer(cookie_, head.data(), head.size());
    return type != nullptr ? type : "application/octet-stream";
  }

 private:
  std::mutex mutex_;
  const magic_t cookie_;  // guarded by mutex_
};

std::string_view FamilyOf(std::string_view type) { return type.substr(0, type.find('/')); }

// Containers whose content libmagic does not look into: what is found may be what was said.
struct Container {
  std::string_view found;
  std::string_view family;
};
constexpr Container kContainers[] = {
    {"application/ogg", "audio"}, {"application/ogg", "video"}, {"video/ogg", "audio"},
    {"video/mp4", "audio"},       {"video/3gpp", "audio"},      {"video/webm", "audio"},
    {"application/mp4", "audio"}, {"application/mp4", "video"}, {"video/x-ms-asf", "audio"},
};

bool MayBe(std::string_view found, std::string_view family) {
  if (FamilyOf(found) == family) return true;
  return std::any_of(std::begin(kContainers), std::end(kContainers), [&](const Container& row) {
    return row.found == found && row.family == family;
  });
}

// What libmagic says of many formats that are built on another one, and the families of types that
// may be such a format. Of bytes it does not know at all it says application/octet-stream.
struct Vague {
  std::string_view found;
  std::string_view families[2];
};
constexpr Vague kVague[] = {
    {"text/plain", {"text", "application"}},  // CSV, JSON, vCard, ...
    {"text/xml", {"text", "application"}},
    {"application/zip", {"application", ""}},  // office documents, packages
    {"application/x-ole-storage", {"application", ""}},
    {"application/CDFV2", {"application", ""}},
};
constexpr std::string_view kUnknown = "application/octet-stream";

// Of these, libmagic knows every file; so bytes it takes for something else are something else.
bool IsAlwaysKnown(std::string_view type) {
  constexpr std::string_view kTypes[] = {"application/pdf", "image/png", "image/jpeg",
                                         "image/jpg",       "image/gif", "image/webp"};
  return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

// Whether the bytes, found to be `found`, may well be of type `said`, about which more is said than
// found.
bool SaysMore(std::string_view said, std::string_view found) {
  if (said.empty() || IsAlwaysKnown(said)) return false;
  if (found == kUnknown) return true;
  for (const Vague& row : kVague)
    if (row.found == found)
      return FamilyOf(said) == row.families[0] || FamilyOf(said) == row.families[1];
  return false;
}

struct KindFamily {
  core::ContentKind kind;
  std::string_view family;  // empty: anything
};
constexpr KindFamily kKindFamilies[] = {
    {core::ContentKind::kImage, "image"},   {core::ContentKind::kVideo, "video"},
    {core::ContentKind::kAudio, "audio"},   {core::ContentKind::kDocument, ""},
    {core::ContentKind::kSticker, "image"},
};
constexpr std::string_view kStickerType = "image/webp";

std::string_view FamilyOf(core::ContentKind kind) {
  for (const KindFamily& row : kKindFamilies)
    if (row.kind == kind) return row.family;
  return "";
}

bool IsMedia(std::string_view family) {
  return family == "image" || family == "video" || family == "audio";
}

// The declared type in lower case without its parameters; empty when it says nothing: servers give
// these to every file.
std::string Plain(std::string_view declared) {
  constexpr std::string_view kSayNothing[] = {kUnknown, "binary/octet-stream",
                                              "application/unknown", "application/force-download",
                                              "application/x-download"};
  std::string type(declared.substr(0, declared.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  if (type.find('/') == std::string::npos ||
      std::find(std::begin(kSayNothing), std::end(kSayNothing), type) != std::end(kSayNothing))
    return "";
  return type;
}

base::Error Wrong(std::string text) {
  return base::Error(base::ErrorCode::kMediaWrongType, std::move(text));
}

// What the bytes are, given what was found and said.
base::Result<std::string> TypeBetween(std::string_view found, const std::string& said) {
  if (said.empty()) return std::string(found);
  if (SaysMore(said, found)) return said;
  if (found == "text/html" && FamilyOf(said) != "text")
    return Wrong(fmt::format("A web page came where {} was expected", said));
  const std::string_view family = FamilyOf(said);
  // The finer type of a family is what was found: image/jpg is image/jpeg.
  if (FamilyOf(found) == family && IsMedia(family)) return std::string(found);
  if (IsMedia(family) && MayBe(found, family)) return said;
  if (IsMedia(family) || IsMedia(FamilyOf(found)) || IsAlwaysKnown(said) || IsAlwaysKnown(found)) {
    if (said == found) return said;
    return Wrong(fmt::format("The media is {}, not {}", found, said));
  }
  return std::string(found);
}

}  // namespace

base::Result<std::unique_ptr<Sniffer>> MakeSniffer() {
  const magic_t cookie = magic_open(MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS);
  if (cookie == nullptr || magic_load(cookie, nullptr) != 0)
    return base::Error(base::ErrorCode::kUnavailable,
                       "libmagic has no database (Debian package libmagic-mgc)");
  return std::unique_ptr<Sniffer>(std::make_unique<MagicSniffer>(cookie));
}

base::Result<std::string> CheckType(std::string_view sniffed, std::string_view declared,
                                    std::optional<core::ContentKind> kind) {
  PARLEY_TRY(type, TypeBetween(sniffed, Plain(declared)));
  const std::string_view family = kind ? FamilyOf(*kind) : std::string_view();
  if (kind == core::ContentKind::kSticker && type != kStickerType)
    return Wrong(fmt::format("A sticker must be {}, not {}", kStickerType, type));
  if (family.empty() || FamilyOf(type) == family) return std::move(type);
  if (type == "text/html")
    return Wrong(fmt::format("A web page came where {} was expected", family));
  if (type == kUnknown) return Wrong(fmt::format("The media is not recognised as {}", family));
  if (!MayBe(type, family)) return Wrong(fmt::format("The media is {}, not {}", type, family));
  // audio in an MP4 container
  return fmt::format("{}{}", family, std::string_view(type).substr(type.find('/')));
}

base::Result<void> CheckKind(std::string_view declared, core::ContentKind kind) {
  const std::string type = Plain(declared);
  if (type.empty()) return {};  // it says nothing
  const std::string_view family = FamilyOf(kind);
  if (kind == core::ContentKind::kSticker && type != kStickerType)
    return Wrong(fmt::format("A sticker must be {}, not {}", kStickerType, type));
  if (family.empty() || FamilyOf(type) == family || MayBe(type, family)) return {};
  return Wrong(fmt::format("The media is {}, not {}", type, family));
}

}  // namespace parley::media
