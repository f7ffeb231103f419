// People of the simulated network: who they are and what their phone is.
//
// A person is known by a number; one without a person is not on WhatsApp. The LID is the network's
// other, opaque number for the same person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/names.h"
#include "base/result.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxName = 100;         // code points of push name and verified name
inline constexpr std::size_t kMaxUsername = 35;      // bytes
inline constexpr std::size_t kMaxDescription = 512;  // code points
inline constexpr std::size_t kMaxAbout = 139;        // code points
inline constexpr std::size_t kMaxPostal = 256;       // code points of a business's address
inline constexpr std::size_t kMaxEmail = 128;        // bytes
inline constexpr std::size_t kMaxWebsite = 256;      // bytes
inline constexpr std::size_t kMaxWebsites = 2;

// What a business can be in; the network's own spelling.
inline constexpr std::string_view kVerticals[] = {
    "Automotive",
    "Beauty, Spa and Salon",
    "Clothing and Apparel",
    "Education",
    "Entertainment",
    "Event Planning and Service",
    "Finance and Banking",
    "Food and Grocery",
    "Public Service",
    "Hotel and Lodging",
    "Medical and Health",
    "Non-profit",
    "Professional Services",
    "Shopping and Retail",
    "Travel and Transportation",
    "Restaurant",
    "Other",
};

enum class Platform : std::uint8_t { kAndroid = 1, kIphone = 2 };
inline constexpr base::EnumNames<Platform, 2> kPlatformNames({
    {Platform::kAndroid, "android"},
    {Platform::kIphone, "iphone"},
});
PARLEY_ENUM_NAMES(Platform, kPlatformNames)

// Who may add the person to a group; all others have to send an invite code.
enum class GroupAdd : std::uint8_t { kEveryone = 1, kNobody = 2 };
inline constexpr base::EnumNames<GroupAdd, 2> kGroupAddNames({
    {GroupAdd::kEveryone, "everyone"},
    {GroupAdd::kNobody, "nobody"},
});
PARLEY_ENUM_NAMES(GroupAdd, kGroupAddNames)

struct Person {
  std::string number;  // E.164 digits without the plus; the key, never changes
  std::string lid;     // digits, unique; derived from the number when left empty; never changes
  std::string push_name;
  std::string username;         // lower case, unique; empty: none
  std::string picture;          // SHA-256 of stored media; empty: none
  bool picture_hidden = false;  // only people this person has written to see the picture
  Platform platform = Platform::kAndroid;
  bool is_business = false;
  bool business_hidden = false;  // as picture_hidden, for what it says of itself as a business
  std::string verified_name;
  std::int64_t verified_level = 0;  // 0 none, 1 confirmed, 2 official
  std::string description;
  GroupAdd group_add = GroupAdd::kEveryone;
  std::string about;          // the line below the name
  bool about_hidden = false;  // as picture_hidden
  // Of the business profile, beside the description.
  std::string address, email;
  std::vector<std::string> websites;
  std::string vertical;  // one of kVerticals; empty: not said
  bool online = true;    // a phone that is not receives nothing until it is again

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    return base::FieldList(
        Required("number", &Person::number), Required("lid", &Person::lid),
        Optional("push_name", &Person::push_name), Optional("username", &Person::username),
        Optional("picture", &Person::picture), Optional("picture_hidden", &Person::picture_hidden),
        Optional("platform", &Person::platform), Optional("is_business", &Person::is_business),
        Optional("business_hidden", &Person::business_hidden),
        Optional("verified_name", &Person::verified_name),
        Optional("verified_level", &Person::verified_level, base::Range(0, 2)),
        Optional("description", &Person::description), Optional("group_add", &Person::group_add),
        Optional("about", &Person::about), Optional("about_hidden", &Person::about_hidden),
        Optional("address", &Person::address), Optional("email", &Person::email),
        Optional("websites", &Person::websites), Optional("vertical", &Person::vertical),
        Optional("online", &Person::online));
  }
  bool operator==(const Person&) const = default;
};

// Notice: somebody who is known to a device's person looks from now on like this. Picture and about
// are there also when they are hidden: ask Network::CheckNumber what the device's person may see.
struct ProfileChanged {
  Person person;
  bool picture_changed = false, about_changed = false;  // it may be something else that did

  static constexpr std::string_view kName = "profile";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("person", &ProfileChanged::person),
                           base::Optional("picture_changed", &ProfileChanged::picture_changed),
                           base::Optional("about_changed", &ProfileChanged::about_changed));
  }
  bool operator==(const ProfileChanged&) const = default;
};

// What may change of a person; what is absent stays.
struct PersonChange {
  std::optional<std::string> push_name, username, picture, verified_name, description;
  std::optional<std::string> about, address, email, vertical;
  std::optional<std::vector<std::string>> websites;
  std::optional<bool> picture_hidden, about_hidden, is_business, business_hidden, online;
  std::optional<Platform> platform;
  std::optional<GroupAdd> group_add;
  std::optional<std::int64_t> verified_level;

  void ApplyTo(Person& person) const;
};

// Whether others see a difference between the two.
bool LooksTheSame(const Person& one, const Person& other);

// 5 to 15 digits (E.164's upper bound), the first not 0.
bool IsNumber(std::string_view text);
// 5 to 20 digits.
bool IsLid(std::string_view text);
// 64 lower-case hexadecimal digits.
bool IsSha256(std::string_view text);
// UTF-8 of at most so many code points.
bool IsTextUpTo(std::string_view text, std::size_t code_points);

// Nothing, or kInvalidFields with every fault. Whether it clashes with other people is not looked
// at.
base::Result<void> Check(const Person& person);

// The LID of a number that was given none: 15 digits. A clash is solved by the next `attempt`.
std::string DeriveLid(std::string_view number, int attempt);

}  // namespace parley::sim::network
