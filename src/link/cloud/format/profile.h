// What a business shows of itself: its profile and the settings of its shop. Pure.
//
// Source: developers.facebook.com, WhatsApp Business Platform, "Business profiles" and "Commerce
// settings".
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "core/profiles/requests.h"
#include "core/templates/requests.h"

namespace parley::link::cloud::format {

// GET /{phone-number-id}/whatsapp_business_profile
inline constexpr std::string_view kProfileFields =
    "about,address,description,email,profile_picture_url,websites,vertical";
struct BusinessProfile {
  core::OwnProfile profile;  // without name and picture
  std::string picture_url;   // where the picture can be fetched for a while; empty: there is none
};
base::Result<BusinessProfile> ReadProfile(const base::json::object& body);

// The body of a POST there. `picture_handle`: what a resumable upload of the picture was answered
// with; empty: it stays. kInvalidFields: what is too long for Meta, and the name, which Meta
// reviews elsewhere.
base::Result<base::json::object> ProfileBody(const core::ChangeProfile& wanted,
                                             std::string_view picture_handle);

// GET and POST /{phone-number-id}/whatsapp_commerce_settings. A number without a catalog has none:
// kNotSupported.
base::Result<core::CommerceSettings> ReadCommerce(const base::json::object& body);
base::json::object CommerceBody(const core::SetCommerce& wanted);

// {"success": true}, which many requests are answered with; kUnavailable for another answer.
base::Result<void> ReadSuccess(const base::json::object& body);

}  // namespace parley::link::cloud::format
