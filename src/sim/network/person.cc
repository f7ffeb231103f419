#include "sim/network/person.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/digest.h"
#include "base/encoding.h"

namespace parley::sim::network {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AreDigits(std::string_view text, std::size_t min, std::size_t max) {
  return text.size() >= min && text.size() <= max && std::all_of(text.begin(), text.end(), IsDigit);
}

bool IsUsername(std::string_view text) {
  return text.size() <= kMaxUsername && std::all_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '_';
         });
}

// Empty, or one with a name and a host.
bool IsEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  return text.empty() || (text.size() <= kMaxEmail && base::IsUtf8(text) && at != 0 &&
                          at != std::string_view::npos && at + 1 < text.size());
}

bool IsWebsite(std::string_view text) {
  return text.size() <= kMaxWebsite && base::IsUtf8(text) &&
         (text.starts_with("https://") || text.starts_with("http://"));
}

bool IsVertical(std::string_view text) {
  return std::find(std::begin(kVerticals), std::end(kVerticals), text) != std::end(kVerticals);
}

template <class T>
void Set(const std::optional<T>& from, T& to) {
  if (from) to = *from;
}

}  // namespace

void PersonChange::ApplyTo(Person& person) const {
  Set(push_name, person.push_name);
  Set(username, person.username);
  Set(picture, person.picture);
  Set(picture_hidden, person.picture_hidden);
  Set(platform, person.platform);
  Set(is_business, person.is_business);
  Set(verified_name, person.verified_name);
  Set(verified_level, person.verified_level);
  Set(description, person.description);
  Set(group_add, person.group_add);
  Set(about, person.about);
  Set(about_hidden, person.about_hidden);
  Set(business_hidden, person.business_hidden);
  Set(address, person.address);
  Set(email, person.email);
  Set(websites, person.websites);
  Set(vertical, person.vertical);
  Set(online, person.online);
}

bool LooksTheSame(const Person& one, const Person& other) {
  Person alike = other;
  alike.online = one.online;
  alike.platform = one.platform;
  return one == alike;
}

bool IsNumber(std::string_view text) { return AreDigits(text, 5, 15) && text[0] != '0'; }

bool IsLid(std::string_view text) { return AreDigits(text, 5, 20); }

bool IsSha256(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || (c >= 'a' && c <= 'f');
         });
}

bool IsTextUpTo(std::string_view text, std::size_t code_points) {
  return text.size() <= 4 * code_points && base::IsUtf8(text) &&
         base::CountCodePoints(text) <= code_points;
}

base::Result<void> Check(const Person& person) {
  base::Error error(base::ErrorCode::kInvalidFields);
  const auto demand = [&error](bool holds, std::string path, std::string text) {
    if (!holds) error.faults.push_back(base::FieldFault{std::move(path), std::move(text)});
  };
  demand(IsNumber(person.number), "number", "Must be 5 to 15 digits and not begin with 0");
  demand(IsLid(person.lid), "lid", "Must be 5 to 20 digits");
  demand(IsTextUpTo(person.push_name, kMaxName), "push_name",
         fmt::format("Must be text of at most {} characters", kMaxName));
  demand(IsUsername(person.username), "username",
         fmt::format("Must be at most {} of a-z, 0-9, '.' and '_'", kMaxUsername));
  demand(person.picture.empty() || IsSha256(person.picture), "picture",
         "Must be the SHA-256 of stored media");
  demand(IsTextUpTo(person.verified_name, kMaxName), "verified_name",
         fmt::format("Must be text of at most {} characters", kMaxName));
  demand(person.verified_level >= 0 && person.verified_level <= 2, "verified_level",
         "Must be from 0 to 2");
  demand(IsTextUpTo(person.description, kMaxDescription), "description",
         fmt::format("Must be text of at most {} characters", kMaxDescription));
  demand(IsTextUpTo(person.about, kMaxAbout), "about",
         fmt::format("Must be text of at most {} characters", kMaxAbout));
  demand(IsTextUpTo(person.address, kMaxPostal), "address",
         fmt::format("Must be text of at most {} characters", kMaxPostal));
  demand(IsEmail(person.email), "email",
         fmt::format("Must be an address of at most {} bytes", kMaxEmail));
  demand(person.websites.size() <= kMaxWebsites, "websites",
         fmt::format("Must be at most {}", kMaxWebsites));
  for (std::size_t i = 0; i < person.websites.size(); ++i)
    demand(IsWebsite(person.websites[i]), fmt::format("websites[{}]", i),
           fmt::format("Must be an http or https URL of at most {} bytes", kMaxWebsite));
  demand(person.vertical.empty() || IsVertical(person.vertical), "vertical",
         "Must be one of the network's verticals");
  if (error.faults.empty()) return {};
  return error;
}

std::string DeriveLid(std::string_view number, int attempt) {
  const base::Digest digest = base::Sha256(fmt::format("lid {} {}", number, attempt));
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | digest[static_cast<std::size_t>(i)];
  // 15 digits, the first not 0, as the network's own are.
  return std::to_string(100'000'000'000'000 + value % 900'000'000'000'000);
}

}  // namespace parley::sim::network
