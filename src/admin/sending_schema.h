// Bodies of the routes that send messages and change them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/message_schema.h"

namespace parley::admin {

inline constexpr std::string_view kSentKinds[] = {
    "text",     "image",   "video", "audio",    "document", "sticker",
    "location", "contact", "poll",  "template", "cta_url",  "flow",
};
inline constexpr std::string_view kHeaderKinds[] = {"image", "video", "document"};
inline constexpr std::string_view kFlowModes[] = {"published", "draft"};
inline constexpr std::string_view kFlowActions[] = {"navigate", "data_exchange"};
inline constexpr std::string_view kButtonKinds[] = {"url", "quick_reply", "copy_code"};

struct SentLocation {
  double latitude = 0, longitude = 0;
  std::optional<std::string> name, address;
  static constexpr auto Fields() {
    using B = SentLocation;
    return FieldList(Required("latitude", &B::latitude, Range(-90, 90)),
                     Required("longitude", &B::longitude, Range(-180, 180)),
                     Optional("name", &B::name, MaxLength(1000)),
                     Optional("address", &B::address, MaxLength(1000)));
  }
};

struct SentContact {
  std::string name, phone;
  static constexpr auto Fields() {
    return FieldList(Required("name", &SentContact::name, MinLength(1), MaxLength(500)),
                     Required("phone", &SentContact::phone, MinLength(1), MaxLength(40)));
  }
};

struct SentPoll {
  std::string question;
  std::vector<std::string> options;
  std::optional<bool> multiple;
  static constexpr auto Fields() {
    using B = SentPoll;
    return FieldList(Required("question", &B::question, MinLength(1), MaxLength(255)),
                     Required("options", &B::options, MinLength(2), MaxLength(12),
                              Doc("Different ones, of up to 100 characters")),
                     Optional("multiple", &B::multiple, Doc("Whoever votes may choose several")));
  }
};

struct SentButton {
  std::int64_t index = 0;
  std::string kind, text;
  static constexpr auto Fields() {
    using B = SentButton;
    return FieldList(Required("index", &B::index, Range(0, 9), Doc("Of the template's buttons")),
                     Required("kind", &B::kind, OneOf(kButtonKinds)),
                     Required("text", &B::text, MinLength(1), MaxLength(2000),
                              Doc("What the URL ends with, the payload, or the code")));
  }
};

struct SentTemplate {
  std::string name, language;
  std::optional<std::vector<std::string>> parameters;
  std::optional<std::string> header, header_text;
  std::optional<std::vector<SentButton>> buttons;
  static constexpr auto Fields() {
    using B = SentTemplate;
    return FieldList(
        Required("name", &B::name, MinLength(1), MaxLength(512)),
        Required("language", &B::language, MinLength(1), MaxLength(20)),
        Optional("parameters", &B::parameters, MaxLength(100),
                 Doc("Texts for the variables of the body, in their order")),
        Optional("header", &B::header, OneOf(kHeaderKinds),
                 Doc("The template has a file above its text: that of media_id or media_url")),
        Optional("header_text", &B::header_text, MinLength(1), MaxLength(1024),
                 Doc("For the variable of a header that is a text")),
        Optional("buttons", &B::buttons, MaxLength(10), Doc("For buttons that take something")));
  }
};

// What stands above and below the text of messages with a button.
inline constexpr std::size_t kMaxEnd = 60;
inline constexpr char kHeaderFileDoc[] =
    "Above the text stands a file: that of media_id or media_url";

struct SentCtaUrl {
  std::string display_text, url;
  std::optional<std::string> header, header_text, footer;
  static constexpr auto Fields() {
    using B = SentCtaUrl;
    return FieldList(Required("display_text", &B::display_text, MinLength(1), MaxLength(20),
                              Doc("On the button")),
                     Required("url", &B::url, MinLength(1), MaxLength(2000),
                              Doc("That it opens: http or https")),
                     Optional("header", &B::header, OneOf(kHeaderKinds), Doc(kHeaderFileDoc)),
                     Optional("header_text", &B::header_text, MinLength(1), MaxLength(kMaxEnd)),
                     Optional("footer", &B::footer, MinLength(1), MaxLength(kMaxEnd)));
  }
};

struct SentFlow {
  std::string flow_cta;
  std::optional<std::string> flow_id, flow_name, flow_token, mode, flow_action, screen;
  std::optional<base::json::value> data;
  std::optional<std::string> header, header_text, footer;
  static constexpr auto Fields() {
    using B = SentFlow;
    return FieldList(
        Optional("flow_id", &B::flow_id, MinLength(1), MaxLength(100), Doc("As Meta has it")),
        Optional("flow_name", &B::flow_name, MinLength(1), MaxLength(200), Doc("Instead of it")),
        Required("flow_cta", &B::flow_cta, MinLength(1), MaxLength(20), Doc("On the button")),
        Optional("flow_token", &B::flow_token, MinLength(1), MaxLength(200),
                 Doc("Comes back in the answer")),
        Optional("mode", &B::mode, OneOf(kFlowModes), Doc("published when left out")),
        Optional("flow_action", &B::flow_action, OneOf(kFlowActions),
                 Doc("navigate when left out: begins with `screen`; data_exchange: the form's own "
                     "server is asked")),
        Optional("screen", &B::screen, MinLength(1), MaxLength(200), Doc("Required to navigate")),
        Optional("data", &B::data,
                 Doc("An object for that screen, of up to 32,768 characters as JSON")),
        Optional("header", &B::header, OneOf(kHeaderKinds), Doc(kHeaderFileDoc)),
        Optional("header_text", &B::header_text, MinLength(1), MaxLength(kMaxEnd)),
        Optional("footer", &B::footer, MinLength(1), MaxLength(kMaxEnd)));
  }
};

struct SendMessageBody {
  std::string to, kind;
  std::optional<std::string> text, media_id, media_url, file_name;
  std::optional<bool> voice;
  std::optional<SentLocation> location;
  std::optional<SentContact> contact;
  std::optional<SentPoll> poll;
  std::optional<SentTemplate> used_template;
  std::optional<SentCtaUrl> cta_url;
  std::optional<SentFlow> flow;
  std::optional<std::string> quoted_id;
  static constexpr auto Fields() {
    using B = SendMessageBody;
    return FieldList(
        Required("to", &B::to, MinLength(1), MaxLength(200),
                 Doc("A phone number with country code, or `chat` of a chat")),
        Required("kind", &B::kind, OneOf(kSentKinds)),
        Optional("text", &B::text, MaxLength(4096),
                 Doc("The text, or the caption of an image, a video or a document")),
        Optional("media_id", &B::media_id, MaxLength(100), Doc("Of an upload")),
        Optional("media_url", &B::media_url, MaxLength(4096), Doc("Fetched now, instead of it")),
        Optional("file_name", &B::file_name, MaxLength(240)),
        Optional("voice", &B::voice, Doc("Audio as a voice message")),
        Optional("location", &B::location), Optional("contact", &B::contact),
        Optional("poll", &B::poll), Optional("template", &B::used_template),
        Optional("cta_url", &B::cta_url,
                 Doc("A button that opens a page; with `text`, of up to 1,024 characters")),
        Optional("flow", &B::flow,
                 Doc("A button that opens a form (WhatsApp Flows); with `text` as above")),
        Optional("quoted_id", &B::quoted_id, MaxLength(100), Doc("The message it answers to")));
  }
};

struct SentReply {
  MessageView message;
  static constexpr auto Fields() { return FieldList(Required("message", &SentReply::message)); }
};

struct ReactionBody {
  std::string emoji;
  static constexpr auto Fields() {
    return FieldList(Required("emoji", &ReactionBody::emoji, MaxLength(50),
                              Doc("One emoji; empty takes the reaction back")));
  }
};

struct VoteBody {
  std::vector<std::string> options;
  static constexpr auto Fields() {
    return FieldList(Required("options", &VoteBody::options, MaxLength(12),
                              Doc("Of the poll, in place of an earlier choice; none takes it "
                                  "back")));
  }
};

struct EditBody {
  std::string text;
  static constexpr auto Fields() {
    return FieldList(Required("text", &EditBody::text, MinLength(1), MaxLength(4096)));
  }
};

struct UploadReply {
  std::string media_id, mime_type;
  std::int64_t size = 0;
  static constexpr auto Fields() {
    using V = UploadReply;
    return FieldList(Required("media_id", &V::media_id, Doc("For sending, as often as wanted")),
                     Required("mime_type", &V::mime_type), Required("size", &V::size));
  }
};

}  // namespace parley::admin
