// Using a template: whether what a sender gives fits it, and the text that the recipient reads.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/json.h"
#include "sim/network/business_content.h"
#include "sim/network/device.h"
#include "sim/network/templates.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxRenderedBody = 4096;  // code points, after the variables are in

// A template with its variables filled in.
struct RenderedTemplate {
  std::string header;  // text; of a header with media, its format in brackets: "[IMAGE]"
  std::string body, footer;
  std::vector<std::string> buttons;             // titles
  std::vector<std::vector<std::string>> cards;  // of a carousel: body and titles of each
  std::vector<QuickReply> quick_replies;        // of all these buttons, those that answer
};

// `parameters` is what a message says: [{"type": header | body | button | carousel, "parameters":
// [...], "sub_type", "index", "cards"}], in any letter case; null or absent when there are none.
// The cards are in the order of their card_index, from 0; without it, in that of the list. Refused
// with Meta's codes: 132000 when a count does not match, 132005 when the text becomes too long,
// 132012 when a parameter is not of the kind that belongs there, or sub_type is not the button's.
std::variant<RenderedTemplate, Refused> UseTemplate(const Template& subject,
                                                    const base::json::value& parameters);

// Which template a message means: the approved one with that name and language. An empty
// `template_namespace` is not looked at. 132001 when there is none, or it is not approved.
std::variant<const Template*, Refused> FindTemplateToUse(const Templates::Shelf& shelf,
                                                         std::string_view owner_number,
                                                         std::string_view name,
                                                         std::string_view language,
                                                         std::string_view template_namespace);

}  // namespace parley::sim::network
