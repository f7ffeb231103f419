// What anybody can send: text, media, locations, contact cards and polls (content.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "sim/network/content_kind.h"

namespace parley::sim::network {

struct TextContent {
  std::string body;
  std::vector<std::string> mentions = {};  // of numbers that "@<digits>" in the body means
  static constexpr MessageKind kKind = MessageKind::kText;
  static constexpr auto Fields() {
    using base::MaxLength;
    return base::FieldList(
        base::Required("body", &TextContent::body, base::MinLength(1), MaxLength(kMaxText),
                       base::Alias("text")),  // in files of before there were other kinds
        base::Optional("mentions", &TextContent::mentions, MaxLength(kMaxMentions)));
  }
  bool operator==(const TextContent&) const = default;
};

// What the sender's device says that its file shows.
struct MediaFacts {
  std::optional<std::int64_t> width, height, duration_ms, pages;
  std::optional<std::string> waveform;  // 64 bars of 0 to 100, as two hexadecimal digits each
  std::optional<std::string> title;

  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Range;
    using F = MediaFacts;
    return base::FieldList(
        Optional("width", &F::width, Range(1, 1 << 20)),
        Optional("height", &F::height, Range(1, 1 << 20)),
        Optional("duration_ms", &F::duration_ms, Range(0, 1000LL * 3600 * 24 * 365)),
        Optional("waveform", &F::waveform, MaxLength(128)),
        Optional("pages", &F::pages, Range(1, 1 << 20)),
        Optional("title", &F::title, MaxLength(200)));
  }
  bool operator==(const MediaFacts&) const = default;
};

struct Media {
  std::string sha256;  // of bytes that Network::StoreMedia took
  std::string mime_type;
  std::int64_t size = 0;
  std::string file_name;  // may be empty
  bool voice = false;     // audio shown as a voice message
  std::optional<MediaFacts> facts = {};

  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    return base::FieldList(Required("sha256", &Media::sha256),
                           Required("mime_type", &Media::mime_type), Required("size", &Media::size),
                           Optional("file_name", &Media::file_name, base::MaxLength(kMaxFileName)),
                           Optional("voice", &Media::voice), Optional("facts", &Media::facts));
  }
  bool operator==(const Media&) const = default;
};

struct MediaContent {
  MessageKind kind = MessageKind::kDocument;  // kImage to kSticker
  Media media;
  std::string caption;
  bool view_once = false;  // image, video or audio that can be opened once
  std::vector<std::string> mentions;
  bool operator==(const MediaContent&) const = default;
};

struct LocationContent {
  double latitude = 0, longitude = 0;  // degrees; kept to 7 decimals, which is a centimetre
  std::string name, address, url;
  static constexpr MessageKind kKind = MessageKind::kLocation;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using base::Required;
    using C = LocationContent;
    return base::FieldList(Required("latitude", &C::latitude, base::Range(-90, 90)),
                           Required("longitude", &C::longitude, base::Range(-180, 180)),
                           Optional("name", &C::name, MaxLength(1000)),
                           Optional("address", &C::address, MaxLength(1000)),
                           Optional("url", &C::url, MaxLength(2000)));
  }
  bool operator==(const LocationContent&) const = default;
};

struct CardAddress {
  std::string street, city, state, zip, country, country_code, type;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using A = CardAddress;
    return base::FieldList(
        Optional("street", &A::street, MaxLength(500)), Optional("city", &A::city, MaxLength(200)),
        Optional("state", &A::state, MaxLength(200)), Optional("zip", &A::zip, MaxLength(50)),
        Optional("country", &A::country, MaxLength(200)),
        Optional("country_code", &A::country_code, MaxLength(10)),
        Optional("type", &A::type, MaxLength(50)));
  }
  bool operator==(const CardAddress&) const = default;
};

struct CardEmail {
  std::string email, type;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("email", &CardEmail::email, base::MaxLength(500)),
                           base::Optional("type", &CardEmail::type, base::MaxLength(50)));
  }
  bool operator==(const CardEmail&) const = default;
};

struct CardUrl {
  std::string url, type;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("url", &CardUrl::url, base::MaxLength(2000)),
                           base::Optional("type", &CardUrl::type, base::MaxLength(50)));
  }
  bool operator==(const CardUrl&) const = default;
};

struct CardPhone {
  std::string phone, type, wa_id;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("phone", &CardPhone::phone, base::MaxLength(50)),
                           base::Optional("type", &CardPhone::type, base::MaxLength(50)),
                           base::Optional("wa_id", &CardPhone::wa_id, base::MaxLength(20)));
  }
  bool operator==(const CardPhone&) const = default;
};

struct CardOrganization {
  std::string company, department, title;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using O = CardOrganization;
    return base::FieldList(Optional("company", &O::company, MaxLength(500)),
                           Optional("department", &O::department, MaxLength(500)),
                           Optional("title", &O::title, MaxLength(500)));
  }
  bool operator==(const CardOrganization&) const = default;
};

struct ContactCard {
  std::string formatted_name, first_name, last_name, middle_name, prefix, suffix, birthday;
  std::optional<CardOrganization> org;
  std::vector<CardAddress> addresses;
  std::vector<CardEmail> emails;
  std::vector<CardUrl> urls;
  std::vector<CardPhone> phones;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using C = ContactCard;
    constexpr MaxLength kName(500), kMany(50);
    return base::FieldList(
        base::Required("formatted_name", &C::formatted_name, base::MinLength(1), kName),
        Optional("first_name", &C::first_name, kName), Optional("last_name", &C::last_name, kName),
        Optional("middle_name", &C::middle_name, kName), Optional("prefix", &C::prefix, kName),
        Optional("suffix", &C::suffix, kName),
        Optional("birthday", &C::birthday, MaxLength(10), base::Doc("YYYY-MM-DD")),
        Optional("org", &C::org), Optional("addresses", &C::addresses, kMany),
        Optional("emails", &C::emails, kMany), Optional("urls", &C::urls, kMany),
        Optional("phones", &C::phones, kMany));
  }
  bool operator==(const ContactCard&) const = default;
};

struct ContactsContent {
  std::vector<ContactCard> cards;
  static constexpr MessageKind kKind = MessageKind::kContacts;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("cards", &ContactsContent::cards, base::MinLength(1), base::MaxLength(257)));
  }
  bool operator==(const ContactsContent&) const = default;
};

struct PollContent {
  std::string question;
  std::vector<std::string> options;  // distinct
  bool multiple = false;             // whether one vote may choose several
  static constexpr MessageKind kKind = MessageKind::kPoll;
  static constexpr auto Fields() {
    using base::MaxLength;
    using base::MinLength;
    using C = PollContent;
    return base::FieldList(
        base::Required("question", &C::question, MinLength(1), MaxLength(255)),
        base::Required("options", &C::options, MinLength(1), MaxLength(kMaxPollOptions)),
        base::Optional("multiple", &C::multiple));
  }
  bool operator==(const PollContent&) const = default;
};

}  // namespace parley::sim::network
