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

// Types under which the same bytes may go; the first is what we say.
struct Synonym {
  std::string_view family;  // of the kinds below
  std::string_view type;
};
constexpr Synonym kContainers[] = {
    {"audio", "application/ogg"},  {"audio", "video/ogg"},  {"audio", "video/mp4"},
    {"audio", "video/3gpp"},       {"audio", "video/webm"}, {"video", "application/mp4"},
    {"audio", "application/mp4"},
};

std::string_view FamilyOf(std::string_view type) { return type.substr(0, type.find('/')); }

bool BelongsTo(std::string_view type, std::string_view family) {
  if (FamilyOf(type) == family) return true;
  return std::any_of(std::begin(kContainers), std::end(kContainers), [&](const Synonym& synonym) {
    return synonym.family == family && synonym.type == type;
  });
}

struct KindFamily {
  core::ContentKind kind;
  std::string_view family;  // empty: anything
};
constexpr KindFamily kKindFamilies[] = {
    {core::ContentKind::kImage, "image"}, {core::ContentKind::kVideo, "video"},
    {core::ContentKind::kAudio, "audio"}, {core::ContentKind::kDocument, ""},
    {core::ContentKind::kSticker, "image"},
};

std::string_view FamilyOf(core::ContentKind kind) {
  for (const KindFamily& row : kKindFamilies)
    if (row.kind == kind) return row.family;
  return "";
}

// Sniffing gives these to many formats; a declared type says more.
bool IsVague(std::string_view type) {
  return type == "application/octet-stream" || type == "text/plain" || type == "application/zip" ||
         type == "application/x-ole-storage" || type == "application/CDFV2";
}

std::string Plain(std::string_view declared) {
  std::string type(declared.substr(0, declared.find(';')));
  while (type.ends_with(' ')) type.pop_back();
  std::transform(type.begin(), type.end(), type.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return type;
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
  const std::string said = Plain(declared);
  const auto wrong = [](std::string text) {
    return base::Error(base::ErrorCode::kMediaWrongType, std::move(text));
  };
  if (sniffed == "text/html" && !said.empty() && FamilyOf(said) != "text")
    return wrong(fmt::format("A web page came where {} was expected", said));
  const std::string_view family = kind ? FamilyOf(*kind) : std::string_view();
  if (!family.empty()) {
    if (sniffed == "text/html")
      return wrong(fmt::format("A web page came where {} was expected", family));
    if (!BelongsTo(sniffed, family) && !IsVague(sniffed))
      return wrong(fmt::format("The media is {}, not {}", sniffed, family));
    if (IsVague(sniffed) && !BelongsTo(said, family))
      return wrong(fmt::format("The media is not recognised as {}", family));
    if (FamilyOf(sniffed) == family) return std::string(sniffed);
    return BelongsTo(said, family) && FamilyOf(said) == family
               ? said
               : std::string(family) + std::string(sniffed.substr(sniffed.find('/')));
  }
  const bool families_agree = said.empty() || IsVague(sniffed) || BelongsTo(sniffed, FamilyOf(said));
  if (!families_agree && FamilyOf(said) != "application" && FamilyOf(sniffed) != "text")
    return wrong(fmt::format("The media is {}, not {}", sniffed, said));
  return IsVague(sniffed) && !said.empty() ? said : std::string(sniffed);
}

}  // namespace parley::media
