// The bodies of the control API about people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/person.h"

namespace parley::sim::control {

// Base64 of a picture that a person sets.
inline constexpr std::size_t kMaxPictureText = 1'400'000;  // of 1 MB

struct NewPerson {
  std::string number, name;
  std::optional<std::string> lid, username, picture, verified_name, description;
  std::optional<std::string> about, address, email, vertical;
  std::optional<std::vector<std::string>> websites;
  std::optional<bool> picture_hidden, about_hidden, is_business, business_hidden, online;
  std::optional<network::Platform> platform;
  std::optional<network::GroupAdd> group_add;
  std::optional<std::int64_t> verified_level;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using P = NewPerson;
    return base::FieldList(
        Required("number", &P::number, MaxLength(16), Doc("With or without '+'")),
        Required("name", &P::name, MaxLength(network::kMaxName), Doc("As others see it")),
        Optional("lid", &P::lid, MaxLength(20), Doc("Digits; derived when absent")),
        Optional("username", &P::username, MaxLength(network::kMaxUsername)),
        Optional("picture", &P::picture, MaxLength(kMaxPictureText), Doc("Base64 of its bytes")),
        Optional("picture_hidden", &P::picture_hidden, Doc("From people never written to")),
        Optional("platform", &P::platform, Doc("android or iphone")),
        Optional("is_business", &P::is_business),
        Optional("business_hidden", &P::business_hidden, Doc("Its profile, from strangers")),
        Optional("verified_name", &P::verified_name, MaxLength(network::kMaxName)),
        Optional("verified_level", &P::verified_level, base::Range(0, 2)),
        Optional("description", &P::description, MaxLength(network::kMaxDescription)),
        Optional("about", &P::about, MaxLength(network::kMaxAbout)),
        Optional("about_hidden", &P::about_hidden, Doc("From strangers")),
        Optional("address", &P::address, MaxLength(network::kMaxPostal), Doc("Of a business")),
        Optional("email", &P::email, MaxLength(network::kMaxEmail)),
        Optional("websites", &P::websites, MaxLength(network::kMaxWebsites)),
        Optional("vertical", &P::vertical, MaxLength(100), Doc("What the business is in")),
        Optional("group_add", &P::group_add, Doc("Who adds them to groups: everyone or nobody")),
        Optional("online", &P::online, Doc("A phone that is not receives nothing until it is")));
  }
};

// PATCH: what is absent stays; an empty username or picture removes it.
struct ChangedPerson {
  std::optional<std::string> name, username, picture, verified_name, description;
  std::optional<std::string> about, address, email, vertical;
  std::optional<std::vector<std::string>> websites;
  std::optional<bool> picture_hidden, about_hidden, is_business, business_hidden, online;
  std::optional<network::Platform> platform;
  std::optional<network::GroupAdd> group_add;
  std::optional<std::int64_t> verified_level;

  static constexpr auto Fields() {
    using base::Doc;
    using base::MaxLength;
    using base::Optional;
    using P = ChangedPerson;
    return base::FieldList(
        Optional("name", &P::name, MaxLength(network::kMaxName)),
        Optional("username", &P::username, MaxLength(network::kMaxUsername)),
        Optional("picture", &P::picture, MaxLength(kMaxPictureText), Doc("Base64 of its bytes")),
        Optional("picture_hidden", &P::picture_hidden), Optional("platform", &P::platform),
        Optional("is_business", &P::is_business),
        Optional("business_hidden", &P::business_hidden, Doc("Its profile, from strangers")),
        Optional("verified_name", &P::verified_name, MaxLength(network::kMaxName)),
        Optional("verified_level", &P::verified_level, base::Range(0, 2)),
        Optional("description", &P::description, MaxLength(network::kMaxDescription)),
        Optional("about", &P::about, MaxLength(network::kMaxAbout)),
        Optional("about_hidden", &P::about_hidden),
        Optional("address", &P::address, MaxLength(network::kMaxPostal), Doc("Of a business")),
        Optional("email", &P::email, MaxLength(network::kMaxEmail)),
        Optional("websites", &P::websites, MaxLength(network::kMaxWebsites)),
        Optional("vertical", &P::vertical, MaxLength(100), Doc("What the business is in")),
        Optional("group_add", &P::group_add, Doc("Who adds them to groups: everyone or nobody")),
        Optional("online", &P::online));
  }
};

struct ShownPerson {
  std::string number, name, lid;
  std::optional<std::string> username, picture, verified_name, description;
  std::optional<std::string> about, address, email, vertical;
  std::optional<std::vector<std::string>> websites;
  bool picture_hidden = false, about_hidden = false, is_business = false, business_hidden = false;
  bool online = true;
  network::Platform platform = network::Platform::kAndroid;
  network::GroupAdd group_add = network::GroupAdd::kEveryone;
  std::int64_t verified_level = 0;

  static constexpr auto Fields() {
    using base::Doc;
    using base::Optional;
    using base::Required;
    using P = ShownPerson;
    return base::FieldList(
        Required("number", &P::number, Doc("With '+'")), Required("name", &P::name),
        Required("lid", &P::lid), Optional("username", &P::username),
        Optional("picture", &P::picture, Doc("URL")),
        Required("picture_hidden", &P::picture_hidden), Required("platform", &P::platform),
        Required("is_business", &P::is_business), Required("business_hidden", &P::business_hidden),
        Optional("verified_name", &P::verified_name),
        Required("verified_level", &P::verified_level), Optional("description", &P::description),
        Optional("about", &P::about), Required("about_hidden", &P::about_hidden),
        Optional("address", &P::address), Optional("email", &P::email),
        Optional("websites", &P::websites), Optional("vertical", &P::vertical),
        Required("group_add", &P::group_add), Required("online", &P::online));
  }
};

struct ShownPeople {
  std::vector<ShownPerson> people;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("people", &ShownPeople::people));
  }
};

struct OnlineBody {
  bool online = true;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("online", &OnlineBody::online));
  }
};

}  // namespace parley::sim::control
