// The body of POST /{phone_number_id}/messages and its parts, with the lengths that Meta documents
// (developers.facebook.com/docs/whatsapp/cloud-api/reference/messages).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace parley::sim::graph {

inline constexpr std::string_view kWhatsApp[] = {"whatsapp"};
inline constexpr std::string_view kIndividual[] = {"individual"};
inline constexpr std::string_view kReadStatus[] = {"read"};
inline constexpr std::string_view kTextIndicator[] = {"text"};
inline constexpr std::size_t kMaxOpaque = 512;  // code points of biz_opaque_callback_data
inline constexpr std::size_t kMaxIdText = 300;  // of anything that names something
inline constexpr std::size_t kMaxLinkText = 2048;
inline constexpr std::size_t kMaxCaption = 1024;
inline constexpr std::size_t kMaxTextBody = 4096;

struct ContextBody {
  std::string message_id;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("message_id", &ContextBody::message_id, base::MaxLength(kMaxIdText)));
  }
};

struct TypingBody {
  std::string type;
  static constexpr auto Fields() {
    return base::FieldList(base::Required("type", &TypingBody::type, base::OneOf(kTextIndicator)));
  }
};

struct SendBody {
  std::string messaging_product;
  std::optional<std::string> recipient_type, to, type, status, message_id, opaque;
  std::optional<ContextBody> context;
  std::optional<TypingBody> typing_indicator;
  using Part = std::optional<base::json::value>;
  Part text, image, video, audio, document, sticker, location, contacts, interactive,
      message_template, reaction;

  static constexpr auto Fields() {
    using base::MaxLength;
    using base::Optional;
    using B = SendBody;
    return base::FieldList(
        base::Required("messaging_product", &B::messaging_product, base::OneOf(kWhatsApp)),
        Optional("recipient_type", &B::recipient_type, base::OneOf(kIndividual)),
        Optional("to", &B::to, MaxLength(30)), Optional("type", &B::type, MaxLength(40)),
        Optional("status", &B::status, base::OneOf(kReadStatus)),
        Optional("message_id", &B::message_id, MaxLength(kMaxIdText)),
        Optional("biz_opaque_callback_data", &B::opaque, MaxLength(kMaxOpaque)),
        Optional("context", &B::context), Optional("typing_indicator", &B::typing_indicator),
        Optional("text", &B::text), Optional("image", &B::image), Optional("video", &B::video),
        Optional("audio", &B::audio), Optional("document", &B::document),
        Optional("sticker", &B::sticker), Optional("location", &B::location),
        Optional("contacts", &B::contacts), Optional("interactive", &B::interactive),
        Optional("template", &B::message_template), Optional("reaction", &B::reaction));
  }
};

struct TextBody {
  std::string body;
  bool preview_url = false;
  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("body", &TextBody::body, base::MinLength(1), base::MaxLength(kMaxTextBody)),
        base::Optional("preview_url", &TextBody::preview_url));
  }
};

// Media of a kind that has no caption (sticker).
struct PlainMediaBody {
  std::optional<std::string> id, link;
  static constexpr auto Fields() {
    using B = PlainMediaBody;
    return base::FieldList(base::Optional("id", &B::id, base::MaxLength(kMaxIdText)),
                           base::Optional("link", &B::link, base::MaxLength(kMaxLinkText)));
  }
};

struct AudioBody {
  std::optional<std::string> id, link;
  bool voice = false;
  static constexpr auto Fields() {
    using B = AudioBody;
    return base::FieldList(base::Optional("id", &B::id, base::MaxLength(kMaxIdText)),
                           base::Optional("link", &B::link, base::MaxLength(kMaxLinkText)),
                           base::Optional("voice", &B::voice));
  }
};

struct CaptionedBody {  // image, video
  std::optional<std::string> id, link;
  std::string caption;
  static constexpr auto Fields() {
    using B = CaptionedBody;
    return base::FieldList(base::Optional("id", &B::id, base::MaxLength(kMaxIdText)),
                           base::Optional("link", &B::link, base::MaxLength(kMaxLinkText)),
                           base::Optional("caption", &B::caption, base::MaxLength(kMaxCaption)));
  }
};

struct DocumentBody {
  std::optional<std::string> id, link;
  std::string caption, filename;
  static constexpr auto Fields() {
    using B = DocumentBody;
    return base::FieldList(base::Optional("id", &B::id, base::MaxLength(kMaxIdText)),
                           base::Optional("link", &B::link, base::MaxLength(kMaxLinkText)),
                           base::Optional("caption", &B::caption, base::MaxLength(kMaxCaption)),
                           base::Optional("filename", &B::filename, base::MaxLength(240)));
  }
};

struct LocationBody {
  double latitude = 0, longitude = 0;
  std::string name, address;
  static constexpr auto Fields() {
    using B = LocationBody;
    return base::FieldList(base::Required("latitude", &B::latitude, base::Range(-90, 90)),
                           base::Required("longitude", &B::longitude, base::Range(-180, 180)),
                           base::Optional("name", &B::name, base::MaxLength(1000)),
                           base::Optional("address", &B::address, base::MaxLength(1000)));
  }
};

struct ReactionBody {
  std::string message_id, emoji;
  static constexpr auto Fields() {
    using B = ReactionBody;
    return base::FieldList(
        base::Required("message_id", &B::message_id, base::MaxLength(kMaxIdText)),
        base::Required("emoji", &B::emoji, base::MaxLength(16)));
  }
};

// ---------------------------------------------------------------------------------------- others

struct LanguageBody {
  std::string code;
  std::optional<std::string> policy;
  static constexpr auto Fields() {
    using B = LanguageBody;
    return base::FieldList(
        base::Required("code", &B::code, base::MinLength(1), base::MaxLength(20)),
        base::Optional("policy", &B::policy, base::MaxLength(40)));
  }
};
struct TemplateBody {
  std::string name;
  LanguageBody language;
  std::optional<base::json::value> components;
  std::string template_namespace;
  static constexpr auto Fields() {
    using B = TemplateBody;
    return base::FieldList(
        base::Required("name", &B::name, base::MinLength(1), base::MaxLength(512)),
        base::Required("language", &B::language), base::Optional("components", &B::components),
        base::Optional("namespace", &B::template_namespace, base::MaxLength(512)));
  }
};

struct CardName {
  std::string formatted_name, first_name, last_name, middle_name, prefix, suffix;
  static constexpr auto Fields() {
    using base::Optional;
    using B = CardName;
    constexpr base::MaxLength kName(500);
    return base::FieldList(
        base::Required("formatted_name", &B::formatted_name, base::MinLength(1), kName),
        Optional("first_name", &B::first_name, kName), Optional("last_name", &B::last_name, kName),
        Optional("middle_name", &B::middle_name, kName), Optional("prefix", &B::prefix, kName),
        Optional("suffix", &B::suffix, kName));
  }
};

}  // namespace parley::sim::graph
