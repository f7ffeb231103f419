#include "link/cloud/format/profile.h"

#include <fmt/format.h>

#include "base/encoding.h"
#include "link/cloud/format/reading.h"

namespace parley::link::cloud::format {
namespace {

using base::Optional;
using base::json::object;
using Word = std::optional<std::string>;

// "Update business profile". An empty about is refused; the others are emptied by an empty text.
constexpr std::size_t kMaxAbout = 139, kMaxAddress = 256, kMaxDescription = 512, kMaxEmail = 128;
constexpr std::size_t kMaxWebsites = 2, kMaxWebsite = 256;

// Industries: Meta's words, and those of WhatsApp's app, which the core has.
struct IndustryRow {
  std::string_view meta, words;
};
constexpr IndustryRow kIndustries[] = {
    {"UNDEFINED", ""},
    {"OTHER", "Other"},
    {"AUTO", "Automotive"},
    {"BEAUTY", "Beauty, Spa and Salon"},
    {"APPAREL", "Clothing and Apparel"},
    {"EDU", "Education"},
    {"ENTERTAIN", "Entertainment"},
    {"EVENT_PLAN", "Event Planning and Service"},
    {"FINANCE", "Finance and Banking"},
    {"GROCERY", "Food and Grocery"},
    {"GOVT", "Public Service"},
    {"HOTEL", "Hotel and Lodging"},
    {"HEALTH", "Medical and Health"},
    {"NONPROFIT", "Non-profit"},
    {"PROF_SERVICES", "Professional Services"},
    {"RETAIL", "Shopping and Retail"},
    {"TRAVEL", "Travel and Transportation"},
    {"RESTAURANT", "Restaurant"},
};

// One that Meta has added meanwhile stays as it is.
std::string IndustryOf(std::string meta) {
  for (const IndustryRow& row : kIndustries)
    if (row.meta == meta) return std::string(row.words);
  return meta;
}
Word MetaIndustryOf(Word words) {
  for (const IndustryRow& row : kIndustries)
    if (row.words == words) return std::string(row.meta);
  return words;
}

struct ProfileDataIn {
  Word about, address, description, email, vertical, picture_url;
  std::optional<std::vector<std::string>> websites;
  static constexpr auto Fields() {
    using P = ProfileDataIn;
    return base::FieldList(Optional("about", &P::about), Optional("address", &P::address),
                           Optional("description", &P::description), Optional("email", &P::email),
                           Optional("vertical", &P::vertical),
                           Optional("profile_picture_url", &P::picture_url),
                           Optional("websites", &P::websites, base::MaxLength(16)));
  }
};
struct CommerceDataIn {
  std::string id;
  bool is_cart_enabled = false, is_catalog_visible = false;
  static constexpr auto Fields() {
    using C = CommerceDataIn;
    return base::FieldList(base::Required("id", &C::id, base::MaxLength(kMaxMetaId)),
                           Optional("is_cart_enabled", &C::is_cart_enabled),
                           Optional("is_catalog_visible", &C::is_catalog_visible));
  }
};

void PutLimited(object& body, const char* name, const Word& text, std::size_t max,
                base::Error& faults) {
  if (!text) return;
  if (base::CountCodePoints(*text) > max)
    faults.Absorb(base::FieldError(name, fmt::format("Must be at most {} characters", max)));
  body[name] = base::JsonView(*text);
}

}  // namespace

base::Result<BusinessProfile> ReadProfile(const object& body) {
  PARLEY_TRY(data, ReadList<ProfileDataIn>(base::Find(body, "data"), "data", 1));
  BusinessProfile read;
  read.profile.is_business = true;
  if (data.empty()) return read;  // of a number that has set nothing yet
  const ProfileDataIn& given = data.front();
  read.profile.about = Clean(given.about.value_or(""));
  read.profile.address = Clean(given.address.value_or(""));
  read.profile.description = Clean(given.description.value_or(""));
  read.profile.email = Clean(given.email.value_or(""));
  read.profile.vertical = IndustryOf(Clean(given.vertical.value_or("")));
  if (given.websites)
    for (const std::string& website : *given.websites)
      read.profile.websites.push_back(Clean(website));
  read.picture_url = Clean(given.picture_url.value_or(""));
  return read;
}

base::Result<object> ProfileBody(const core::ChangeProfile& wanted,
                                 std::string_view picture_handle) {
  base::Error faults(base::ErrorCode::kInvalidFields);
  object body;
  body["messaging_product"] = "whatsapp";
  PutLimited(body, "about", wanted.about, kMaxAbout, faults);
  PutLimited(body, "address", wanted.address, kMaxAddress, faults);
  PutLimited(body, "description", wanted.description, kMaxDescription, faults);
  PutLimited(body, "email", wanted.email, kMaxEmail, faults);
  PutLimited(body, "vertical", MetaIndustryOf(wanted.vertical), kMaxMetaName, faults);
  if (wanted.about && wanted.about->empty())
    faults.Absorb(base::FieldError("about", "Must not be empty"));
  if (wanted.push_name)
    faults.Absorb(base::FieldError(
        "push_name", "A business' name is changed in WhatsApp Manager, where Meta reviews it"));
  if (wanted.websites) {
    if (wanted.websites->size() > kMaxWebsites)
      faults.Absorb(base::FieldError("websites", fmt::format("At most {}", kMaxWebsites)));
    base::json::array& list = body["websites"].emplace_array();
    for (std::size_t i = 0; i < wanted.websites->size(); ++i) {
      const std::string& website = (*wanted.websites)[i];
      if (base::CountCodePoints(website) > kMaxWebsite)
        faults.Absorb(base::FieldError(PathOf("websites", i),
                                       fmt::format("Must be at most {} characters", kMaxWebsite)));
      list.push_back(base::json::string(base::JsonView(website)));
    }
  }
  if (!picture_handle.empty()) body["profile_picture_handle"] = base::JsonView(picture_handle);
  if (!faults.faults.empty()) return faults;
  return body;
}

base::Result<core::CommerceSettings> ReadCommerce(const object& body) {
  PARLEY_TRY(data, ReadList<CommerceDataIn>(base::Find(body, "data"), "data", 8));
  if (data.empty()) return base::Error(base::ErrorCode::kNotSupported, "The number has no catalog");
  core::CommerceSettings settings;
  settings.id = Clean(data.front().id, kMaxMetaId);
  settings.is_cart_enabled = data.front().is_cart_enabled;
  settings.is_catalog_visible = data.front().is_catalog_visible;
  return settings;
}

object CommerceBody(const core::SetCommerce& wanted) {
  object body;
  body["is_cart_enabled"] = wanted.is_cart_enabled;
  body["is_catalog_visible"] = wanted.is_catalog_visible;
  return body;
}

base::Result<void> ReadSuccess(const object& body) {
  const base::json::value* success = base::Find(body, "success");
  if (success != nullptr && success->is_bool() && success->get_bool()) return {};
  return base::Error(base::ErrorCode::kUnavailable, "Meta did not confirm that it was done");
}

}  // namespace parley::link::cloud::format
